import { ConclusionTable } from '../charts/conclusion-table.tsx'
import { HourGrid } from '../charts/hour-grid/hour-grid.tsx'
import type { HourLayout } from '../charts/hour-grid/hour-layout.ts'
import { CsvLink } from '../parts/csv-link.tsx'
import { DataTable, TableFold } from '../parts/data-table.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'

/** 4: who came, and what the logs could have shown. */
export function AccessSection({
  page,
  layout,
  cells,
}: {
  readonly page: Page
  readonly layout: HourLayout | null
  readonly cells: string
}) {
  const { words, headline } = page
  if (headline.stores.length === 0)
    return (
      <Section page={page} number={4} finding={words.access.none}>
        {null}
      </Section>
    )
  const finding = words.access.finding({
    read: headline.readStores,
    listed: headline.listedStores,
    unknowable: headline.unknowableStores,
    dark: headline.logs !== 'covered',
    allDark: headline.logs === 'all-dark',
  })
  return (
    <Section page={page} number={4} finding={finding} actions={<Csv page={page} />}>
      <div className="two acc">
        <ConclusionTable page={page} />
        <div>
          {layout === null ? (
            <p className="sub">{words.access.noHours}</p>
          ) : (
            <HourGrid page={page} layout={layout} cells={cells} />
          )}
        </div>
      </div>
      <Outsiders page={page} />
    </Section>
  )
}

function outsiders({ headline }: Page) {
  return headline.stores.flatMap((store) =>
    store.exposures.flatMap((exposure) => exposure.access.outsiders.map((outsider) => ({ store, ...outsider }))),
  )
}

function Csv({ page }: { readonly page: Page }) {
  return (
    <CsvLink
      page={page}
      name="outsiders"
      head={['store', 'ip', 'network', 'principal', 'requests', 'reads', 'lists', 'writes', 'bytes', 'objects', 'first', 'last']}
      rows={outsiders(page)
        .slice(0, 500)
        .map(({ store, ip, network, principal, requests, reads, lists, writes, bytes, objects, first, last }) => [
          store.name,
          ip,
          network,
          principal,
          requests,
          reads,
          lists,
          writes,
          bytes,
          objects,
          first,
          last,
        ])}
    />
  )
}

function Outsiders({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { table } = words.access
  const all = outsiders(page)
  const counted = document.exposures.reduce((sum, { access }) => sum + access.outsiderCount, 0)
  return (
    <TableFold page={page}>
      <DataTable
        page={page}
        caption={words.access.caption}
        head={[table.store, table.who, table.requests, table.reads, table.lists, table.bytes, table.first, table.last]}
        numeric={[2, 3, 4, 5]}
        omitted={Math.max(0, counted - Math.min(100, all.length))}
        rows={all.slice(0, 100).map(({ store, ip, network, principal, requests, reads, lists, bytes, first, last }) => [
          <span className="sn" key="store">
            {store.name}
          </span>,
          <span className="sn" key="ip">
            {[ip, network, principal].filter((part) => part !== null).join(' ')}
          </span>,
          words.format.count(requests),
          words.format.count(reads),
          words.format.count(lists),
          words.format.bytes(bytes),
          words.format.moment(first),
          words.format.moment(last),
        ])}
      />
    </TableFold>
  )
}
