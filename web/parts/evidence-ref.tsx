import type { Page } from '../page/page.ts'

/** A small number that leads to what a statement rests on. */
export function EvidenceRef({ page, number }: { readonly page: Page; readonly number: number }) {
  return (
    <a className="ev" href={`#${page.id(`e${number}`)}`} aria-label={page.words.page.evidence(number)}>
      {number}
    </a>
  )
}
