/** One law or scheme under which somebody must be told; the facts of one jurisdiction as data. */
export interface Regime {
  /** Country code, hyphen, the scheme's short name: `JP-APPI`. */
  readonly id: string
  readonly jurisdiction: string
  /** ISO 3166-1 alpha-2, or `EU`. */
  readonly country: string
  readonly region?: string
  readonly law: string
  readonly authority: string
  readonly status: 'in_force' | 'in_force_amendment_pending' | 'adopted_not_in_force' | 'voluntary' | 'proposed'
  /** The day from which it binds, or bound in the form described. */
  readonly effective: string
  /** IANA time zone in which days are counted. */
  readonly timezone: string
  readonly trigger: { readonly summary: string; readonly tests: readonly TriggerTest[] }
  readonly clocks: readonly Clock[]
  readonly regulatorContent: readonly ContentCode[]
  readonly individualContent: readonly ContentCode[]
  readonly individualForm?: string
  readonly substituteNotice?: string
  readonly exceptions: readonly {
    readonly id: string
    readonly effect: string
    readonly summary: string
    readonly basis: string
  }[]
  readonly languages: readonly string[]
  readonly processorDuty?: string
  readonly sources: readonly { readonly title: string; readonly section: string; readonly kind: string; readonly url?: string }[]
  readonly verification: {
    readonly lastVerified: string
    readonly method: string
    readonly confidence: 'high' | 'medium-high' | 'medium' | 'low'
    readonly uncertain: readonly string[]
  }
  readonly notes?: string
}

/** One way in which a duty arises. */
export interface TriggerTest {
  readonly id: string
  readonly duty: 'regulator' | 'individual' | 'regulator+individual' | 'public' | 'other'
  readonly expr: TriggerExpression
  readonly summary: string
  readonly basis: string
  /** Another test that must hold too: a count of residents matters only where the law names the data. */
  readonly requires?: string
}

/** A condition over what is known of a case; it can hold, not hold, or wait for somebody's judgement. */
export type TriggerExpression =
  | { readonly always: true }
  | { readonly judgement: string }
  | { readonly includesKind: string }
  | { readonly gt: readonly [fact: string, value: number] }
  | { readonly gte: readonly [fact: string, value: number] }
  | { readonly eq: readonly [fact: string, value: boolean | number | string] }
  | { readonly not: TriggerExpression }
  | { readonly any: readonly TriggerExpression[] }
  | { readonly all: readonly TriggerExpression[] }

/** By when somebody must be told, counted from a named start. `duration` is null where the law names no number. */
export interface Clock {
  readonly id: string
  readonly recipient: 'regulator' | 'individual' | 'public' | 'other' | 'internal'
  readonly stage: 'initial' | 'final' | 'supplement' | 'late_with_reason' | 'assessment' | 'retention'
  readonly start: string
  readonly duration: { readonly value: number; readonly unit: 'hours' | 'calendar_days' | 'business_days' | 'months' } | null
  /** `hard`, `guidance`, `draft`, or the law's own words where it has no number. */
  readonly force: string
  /** How the time is counted, in words. */
  readonly counting: string
  readonly basis: string
  /** The clock runs only where this test of the trigger holds, or does not hold. */
  readonly condition?: { readonly test: string } | { readonly not: string }
  readonly rule: CountingRule
}

/**
 * How the time is counted. `elapsed`: exact hours. `calendar`: to the end of a local day; with `firstDay: 'day1'` the day
 * of the start counts as the first. `business`: only open days count, after the day of the start.
 */
export type CountingRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'elapsed' }
  | {
      readonly kind: 'calendar'
      readonly firstDay: 'day0' | 'day1'
      readonly roll: 'none' | 'next_open_day'
      readonly calendar?: CalendarId
      /** Further closed days, as `MM-DD..MM-DD`, which may run over the end of a year. */
      readonly closedExtra?: readonly string[]
      readonly endOf: 'local_day'
    }
  | { readonly kind: 'business'; readonly firstDay: 'day0' | 'day1'; readonly calendar: CalendarId }

export type CalendarId = 'JP' | 'BR'

/** What a notice must say. */
export type ContentCode =
  | 'entity'
  | 'contact'
  | 'what'
  | 'when_occurred'
  | 'when_discovered'
  | 'cause'
  | 'data_kinds'
  | 'n_persons'
  | 'n_records'
  | 'person_categories'
  | 'harm'
  | 'secondary_damage'
  | 'measures_taken'
  | 'measures_planned'
  | 'steps'
  | 'assistance'
  | 'notified_state'
  | 'publication'
  | 'delay_reason'
  | 'no_notice_reason'
  | 'regulator_told'
  | 'complaint'
  | 'others_told'
  | 'recipient'
  | 'chronology'
  | 'sample'
  | 'safeguards'
  | 'agencies_info'
  | 'other'
