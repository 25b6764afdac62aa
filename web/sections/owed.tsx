import { Clocks, CLOCKS_DRAWN, clocksOnPaper, dutiesInOrder } from '../charts/clocks.tsx'
import { RegimeGrid } from '../charts/regime-grid.tsx'
import { CsvLink } from '../parts/csv-link.tsx'
import { DataTable, TableFold } from '../parts/data-table.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'

const DRAFTS = 40

/** 5: who must be told, by when. */
export function OwedSection({ page }: { readonly page: Page }) {
  const { words, document } = page
  const duties = dutiesInOrder(page)
  const onPaper = clocksOnPaper(duties.length)
  if (document.regimes.length === 0 && duties.length === 0)
    return (
      <Section page={page} number={5} finding={words.owed.unknown} startsPrintPage>
        {null}
      </Section>
    )
  return (
    <Section page={page} number={5} finding={owedFinding(page)} startsPrintPage actions={<Csv page={page} />}>
      <div className="two ow">
        <div>
          {duties.length === 0 ? <p className="sub">{words.owed.none}</p> : null}
          {duties.length > 0 && onPaper === duties.length ? <Clocks page={page} duties={duties} /> : null}
          {onPaper < duties.length ? (
            <>
              <div className="screen">
                <Clocks page={page} duties={duties.slice(0, CLOCKS_DRAWN)} />
                {duties.length > CLOCKS_DRAWN ? (
                  <p className="sub">{words.page.moreInTable(duties.length - CLOCKS_DRAWN)}</p>
                ) : null}
              </div>
              <div className="paper">
                <Clocks page={page} duties={duties.slice(0, onPaper)} />
                <p className="sub">{words.page.moreInCase(duties.length - onPaper)}</p>
              </div>
            </>
          ) : null}
        </div>
        <div>
          <RegimeGrid page={page} />
        </div>
      </div>
      <Tables page={page} />
      <Drafts page={page} />
    </Section>
  )
}

function owedFinding({ words, document, headline }: Page): string {
  const { regimes, obligations } = document
  const owed = regimes.filter(({ standing }) => standing === 'owed').length
  const ahead = obligations.flatMap(({ due }) => (due !== null && due >= headline.now ? [due] : [])).sort()
  const past = obligations.filter(({ due }) => due !== null && due < headline.now).length
  const next = ahead[0]
  if (next === undefined && past > 0) return words.owed.overdue({ owed, of: regimes.length, late: past })
  return words.owed.finding({
    owed,
    judgement: regimes.filter(({ standing }) => standing === 'judgement').length,
    of: regimes.length,
    due: next === undefined ? 0 : ahead.filter((due) => words.format.isSameDay(due, next)).length,
    day: next ?? null,
  })
}

function Csv({ page }: { readonly page: Page }) {
  return (
    <CsvLink
      page={page}
      name="duties"
      head={['regime', 'market', 'duty', 'recipient', 'title', 'start', 'due', 'force', 'basis']}
      rows={page.document.obligations
        .slice(0, 500)
        .map(({ regime, market, duty, recipient, title, start, due, force, basis }) => [
          regime,
          market,
          duty,
          recipient,
          title,
          start,
          due,
          force,
          basis,
        ])}
    />
  )
}

function Tables({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { table, regimeTable } = words.owed
  return (
    <TableFold page={page}>
      <DataTable
        page={page}
        caption={words.owed.captionDuties}
        head={[table.regime, table.market, table.duty, table.start, table.due, table.basis, table.judgement]}
        omitted={Math.max(0, document.obligations.length - 200)}
        rows={dutiesInOrder(page)
          .slice(0, 200)
          .map((duty) => [
            <span className="mono" key="regime">
              {duty.regime}
            </span>,
            words.market(duty.market),
            <span lang="en" key="title">
              {duty.title}
            </span>,
            words.format.moment(duty.start),
            duty.due === null
              ? words.owed.noNumber(words.owed.forces[duty.force] ?? duty.force.replaceAll('_', ' '))
              : words.format.moment(duty.due),
            <span lang="en" key="basis">
              {duty.basis}
            </span>,
            <span lang="en" key="judgement">
              {duty.needsJudgement.join(' ')}
            </span>,
          ])}
      />
      <DataTable
        page={page}
        caption={words.owed.captionRegimes}
        head={[regimeTable.regime, regimeTable.jurisdiction, regimeTable.standing, regimeTable.because]}
        rows={document.regimes.map(({ regime, jurisdiction, standing, because }) => [
          <span className="mono" key="regime">
            {regime}
          </span>,
          jurisdiction,
          words.owed.standings[standing],
          <span lang="en" key="because">
            {because}
          </span>,
        ])}
      />
    </TableFold>
  )
}

/** The letters as drafted, each in its own language: nothing is sent from here. */
function Drafts({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { notices } = document
  if (notices.length === 0) return null
  return (
    <TableFold page={page} summary={words.owed.drafts(notices.length)}>
      {notices.slice(0, DRAFTS).map((notice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, drafts never move
        <div className="draft" key={index}>
          <p className="sub">
            {words.owed.draft({
              market: words.market(notice.market),
              people: notice.people,
              elements: notice.elements.map((element) => words.elements[element as keyof typeof words.elements] ?? element),
            })}
          </p>
          <h3 lang={notice.language}>{notice.subject}</h3>
          <pre lang={notice.language}>{notice.body}</pre>
        </div>
      ))}
      {notices.length > DRAFTS ? <p className="sub">{words.page.moreInCase(notices.length - DRAFTS)}</p> : null}
    </TableFold>
  )
}
