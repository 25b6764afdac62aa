import { Temporal } from 'temporal-polyfill'
import { type Instant, instant } from '../model/index.ts'
import type { NoticeFacts } from './notice-facts.ts'

/** When a clock started; `started` is false where what starts it has not happened, or nobody has said so. */
export interface ClockStart {
  readonly at: Instant
  readonly started: boolean
  readonly because: string
}

// Days that can be no earlier than the day of knowing: counted from there, a deadline is never too late.
const NO_EARLIER_THAN_KNOWING: Readonly<Record<string, string>> = {
  awareness: 'It was known then',
  awareness_notifiable: 'It was known then; whether it must be notified was known no earlier',
  awareness_personal_data: 'It was known then; that personal data are concerned was known no earlier',
  grounds_to_suspect: 'There were grounds to suspect it from then on',
  credible_grounds: 'There were credible grounds from then on',
  determination: 'It was known then, and determined no earlier',
}

const NOT_YET: Readonly<Record<string, string>> = {
  grounds_to_believe: 'there are reasonable grounds to believe it',
  assessment_complete: 'the assessment is complete',
  regulator_notified: 'the regulator has been told',
  individuals_notified: 'the people have been told',
  statement_prepared: 'the statement is prepared',
  facts_ascertained: 'the facts are ascertained',
  incident_closed: 'the incident is closed',
}

/** When the clock with this start label began to run, in the regime's time zone. */
export function clockStart(label: string, facts: NoticeFacts, timezone: string): ClockStart {
  const given = facts.starts?.[label]
  if (given !== undefined) return { at: given, started: true, because: `The clock started on ${given}.` }
  if (label === 'end_of_calendar_year_of_discovery') {
    const at = endOfYear(facts.awareness, timezone)
    return { at, started: true, because: `The clock starts at the end of the year in which it was known, on ${at}.` }
  }
  const known = NO_EARLIER_THAN_KNOWING[label]
  if (known !== undefined) return { at: facts.awareness, started: true, because: `${known}: ${facts.awareness}.` }
  const event = NOT_YET[label] ?? label.replace(/_/g, ' ')
  return { at: facts.awareness, started: false, because: `The clock has not started: it starts when ${event}.` }
}

/** Noon of 31 December, so that the day is the same whatever is counted in. */
function endOfYear(moment: Instant, timezone: string): Instant {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(timezone)
  const last = local.toPlainDate().with({ month: 12, day: 31 }).toZonedDateTime({ timeZone: timezone, plainTime: '12:00' })
  return instant(last.epochMilliseconds)
}
