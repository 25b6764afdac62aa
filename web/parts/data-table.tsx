import type { ReactNode } from 'react'
import type { Page } from '../page/page.ts'

interface DataTableProps {
  readonly page: Page
  readonly caption: string
  readonly head: readonly string[]
  /** Columns that hold numbers. */
  readonly numeric?: readonly number[]
  readonly rows: readonly (readonly ReactNode[])[]
  /** Rows that are not shown; said in words below. */
  readonly omitted?: number
}

/** Numbers as a real table, in a frame of its own that scrolls where it must. */
export function DataTable({ page, caption, head, numeric = [], rows, omitted = 0 }: DataTableProps) {
  const cell = (column: number): string | undefined => (numeric.includes(column) ? 'num' : undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label={caption}>
      <table className="tb">
        <caption>{caption}</caption>
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
  )
}

/** The tables behind a section's charts, folded away until asked for from the section's head. */
export function TableFold({
  page,
  summary,
  children,
}: {
  readonly page: Page
  readonly summary?: string
  readonly children: ReactNode
}) {
  return (
    <details className={summary === undefined ? 'tab head' : 'tab'}>
      <summary>{summary ?? page.words.page.asTable}</summary>
      {children}
    </details>
  )
}
