import type { Audience, ResourceConfiguration, Verdicts, Window } from '../model/index.ts'

/** One open exposure, as far as shutting it depends on it. */
export interface ExposedStore {
  /** The provider's id. */
  readonly resource: string
  readonly type: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly audience: Exclude<Audience, 'none'>
  readonly verdicts: Verdicts
  readonly window: Window
  /** What holds now; null where it is not known. */
  readonly configuration: ResourceConfiguration | null
}

/** Requests of somebody from outside that worked. */
export interface OutsideReader {
  readonly who: string
  readonly requests: number
}

export interface RemediationFacts {
  /** The plan's id; without one it is made from the account and the name. */
  readonly id?: string
  readonly outsideReaders?: readonly OutsideReader[]
  /** Partners whose work must go on, by principal ARN; those without one are named among what breaks. */
  readonly partners?: readonly OutsideReader[]
}

/** Where the owner is to keep what is needed for the way back. */
export function folderOf(store: ExposedStore): string {
  return `ajar-plan/${store.name.replace(/[^A-Za-z0-9._-]/g, '_')}`
}
