import type { Instant } from '../model/index.ts'

/** Epoch milliseconds: what the world is built on; `Instant` is what the truth says. */
export type Moment = number

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** `2015-02-09T03:17:42Z`, or a day alone for its midnight; always UTC. */
export function at(text: string): Moment {
  const moment = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(moment)) throw new RangeError(`not a moment: ${text}`)
  return moment
}

/** ISO 8601 in UTC, with milliseconds only where they are not zero. */
export function iso(moment: Moment): Instant {
  const text = new Date(moment).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

/** As AWS Config and S3 print it: always with three decimals. */
export function isoMilliseconds(moment: Moment): string {
  return new Date(moment).toISOString()
}

/** `2015-02-09`. */
export function day(moment: Moment): string {
  return new Date(moment).toISOString().slice(0, 10)
}

/** Midnight UTC of the moment's day. */
export function startOfDay(moment: Moment): Moment {
  return Math.floor(moment / DAY) * DAY
}

/** The first moment of each month from `first` to `last` (`2015-02`), both included. */
export function months(first: string, last: string): { readonly name: string; readonly start: Moment; readonly end: Moment }[] {
  const out = []
  let [year, month] = first.split('-').map(Number) as [number, number]
  for (let name = first; name <= last; name = `${year}-${String(month).padStart(2, '0')}`) {
    const start = Date.UTC(year, month - 1, 1)
    month = month === 12 ? 1 : month + 1
    if (month === 1) year++
    out.push({ name, start, end: Date.UTC(year, month - 1, 1) })
  }
  return out
}
