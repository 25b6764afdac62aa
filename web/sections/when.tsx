import { ExposureTimeline } from '../charts/timeline/exposure-timeline.tsx'
import { FULL, SLIM } from '../charts/timeline/rows.ts'
import { plainText } from '../findings/plain.ts'
import { publicSentences, resourcesRead, titleOf } from '../findings/public-sentences.ts'
import { ChartFrame } from '../parts/chart-frame.tsx'
import { CsvLink } from '../parts/csv-link.tsx'
import { DataTable, TableFold } from '../parts/data-table.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'
import { textWidth } from '../text/advances.ts'
import { whenFinding } from './when-finding.ts'

// What the sentence and the rows share on the first sheet, in px before it is scaled to paper.
const PAPER_SHARED = 5 * FULL + 165
const SENTENCE_WIDTH = 900
const SCREEN_HEIGHT = 8 * FULL + 6 * SLIM
const TABLE_ROWS = 200

/** 1: since when, until when, to whom. */
export function WhenSection({ page }: { readonly page: Page }) {
  const { words, headline, document } = page
  if (headline.stores.length === 0)
    return (
      <Section page={page} number={1} finding={words.when.none}>
        <p className="lede">{words.when.empty(resourcesRead(document))}</p>
      </Section>
    )
  const finding = whenFinding(page)
  const paperHeight = heightOnPaper(page)
  const fitsPaper = headline.stores.length * FULL <= paperHeight
  return (
    <Section page={page} number={1} finding={finding} actions={<Actions page={page} />}>
      <ChartFrame label={finding} onScreenOnly={!fitsPaper}>
        <ExposureTimeline page={page} rowsHeight={SCREEN_HEIGHT} fewestFull={8} name="t" />
      </ChartFrame>
      {fitsPaper ? null : (
        <figure className="paper">
          <ExposureTimeline page={page} rowsHeight={paperHeight} fewestFull={2} name="p" />
        </figure>
      )}
      <TableFold page={page}>
        <WindowTable page={page} />
      </TableFold>
    </Section>
  )
}

/** The rows get what the first screen's words leave of the sheet, so that the first page never spills. */
function heightOnPaper({ words, document, headline }: Page): number {
  const sentence = publicSentences(document, headline, words).map(plainText).join(' ')
  const lines = Math.ceil(textWidth(sentence, words.language === 'en' ? 21 : 20) / SENTENCE_WIDTH)
  const titleLines = Math.ceil(textWidth(titleOf(headline, words), 26, 'semibold') / 1380)
  const [line, titleLine] = words.language === 'en' ? [31, 32] : [34, 34]
  // Rarer kinds of doors and logs take a line more of legend; Japanese lines are higher everywhere.
  const legend = document.exposures.some(
    ({ audience, access }) => audience === 'named' || audience === 'any-identity' || access.coverage.hours['late-pending'] > 0,
  )
    ? 24
    : 0
  const leading = words.language === 'en' ? 0 : 24
  return Math.min(5 * FULL, PAPER_SHARED - lines * line - (titleLines - 1) * titleLine - legend - leading)
}

function Actions({ page }: { readonly page: Page }) {
  const { words, document } = page
  return (
    <>
      <span>
        {words.when.knewOn} <b>{words.format.day(document.knownAt)}</b>
      </span>
      <CsvLink
        page={page}
        name="exposures"
        head={[
          'resource',
          'audience',
          'opened_not_before',
          'opened_not_after',
          'closed_not_before',
          'closed_not_after',
          'objects',
          'bytes',
          'people',
          'conclusion',
          'covered',
        ]}
        rows={document.exposures
          .slice(0, 1000)
          .map(({ resource, audience, window, objects, bytes, people, access }) => [
            resource,
            audience,
            window.opened.notBefore,
            window.opened.notAfter,
            window.closed?.notBefore ?? null,
            window.closed?.notAfter ?? null,
            objects,
            bytes,
            people.total,
            access.conclusion,
            access.coverage.covered,
          ])}
      />
    </>
  )
}

function WindowTable({ page }: { readonly page: Page }) {
  const { words, headline } = page
  const { table } = words.when
  const windows = headline.stores.flatMap((store) => store.exposures)
  return (
    <DataTable
      page={page}
      caption={words.when.caption}
      head={[
        table.store,
        table.audience,
        table.accesses,
        table.opened,
        table.closed,
        table.because,
        table.objects,
        table.bytes,
        table.people,
        table.covered,
      ]}
      numeric={[6, 7, 8, 9]}
      omitted={Math.max(0, windows.length - TABLE_ROWS)}
      rows={windows.slice(0, TABLE_ROWS).map((exposure) => [
        <span className="sn" key="store">
          {exposure.resource}
        </span>,
        words.when.audiences[exposure.audience],
        Object.entries(exposure.verdicts)
          .filter(([, verdict]) => verdict.audience !== 'none')
          .map(([access]) => words.when.accesses[access as keyof typeof exposure.verdicts])
          .join(', '),
        words.when.bound(exposure.window.opened),
        exposure.window.closed === null ? words.when.stillOpen : words.when.bound(exposure.window.closed),
        <Reasons key="because" exposure={exposure} />,
        words.format.count(exposure.objects),
        exposure.bytes === null ? words.page.notKnown : words.format.bytes(exposure.bytes),
        words.format.count(exposure.people.total),
        words.format.percent(exposure.access.coverage.covered),
      ])}
    />
  )
}

/** Why each end is where it is, with the place in the evidence; the sentences come from the stages as they are. */
function Reasons({ exposure }: { readonly exposure: Page['document']['exposures'][number] }) {
  const { opened, closed } = exposure.window
  const reasons = [...opened.because, ...(closed?.because ?? [])].slice(0, 6)
  return (
    <span lang="en">
      {reasons.map(({ text, evidence }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, reasons never move
        <span key={index}>
          {text}{' '}
          {evidence === null ? null : (
            <code>{[evidence.file, ...(evidence.offset === undefined ? [] : [evidence.offset])].join(':')}</code>
          )}{' '}
        </span>
      ))}
    </span>
  )
}
