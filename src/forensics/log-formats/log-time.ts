const MONTHS = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [code(name), index]),
)

/** Length of `[06/Feb/2019:00:00:38 +0000]`. */
export const LOG_TIME_LENGTH = 28

/** Epoch milliseconds of `[06/Feb/2019:00:00:38 +0200]` at `start`, in any zone; NaN where it is no such time. */
export function parseLogTime(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0x5b || bytes[start + 27] !== 0x5d) return Number.NaN
  if (bytes[start + 3] !== SLASH || bytes[start + 7] !== SLASH || bytes[start + 12] !== COLON) return Number.NaN
  if (bytes[start + 15] !== COLON || bytes[start + 18] !== COLON || bytes[start + 21] !== 0x20) return Number.NaN
  const month = MONTHS.get((bytes[start + 4]! << 16) | (bytes[start + 5]! << 8) | bytes[start + 6]!)
  const day = digits(bytes, start + 1, 2)
  const year = digits(bytes, start + 8, 4)
  const hour = digits(bytes, start + 13, 2)
  const minute = digits(bytes, start + 16, 2)
  const second = digits(bytes, start + 19, 2)
  const zoneHours = digits(bytes, start + 23, 2)
  const zoneMinutes = digits(bytes, start + 25, 2)
  const sign = bytes[start + 22] === 0x2b ? 1 : bytes[start + 22] === 0x2d ? -1 : Number.NaN
  // A second of 60 is a leap second; POSIX time counts it as the next one.
  if (month === undefined || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 60) return Number.NaN
  if (zoneHours > 14 || zoneMinutes > 59) return Number.NaN
  const days = daysFromCivil(year, month + 1, day)
  return (days * 86_400 + hour * 3600 + minute * 60 + second - sign * (zoneHours * 3600 + zoneMinutes * 60)) * 1000
}

const SLASH = 0x2f
const COLON = 0x3a

function code(name: string): number {
  return (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2)
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index++) {
    const digit = bytes[index]! - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function daysIn(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; month from 1. (Hinnant, "chrono-compatible low-level date algorithms".) */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
