import type { DataElement, Instant } from '../model/index.ts'

/** Somebody's answer to a question of judgement; nobody has answered while it is `unknown`. */
export type Answer = boolean | 'unknown'

/** What is known of a case, as far as the duties to tell depend on it. */
export interface NoticeFacts {
  readonly asOf: Instant
  /** When the organisation first knew. */
  readonly awareness: Instant
  /** Distinct people by market, ISO 3166-1 alpha-2; `UNKNOWN` for people whom no evidence places. */
  readonly peopleByMarket: Readonly<Record<string, number>>
  readonly elementsByMarket: Readonly<Record<string, readonly DataElement[]>>
  /** Markets whose people would have been found: a market that is missing here and above was not assessed. */
  readonly assessedMarkets: readonly string[] | 'all'
  /** Markets in which the organisation has customers at all; where given, the others have no residents. */
  readonly marketsServed?: readonly string[]
  /** Some contents were not read or some exposures not decided: each count is then a lower bound, each absence open. */
  readonly undecidedPeople: boolean
  readonly outsiderReads: Answer
  /** Answers to questions of judgement, by the names that the triggers use: `serious_harm_likely`, `cause.illegalExternalAccess`… */
  readonly judgements?: Readonly<Record<string, Answer>>
  /** People by region, `US-CA`, where addresses tell. */
  readonly peopleByRegion?: Readonly<Record<string, number>>
  readonly recordsHeld?: number
  /** Clock starts that have happened: `regulator_notified`, `assessment_complete`… */
  readonly starts?: Readonly<Record<string, Instant>>
}
