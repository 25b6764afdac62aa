import { Temporal } from 'temporal-polyfill'
import type { Bounds, Instant } from '../model/index.ts'

/** The day of a moment in a time zone. Spelled out by hand, since `Intl` may spell differently from machine to machine. */
export interface LocalDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function localDay(moment: Instant, timezone: string): LocalDay {
  const { year, month, day } = Temporal.Instant.from(moment).toZonedDateTimeISO(timezone)
  return { year, month, day }
}

/** The first and the last day on which something can have happened; one of them null where nothing bounds that side. */
export function localDays(bounds: Bounds, timezone: string): { readonly first: LocalDay | null; readonly last: LocalDay | null } {
  const day = (moment: Instant | null) => (moment === null ? null : localDay(moment, timezone))
  return { first: day(bounds.notBefore), last: day(bounds.notAfter) }
}

export function sameDay(left: LocalDay, right: LocalDay): boolean {
  return left.year === right.year && left.month === right.month && left.day === right.day
}
