import type { Instant } from './instant.ts'

/** A duty under one regime. `due` is null where the law has no number of days: none is ever made up. */
export interface Obligation {
  readonly regime: string
  readonly jurisdiction: string
  readonly market: string
  /** The clock's id in the regime: `prelim`, `final`, `assess`… */
  readonly duty: string
  readonly recipient: 'regulator' | 'individual' | 'public' | 'other' | 'internal'
  readonly title: string
  readonly start: Instant
  readonly startLabel: string
  readonly due: Instant | null
  /** The force of a duty without a number: `as_soon_as_practicable`, `without_delay`… */
  readonly force: string
  readonly basis: string
  /** Tests of the trigger that hold, and the ones that a person must judge. */
  readonly because: readonly string[]
  readonly needsJudgement: readonly string[]
  readonly confidence: string
}

/** Why each regime is or is not in play, one entry for all of them. */
export interface RegimeStanding {
  readonly regime: string
  readonly jurisdiction: string
  readonly standing: 'owed' | 'judgement' | 'none-affected' | 'not-assessed' | 'voluntary' | 'not-in-force' | 'no-residents'
  readonly because: string
}

/** A draft letter to the people who share one set of exposed elements. */
export interface NoticeDraft {
  readonly market: string
  readonly language: 'en' | 'ja'
  readonly elements: readonly string[]
  readonly people: number
  readonly subject: string
  readonly body: string
}
