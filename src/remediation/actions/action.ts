import type { PlanStep } from '../../model/index.ts'
import type { ExposedStore, RemediationFacts } from '../exposed-store.ts'

/** One way to shut a door, or to know more before and after. */
export interface RemediationAction {
  readonly id: string
  /** In which plans it has a place: while open, once shut, or while it is undecided. */
  readonly when: readonly ('proposed' | 'already-shut' | 'read-first')[]
  /** Its steps for this store, in order; none where it does not apply. */
  steps(store: ExposedStore, facts: RemediationFacts): readonly Omit<PlanStep, 'action' | 'resource'>[]
}
