import type { CaseChange } from '../../src/model/index.ts'
import type { Page } from '../page/page.ts'

const ON_SCREEN = 30
const ON_PAPER = 5
const SIGNS: Readonly<Record<CaseChange['kind'], string>> = { added: '+', removed: '−', changed: '~', same: '=' }

/** What this revision says that the one before did not, and why; what was said before stays, struck through. */
export function RevisionDiff({ page }: { readonly page: Page }) {
  const { words, document } = page
  const before = document.batches.find(({ revision }) => revision === document.supersedes)
  const { changes } = document
  const onPaper = changes.length <= ON_PAPER ? ON_PAPER : ON_PAPER - 1
  return (
    <>
      <div className="scroll">
        <table className="diff">
          <caption className="vh">{words.changed.change}</caption>
          <thead>
            <tr>
              <th scope="col" className="f">
                {words.changed.field}
              </th>
              <th scope="col" className="s">
                <span className="vh">{words.changed.change}</span>
              </th>
              <th scope="col" style={{ width: '28%' }}>
                {words.changed.column({
                  moment: before?.recordedAt ?? null,
                  revision: document.supersedes ?? document.revision - 1,
                })}
              </th>
              <th scope="col" style={{ width: '32%' }}>
                {words.changed.column({ moment: document.knownAt, revision: document.revision })}
              </th>
              <th scope="col">{words.changed.why}</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, ON_SCREEN).map((change, index) => (
              <ChangeRow key={change.field} page={page} change={change} className={index >= onPaper ? 'screen' : undefined} />
            ))}
          </tbody>
        </table>
      </div>
      {changes.length > ON_SCREEN ? <p className="sub screen">{words.changed.more(changes.length - ON_SCREEN)}</p> : null}
      {changes.length > onPaper ? <p className="sub paper">{words.changed.more(changes.length - onPaper)}</p> : null}
    </>
  )
}

function ChangeRow({
  page,
  change,
  className,
}: {
  readonly page: Page
  readonly change: CaseChange
  readonly className: string | undefined
}) {
  const { words } = page
  const { field, kind, before, after, why } = change
  return (
    <tr className={className}>
      <td className="f">
        <span className="clamp">{fieldName(page, field)}</span>
      </td>
      <td className="s">
        <span aria-hidden="true">{SIGNS[kind]}</span>
        <span className="vh">{words.changed.kinds[kind]}</span>
      </td>
      <td className={before === null || kind === 'same' ? 'was same' : 'was'}>
        <span className="clamp">{shownValue(page, before)}</span>
      </td>
      <td className="now">
        <span className="clamp">{shownValue(page, after)}</span>
      </td>
      <td className="why" lang="en">
        <span className="clamp">{withDays(page, why)}</span>
      </td>
    </tr>
  )
}

function fieldName({ words }: Page, field: string): string {
  const market = /^people\.byMarket\.(.+)$/.exec(field)?.[1]
  if (market !== undefined) return words.market(market)
  const exposure = /^exposure\.(.+)$/.exec(field)?.[1]
  if (exposure !== undefined) return words.changed.fields.exposure(exposure)
  const access = /^access\.(.+)$/.exec(field)?.[1]
  if (access !== undefined) return words.changed.fields.access(access)
  if (field === 'people') return words.changed.fields.people
  return field === 'unread' ? words.changed.fields.unread : field
}

/** Numbers as the language writes them; everything else as the case says it, its moments as days. */
function shownValue(page: Page, value: string | null): string {
  if (value === null) return page.words.page.none
  const codes: Readonly<Record<string, string>> = page.words.access.codes
  if (codes[value] !== undefined) return codes[value]
  return /^\d{1,15}$/.test(value) ? page.words.format.count(Number(value)) : withDays(page, value)
}

function withDays({ words }: Page, text: string): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (moment) =>
    Number.isNaN(Date.parse(moment)) ? moment : words.format.day(moment),
  )
}
