import type { ResourceRef } from './configuration.ts'
import type { Instant } from './instant.ts'
import type { Access, TraceStep, Verdicts } from './reachability.ts'

/** One store as its page shows it: who can do what, by which statement, and why nothing stops the witness. */
export interface StoreExplanation {
  readonly resource: ResourceRef
  readonly asOf: Instant
  readonly verdicts: Verdicts
  /** For each access with a witness, what every statement does with it; empty where no policy guards the door. */
  readonly traces: Readonly<Partial<Record<Access, readonly TraceStep[]>>>
  readonly sources: readonly PolicySource[]
  /** The settings that were given, by facet; what was not read says why. */
  readonly settings: readonly StoreSetting[]
}

/** A policy as it is read on paper: its lines, and where each statement stands. */
export interface PolicySource {
  /** As trace steps name it: `bucket policy`. */
  readonly document: string
  /** Where it came from, as the user named it; null where it stood in a question. */
  readonly file: string | null
  /** Whether the lines are those of the file; otherwise the policy was text inside of it and is printed anew. */
  readonly asWritten: boolean
  readonly lines: readonly string[]
  /** First and last line of each statement, from 1. */
  readonly statements: readonly { readonly first: number; readonly last: number }[]
}

export interface StoreSetting {
  readonly facet: string
  readonly file: string | null
  readonly status: 'read' | 'absent' | 'not-read'
  /** Why it was not read. */
  readonly reason?: string
}
