import type { Store } from '../../findings/stores.ts'

export interface TimelineRow {
  readonly store: Store
  readonly kind: 'full' | 'slim'
  /** The top of the row, in px. */
  readonly y: number
}

export const FULL = 88
export const SLIM = 30
const TOP = 88

/** How the stores share so much height: as many full rows as leave room for all, then slim ones, then a count of the rest. */
export function layRows(
  stores: readonly Store[],
  height: number,
  fewestFull: number,
): { readonly rows: readonly TimelineRow[]; readonly omitted: number; readonly bottom: number } {
  const most = Math.min(stores.length, Math.floor(height / FULL))
  const fits = (full: number): boolean => full * FULL + (stores.length - full) * SLIM <= height
  let full = most
  while (full > Math.min(fewestFull, stores.length) && !fits(full)) full--
  const slim = Math.min(stores.length - full, Math.max(0, Math.floor((height - full * FULL) / SLIM)))
  let y = TOP
  const rows = stores.slice(0, full + slim).map((store, index): TimelineRow => {
    const row = { store, kind: index < full ? 'full' : 'slim', y } as const
    y += index < full ? FULL : SLIM
    return row
  })
  return { rows, omitted: stores.length - rows.length, bottom: y }
}
