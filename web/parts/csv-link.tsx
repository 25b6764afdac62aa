import type { Page } from '../page/page.ts'

type Cell = string | number | null

/** A chart's numbers as a CSV file inside the page itself, RFC 4180. */
export function CsvLink({
  page,
  name,
  head,
  rows,
}: {
  readonly page: Page
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}) {
  const file = `${page.document.case.replace(/[^\w-]/g, '-')}-${name}.csv`
  const text = [head, ...rows].map((row) => row.map(quote).join(',')).join('\r\n')
  return (
    <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(`${text}\r\n`)}`} download={file}>
      {page.words.page.csv}
    </a>
  )
}

function quote(value: Cell): string {
  // A cell that a spreadsheet would run as a formula is kept from being one.
  const text = String(value ?? '').replace(/^[=+\-@\t\r](?=\D|$)/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
