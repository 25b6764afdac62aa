import type { Temporal } from 'temporal-polyfill'
import type { CalendarId } from '../regimes/regime.ts'
import { isBrazilianHoliday } from './brazilian-holidays.ts'
import { isJapaneseHoliday } from './japanese-holidays.ts'

const HOLIDAYS: Readonly<Record<CalendarId, (day: Temporal.PlainDate) => boolean>> = {
  JP: isJapaneseHoliday,
  BR: isBrazilianHoliday,
}

/** Whether offices are open: no Saturday or Sunday, no public holiday, none of the further closed days (`MM-DD..MM-DD`). */
export function isOpenDay(day: Temporal.PlainDate, calendar: CalendarId, closedExtra: readonly string[] = []): boolean {
  return day.dayOfWeek < 6 && !HOLIDAYS[calendar](day) && !closedExtra.some((span) => isWithinSpan(day, span))
}

function isWithinSpan(day: Temporal.PlainDate, span: string): boolean {
  const [from = '', to = ''] = span.split('..')
  const monthAndDay = day.toString().slice(5)
  return from <= to ? from <= monthAndDay && monthAndDay <= to : monthAndDay >= from || monthAndDay <= to
}
