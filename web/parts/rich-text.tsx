import { Fragment } from 'react'
import { EvidenceRef } from './evidence-ref.tsx'
import type { Page } from '../page/page.ts'

/** A sentence of the language files: `**` stresses, `[n]` points to the evidence. */
export function RichText({ page, text }: { readonly page: Page; readonly text: string }) {
  return richParts(text).map((part, index) => {
    // Parts of one sentence never change places.
    const key = `${index}`
    if (part.kind === 'evidence') return <EvidenceRef key={key} page={page} number={part.number} />
    return part.kind === 'stressed' ? <b key={key}>{part.text}</b> : <Fragment key={key}>{part.text}</Fragment>
  })
}

type Part =
  | { readonly kind: 'plain' | 'stressed'; readonly text: string }
  | { readonly kind: 'evidence'; readonly number: number }

function richParts(text: string): Part[] {
  return text
    .split(/(\*\*[^*]+\*\*|\[[1-9]\])/)
    .filter((part) => part !== '')
    .map((part): Part => {
      if (/^\[[1-9]\]$/.test(part)) return { kind: 'evidence', number: Number(part[1]) }
      return part.startsWith('**') && part.endsWith('**') && part.length > 4
        ? { kind: 'stressed', text: part.slice(2, -2) }
        : { kind: 'plain', text: part }
    })
}
