import type { EvidenceRef } from './evidence.ts'

/** A data handling rule that a store breaks, with what shows it. */
export interface Violation {
  readonly rule: string
  readonly title: string
  readonly severity: 'low' | 'medium' | 'high' | 'critical'
  readonly resource: string
  /** `undecided` where something the rule needs was not read. */
  readonly outcome: 'violated' | 'undecided'
  readonly because: readonly string[]
  readonly evidence: readonly EvidenceRef[]
}
