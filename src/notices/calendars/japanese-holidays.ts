import holidayJp from '@holiday-jp/holiday_jp'
import type { Temporal } from 'temporal-polyfill'

/** Public holidays of Japan with their substitute days, 1970 to 2050, from the library that follows the Cabinet Office's list. */
export function isJapaneseHoliday(day: Temporal.PlainDate): boolean {
  return Object.hasOwn(holidayJp.holidays, day.toString())
}
