const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/

/**
 * Epoch milliseconds, rounded down, of `2021-03-04T05:06:07.1234567Z` or the like with an offset; without a zone it is
 * taken as UTC where `zoneless` says so. NaN for anything else, also for zone abbreviations other than UTC and GMT, which
 * mean different offsets in different places.
 */
export function parseIsoTime(text: string | null, zoneless: 'utc' | 'rejected' = 'rejected'): number {
  const match = text === null ? null : ISO.exec(text)
  if (!match || (match[8] === undefined && zoneless === 'rejected')) return Number.NaN
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN
  const days = Date.UTC(year, month - 1, day)
  const date = new Date(days)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  return days + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offsetMs(match[8])
}

function offsetMs(zone: string | undefined): number {
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '')
  if (!offset) return 0
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
  return (offset[1] === '-' ? -1 : 1) * minutes * 60_000
}
