import type { Moment } from './values.ts'

const NANOSECONDS_A_MS = 1_000_000n
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/i
const SPAN = /^(-?)((?:\d+(?:\.\d+)?(?:h|m|s|ms|us|ns))+)$/
const UNITS: Readonly<Record<string, number>> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, ns: 1 }

/** The moment of an RFC 3339 text; null for anything else. */
export function timestampOf(text: string): Moment | null {
  const match = TIMESTAMP.exec(text)
  if (!match) return null
  const [, day, clock, fraction = '', zone] = match
  const ms = Date.parse(`${day}T${clock}${zone!.toUpperCase()}`)
  // Date.parse takes the 31st of a short month for the 1st of the next one.
  if (Number.isNaN(ms) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null
  return { kind: 'timestamp', nanoseconds: BigInt(ms) * NANOSECONDS_A_MS + BigInt(fraction.padEnd(9, '0')) }
}

/** The span of a text such as `3600s` or `1h30m`; null for anything else. */
export function durationOf(text: string): Moment | null {
  const match = SPAN.exec(text)
  if (!match || text.length > 60) return null
  let nanoseconds = 0
  for (const [, amount, unit] of match[2]!.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)) {
    nanoseconds += Number(amount) * UNITS[unit!]!
  }
  if (!Number.isSafeInteger(Math.trunc(nanoseconds / 1000))) return null
  return { kind: 'duration', nanoseconds: BigInt(Math.trunc(match[1] ? -nanoseconds : nanoseconds)) }
}

/** The parts of a date by the names of CEL: months, days of a month and of a year count from 0, `getDate` from 1, Sunday is 0. */
export function datePart(name: string, moment: Moment, zone: string): bigint | null | undefined {
  const part = PARTS[name]
  if (!part) return undefined
  const ms = floorMs(moment.nanoseconds)
  const local = wallClock(ms, zone)
  return local === null ? null : BigInt(part(local, ms))
}

export const DATE_PARTS: ReadonlySet<string> = new Set([
  'getFullYear',
  'getMonth',
  'getDate',
  'getDayOfMonth',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getMilliseconds',
])

const DAY_MS = 86_400_000
const PARTS: Readonly<Record<string, (local: Date, ms: number) => number>> = {
  getFullYear: (local) => local.getUTCFullYear(),
  getMonth: (local) => local.getUTCMonth(),
  getDate: (local) => local.getUTCDate(),
  getDayOfMonth: (local) => local.getUTCDate() - 1,
  getDayOfWeek: (local) => local.getUTCDay(),
  getDayOfYear: (local) => Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS),
  getHours: (local) => local.getUTCHours(),
  getMinutes: (local) => local.getUTCMinutes(),
  getSeconds: (local) => local.getUTCSeconds(),
  getMilliseconds: (_, ms) => ((ms % 1000) + 1000) % 1000,
}

function floorMs(nanoseconds: bigint): number {
  const ms = nanoseconds / NANOSECONDS_A_MS
  return Number(nanoseconds < 0n && nanoseconds % NANOSECONDS_A_MS !== 0n ? ms - 1n : ms)
}

/** What the clock of a zone shows, as if it were UTC; null for a zone that does not exist. */
function wallClock(ms: number, zone: string): Date | null {
  if (zone === 'UTC' || zone === '') return new Date(ms)
  const offset = /^([+-]?)(\d{2}):(\d{2})$/.exec(zone)
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3])
    return new Date(ms + (offset[1] === '-' ? -minutes : minutes) * 60_000)
  }
  try {
    const parts = clockOf(zone).formatToParts(ms)
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
    return new Date(Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')))
  } catch {
    return null
  }
}

// Making one of these costs more than all the rest of a decision.
const CLOCKS = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  if (CLOCKS.size > 1_000) CLOCKS.clear()
  CLOCKS.set(zone, made)
  return made
}
