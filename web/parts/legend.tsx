import type { ReactNode } from 'react'

export interface LegendEntry {
  readonly label: string
  readonly width: number
  /** The mark itself, drawn in a box of this width and 12 px height; null for a remark without one. */
  readonly swatch: ReactNode
}

/** The one legend under a chart. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <div className="key">
      {entries.map(({ label, width, swatch }) => (
        <span key={label}>
          {swatch === null ? null : (
            <svg width={width} height="12" viewBox={`0 0 ${width} 12`} aria-hidden="true">
              {swatch}
            </svg>
          )}
          {label}
        </span>
      ))}
    </div>
  )
}
