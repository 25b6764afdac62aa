import type { ReactNode } from 'react'

/** A state in a pill: solid ink for what is settled, the accent for what is open to strangers. */
export function Tag({ tone, children }: { readonly tone: 'solid' | 'open' | 'plain'; readonly children: ReactNode }) {
  return <span className={`tag${{ solid: ' sol', open: ' op', plain: '' }[tone]}`}>{children}</span>
}
