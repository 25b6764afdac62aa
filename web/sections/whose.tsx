import { ClaimCheck } from '../charts/claim-check.tsx'
import { ElementSets, type MarketSets, setsByMarket } from '../charts/element-sets.tsx'
import { MarketBars } from '../charts/market-bars.tsx'
import { CsvLink } from '../parts/csv-link.tsx'
import { DataTable, TableFold } from '../parts/data-table.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'

const MARKETS_DRAWN = 4
// Height for the combinations on their sheet, in px before it is scaled to paper.
const PAPER_HEIGHT = 880
const TABLE_ROWS = 200

/** 2: whose data, and exactly which elements of each person. */
export function WhoseSection({ page }: { readonly page: Page }) {
  const { words, document, headline } = page
  if (document.people.total === 0)
    return (
      <Section page={page} number={2} finding={words.whose.none} startsPrintPage>
        <p className="lede">{words.whose.noneText({ objects: headline.objects, notRead: headline.objectsNotRead })}</p>
        <Claims page={page} />
      </Section>
    )
  const markets = setsByMarket(document)
  const onPaper = marketsOnPaper(markets)
  return (
    <Section
      page={page}
      number={2}
      finding={words.whose.finding({ people: document.people.total, sets: document.people.byElementSet.length })}
      startsPrintPage
      actions={<Csv page={page} />}
    >
      <div className="two">
        <div>
          <div className="cap">
            <h3>{words.whose.byMarket}</h3>
            <span className="sub">{words.whose.oneScale}</span>
          </div>
          <MarketBars page={page} />
          <Claims page={page} />
        </div>
        <div>
          {markets.slice(0, MARKETS_DRAWN).map((sets, index) => (
            <div key={sets.market} className={index >= onPaper ? 'screen' : undefined}>
              <div className={index === 0 ? 'cap' : 'cap gap-m'}>
                <h3>{words.whose.combination(words.market(sets.market))}</h3>
                <span className="sub">{scaleNote(page, markets, index)}</span>
              </div>
              <ElementSets page={page} sets={sets} />
            </div>
          ))}
          <p className="sub" style={{ marginTop: 10 }}>
            {completeNote(page, markets)}
          </p>
          {markets.length > MARKETS_DRAWN ? (
            <p className="sub">{words.whose.moreMarkets(markets.length - MARKETS_DRAWN)}</p>
          ) : null}
        </div>
      </div>
      <Tables page={page} markets={markets} />
    </Section>
  )
}

/** As many markets as their rows leave room for on one sheet. */
function marketsOnPaper(markets: readonly MarketSets[]): number {
  let height = 0
  return markets.slice(0, MARKETS_DRAWN).filter(({ sets }) => {
    // A head, and a chart that paper stretches a little.
    height += 50 + (82 + Math.min(9, sets.length) * 20) * 1.11
    return height <= PAPER_HEIGHT
  }).length
}

function Claims({ page }: { readonly page: Page }) {
  return (
    <>
      <div className="cap gap-l">
        <h3>{page.words.whose.claims}</h3>
      </div>
      <ClaimCheck page={page} />
    </>
  )
}

/** Each market has a scale of its own; how many times longer the first one's bars are. */
function scaleNote({ words }: Page, markets: readonly MarketSets[], index: number): string {
  const first = markets[0]!
  const most = (sets: MarketSets): number => sets.sets[0]!.people
  const times = Math.round(most(first) / most(markets[index]!))
  return index === 0 ? words.whose.oneRow : words.whose.ownScale({ market: words.market(first.market), times })
}

/** How many people have every element, said of the market where elements vary most. */
function completeNote({ words }: Page, markets: readonly MarketSets[]): string {
  const varied = [...markets].sort((a, b) => b.sets.length - a.sets.length || b.people - a.people)[0]
  if (varied === undefined || varied.elements.length < 2) return ''
  const complete = varied.sets.find(({ elements }) => elements.length === varied.elements.length)
  const given = { elements: varied.elements.length, market: words.market(varied.market) }
  return complete === undefined
    ? words.whose.nobodyAll(given)
    : words.whose.allElements({ ...given, people: complete.people, total: varied.people })
}

function Csv({ page }: { readonly page: Page }) {
  return (
    <CsvLink
      page={page}
      name="people"
      head={['market', 'elements', 'people']}
      rows={setsByMarket(page.document).flatMap(({ market, sets }) =>
        sets.slice(0, 500).map(({ elements, people }) => [market, elements.join(' '), people]),
      )}
    />
  )
}

function Tables({ page, markets }: { readonly page: Page; readonly markets: readonly MarketSets[] }) {
  const { words, document } = page
  const { columns } = words.whose
  const sets = markets.flatMap(({ market, sets: rows }) => rows.map((set) => ({ market, ...set })))
  return (
    <TableFold page={page}>
      <DataTable
        page={page}
        caption={words.whose.tableMarkets}
        head={[columns.market, columns.people]}
        numeric={[1]}
        rows={Object.entries(document.people.byMarket).map(([market, people]) => [
          words.market(market),
          words.format.count(people),
        ])}
      />
      <DataTable
        page={page}
        caption={words.whose.tableSets}
        head={[columns.market, columns.elements, columns.people]}
        numeric={[2]}
        omitted={Math.max(0, sets.length - TABLE_ROWS)}
        rows={sets
          .slice(0, TABLE_ROWS)
          .map(({ market, elements, people }) => [
            words.market(market),
            words.format.list(elements.map(words.element)),
            words.format.count(people),
          ])}
      />
      <DataTable
        page={page}
        caption={words.whose.tableStores}
        head={[columns.stores, columns.people]}
        numeric={[1]}
        omitted={Math.max(0, document.people.byStores.length - TABLE_ROWS)}
        rows={document.people.byStores.slice(0, TABLE_ROWS).map(({ stores, people }) => [
          <span className="sn" key="stores">
            {stores.join(', ')}
          </span>,
          words.format.count(people),
        ])}
      />
    </TableFold>
  )
}
