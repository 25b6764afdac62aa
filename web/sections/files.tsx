import { FileMatrix } from '../charts/file-matrix/file-matrix.tsx'
import type { MatrixLayout } from '../charts/file-matrix/matrix-layout.ts'
import { ChartFrame } from '../parts/chart-frame.tsx'
import { CsvLink } from '../parts/csv-link.tsx'
import { DataTable, TableFold } from '../parts/data-table.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'

const TABLE_ROWS = 100
const CSV_ROWS = 500
const UNREAD_ROWS = 200

/** 3: in which files, and which elements each of them holds. */
export function FilesSection({
  page,
  layout,
  cells,
}: {
  readonly page: Page
  readonly layout: MatrixLayout
  readonly cells: string
}) {
  const { words, document, headline } = page
  const { files } = document
  if (files.length === 0)
    return (
      <Section page={page} number={3} finding={words.files.none} startsPrintPage>
        <p className="lede">{words.files.noneText({ objects: headline.objects, notRead: headline.objectsNotRead })}</p>
        <Unread page={page} />
      </Section>
    )
  const complete = files.filter(({ elements }) => elements.length === layout.elements.length).length
  const finding = words.files.finding({ files: files.length + document.filesOmitted, elements: layout.elements.length, complete })
  return (
    <Section page={page} number={3} finding={finding} startsPrintPage actions={<Csv page={page} />}>
      <ChartFrame label={finding}>
        <FileMatrix page={page} layout={layout} cells={cells} />
      </ChartFrame>
      {document.filesOmitted > 0 ? (
        <p className="sub" style={{ marginTop: 8 }}>
          {words.files.omitted(document.filesOmitted)}
        </p>
      ) : null}
      <FileTable page={page} />
      <Unread page={page} />
    </Section>
  )
}

function Csv({ page }: { readonly page: Page }) {
  return (
    <CsvLink
      page={page}
      name="files"
      head={['resource', 'key', 'format', 'bytes', 'status', 'records', 'people', 'elements']}
      rows={page.document.files
        .slice(0, CSV_ROWS)
        .map(({ resource, key, format, sizeBytes, status, records, people, elements }) => [
          resource,
          key,
          format,
          sizeBytes,
          status,
          records,
          people,
          elements.map(({ element }) => element).join(' '),
        ])}
    />
  )
}

function FileTable({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { table } = words.files
  return (
    <TableFold page={page}>
      <DataTable
        page={page}
        caption={words.files.caption}
        head={[table.file, table.store, table.format, table.size, table.status, table.records, table.people, table.elements]}
        numeric={[3, 5, 6]}
        omitted={Math.max(0, document.files.length - TABLE_ROWS) + document.filesOmitted}
        rows={document.files.slice(0, TABLE_ROWS).map((file) => [
          <span className="sn" key="file">
            {file.key}
          </span>,
          <span className="sn" key="store">
            {file.resource.slice(file.resource.lastIndexOf(':') + 1)}
          </span>,
          file.format,
          file.sizeBytes === null ? words.page.notKnown : words.format.bytes(file.sizeBytes),
          words.files.status[file.status],
          words.format.count(file.records),
          words.format.count(file.people),
          words.format.list(file.elements.map(({ element }) => words.element(element))),
        ])}
      />
    </TableFold>
  )
}

/** Everything that was there and could not be read, with what is not known because of it. */
function Unread({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { unread } = document
  if (unread.length === 0) return null
  const { unreadTable } = words.files
  return (
    <TableFold page={page} summary={words.files.unread(unread.length)}>
      <DataTable
        page={page}
        caption={words.files.unread(unread.length)}
        head={[unreadTable.what, unreadTable.happened, unreadTable.lost]}
        omitted={Math.max(0, unread.length - UNREAD_ROWS)}
        rows={unread.slice(0, UNREAD_ROWS).map(({ what, place, also, detail, lost }) => [
          <span className="sn" key="what">
            {place === undefined || place.file === what ? what : `${what} (${place.file})`}
            {place?.offset === undefined ? '' : `:${place.offset}`}
            {also === undefined ? '' : ` · ${also.join(' · ')}`}
          </span>,
          <span lang="en" key="detail">
            {detail}
          </span>,
          <span lang="en" key="lost">
            {lost}
          </span>,
        ])}
      />
    </TableFold>
  )
}
