import type { ReactNode } from 'react'
import type { Page } from '../page/page.ts'

interface SectionProps {
  readonly page: Page
  readonly number: number
  /** What the section found, as a sentence written from the data. */
  readonly finding: string
  readonly actions?: ReactNode
  readonly startsPrintPage?: boolean
  readonly children: ReactNode
}

/** An ink rule, a number, a finding, and what can be done from here. */
export function Section({ page, number, finding, actions, startsPrintPage, children }: SectionProps) {
  const heading = page.id(`h${number}`)
  return (
    <section className={startsPrintPage ? 'sec pb' : 'sec'} id={page.id(`s${number}`)} aria-labelledby={heading}>
      <header>
        <span className="n" aria-hidden="true">
          {number}
        </span>
        <h2 id={heading}>{finding}</h2>
        {actions === undefined ? null : <span className="x">{actions}</span>}
      </header>
      {children}
    </section>
  )
}
