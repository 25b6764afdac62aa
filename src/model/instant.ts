/**
 * A moment in UTC as ISO 8601 text: `2015-02-09T00:00:00Z`, with exactly three decimals where the
 * milliseconds are not zero. One moment has one spelling, so equal moments are equal strings.
 */
export type Instant = string

/** The canonical instant of a date, of epoch milliseconds or of any ISO 8601 text with a zone; a RangeError for anything else. */
export function instant(moment: Date | number | string): Instant {
  const text = new Date(moment).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

/** Negative, zero or positive as `left` is earlier than, equal to or later than `right`. */
export function compareInstants(left: Instant, right: Instant): number {
  // Without its "Z", an instant in whole seconds is a prefix of the later ones in the same second.
  const a = left.slice(0, -1)
  const b = right.slice(0, -1)
  return a < b ? -1 : a > b ? 1 : 0
}

export function epochMs(moment: Instant): number {
  return Date.parse(moment)
}

export function earliest(...moments: [Instant, ...Instant[]]): Instant {
  return moments.reduce((least, next) => (compareInstants(next, least) < 0 ? next : least))
}

export function latest(...moments: [Instant, ...Instant[]]): Instant {
  return moments.reduce((most, next) => (compareInstants(next, most) > 0 ? next : most))
}
