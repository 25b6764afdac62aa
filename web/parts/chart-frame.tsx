import type { ReactNode } from 'react'

/** A wide chart in a frame of its own: one tab stop, and it scrolls sideways where the page is narrow. */
export function ChartFrame({
  label,
  onScreenOnly = false,
  children,
}: {
  readonly label: string
  readonly onScreenOnly?: boolean
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <figure className={onScreenOnly ? 'wide screen' : 'wide'} tabIndex={0} aria-label={label}>
      {children}
    </figure>
  )
}
