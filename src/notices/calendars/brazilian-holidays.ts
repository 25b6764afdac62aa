import type { Temporal } from 'temporal-polyfill'

// Lei 662/1949, Lei 6.802/1980 and Lei 9.093/1995. Carnival and Corpus Christi are optional days off, not national holidays.
const FIXED: ReadonlySet<string> = new Set(['01-01', '04-21', '05-01', '09-07', '10-12', '11-02', '11-15', '12-25'])
// Lei 14.759/2023 made Black Awareness Day national from 2024 on.
const FIRST_BLACK_AWARENESS_DAY = 2024

/** National holidays of Brazil, by the statutes that name them. */
export function isBrazilianHoliday(day: Temporal.PlainDate): boolean {
  const monthAndDay = day.toString().slice(5)
  if (FIXED.has(monthAndDay)) return true
  if (monthAndDay === '11-20') return day.year >= FIRST_BLACK_AWARENESS_DAY
  const { month, day: dayOfMonth } = easterSunday(day.year)
  const goodFriday = day.with({ month, day: dayOfMonth }).subtract({ days: 2 })
  return day.equals(goodFriday)
}

/** Easter Sunday of a year in the Gregorian calendar, after Butcher's rule (The Ecclesiastical Calendar, 1877). */
function easterSunday(year: number): { readonly month: number; readonly day: number } {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const epactCorrection = century - Math.floor((century + 8) / 25) + 1
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor(epactCorrection / 3) + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7
  const lateCorrection = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const sum = epact + weekday - 7 * lateCorrection + 114
  return { month: Math.floor(sum / 31), day: (sum % 31) + 1 }
}
