import { Temporal } from 'temporal-polyfill'
import { type Instant, instant } from '../model/index.ts'
import { isOpenDay } from './calendars/open-days.ts'
import type { CalendarId, Clock, CountingRule } from './regimes/regime.ts'

// No calendar closes for longer; a loop that runs on has met a mistake in the data.
const MAX_DAYS = 4_000

/**
 * When a clock that started then runs out: the last second of a day in that time zone, or exact hours on. Null where the
 * law names no number. `timezone` is an IANA name; a RangeError where the start is no instant or the zone is not known.
 */
export function deadline(clock: Pick<Clock, 'duration' | 'rule'>, start: Instant, timezone: string): Instant | null {
  const { duration, rule } = clock
  if (duration === null || rule.kind === 'none') return null
  const begun = Temporal.Instant.from(start)
  if (rule.kind === 'elapsed') return canonical(begun.add(elapsed(duration)))
  const firstDay = begun.toZonedDateTimeISO(timezone).toPlainDate()
  return endOfDay(lastDay(firstDay, duration, rule), timezone)
}

type Duration = NonNullable<Clock['duration']>

function elapsed({ value, unit }: Duration): Temporal.DurationLike {
  return unit === 'hours' ? { hours: value } : { hours: value * 24 }
}

function lastDay(
  start: Temporal.PlainDate,
  duration: Duration,
  rule: Exclude<CountingRule, { kind: 'none' | 'elapsed' }>,
): Temporal.PlainDate {
  const counted = rule.firstDay === 'day1' ? duration.value - 1 : duration.value
  if (rule.kind === 'business') return afterOpenDays(start, counted, rule.calendar)
  const last = duration.unit === 'months' ? start.add({ months: duration.value }) : start.add({ days: counted })
  return rule.roll === 'next_open_day' && rule.calendar ? nextOpenDay(last, rule.calendar, rule.closedExtra) : last
}

function afterOpenDays(start: Temporal.PlainDate, openDays: number, calendar: CalendarId): Temporal.PlainDate {
  let day = start
  for (let left = openDays, steps = 0; left > 0 && steps < MAX_DAYS; steps += 1) {
    day = day.add({ days: 1 })
    if (isOpenDay(day, calendar)) left -= 1
  }
  return day
}

function nextOpenDay(from: Temporal.PlainDate, calendar: CalendarId, closedExtra?: readonly string[]): Temporal.PlainDate {
  let day = from
  for (let steps = 0; !isOpenDay(day, calendar, closedExtra) && steps < MAX_DAYS; steps += 1) day = day.add({ days: 1 })
  return day
}

/** The last second before the next day begins there: a zone may start a day at 01:00 when clocks go forward at midnight. */
function endOfDay(day: Temporal.PlainDate, timezone: string): Instant {
  return canonical(day.add({ days: 1 }).toZonedDateTime(timezone).toInstant().subtract({ seconds: 1 }))
}

function canonical(moment: Temporal.Instant): Instant {
  return instant(moment.epochMilliseconds)
}
