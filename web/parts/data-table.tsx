import type { ReactNode } from 'react'
import type { Page } from '../page/page.ts'

interface DataTableProps {
  readonly page: Page
  /** Unique in its language; links of the section's head lead here, which opens it. */
  readonly name: string
  readonly summary: string
  readonly caption: string
  readonly head: readonly string[]
  /** Columns that hold numbers. */
  readonly numeric?: readonly number[]
  readonly rows: readonly (readonly ReactNode[])[]
  /** Rows that are not shown; said in words below. */
  readonly omitted?: number
}

/** A chart's numbers as a real table, folded away until asked for. */
export function DataTable({ page, name, summary, caption, head, numeric = [], rows, omitted = 0 }: DataTableProps) {
  const cell = (column: number): string | undefined => (numeric.includes(column) ? 'num' : undefined)
  return (
    <details className="tab">
      <summary>{summary}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={caption} id={page.id(name)}>
        <table className="tb">
          <caption className="vh">{caption}</caption>
          <thead>
            <tr>
              {head.map((title, column) => (
                <th key={title} scope="col" className={cell(column)}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, rows never move
              <tr key={index}>
                {row.map((value, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, cells never move
                  <td key={column} className={cell(column)}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {omitted > 0 ? <p className="sub">{page.words.page.moreInCase(omitted)}</p> : null}
      </section>
    </details>
  )
}

/** The link in a section's head that opens its table. */
export function TableLink({ page, name }: { readonly page: Page; readonly name: string }) {
  return <a href={`#${page.id(name)}`}>{page.words.page.asTable}</a>
}
