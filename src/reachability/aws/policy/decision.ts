import type { Audience, MissedPart, TraceStep, Verdict, Witness } from '../../../model/index.ts'
import { Budget } from '../../engine/budget.ts'
import { undecided } from '../../readings.ts'
import type { Certified } from '../../certificate/certificate.ts'
import { prove } from '../../certificate/prove.ts'
import type { Grant } from './grants.ts'
import { type ReplayedConfiguration, replay } from './replay.ts'
import { type Door, type Found, widestAudience } from './search.ts'
import type { Mode } from './statements.ts'

/** One access to a resource whose doors are guarded by policies. */
export interface PolicyQuestion<D extends Door = Door> {
  readonly actions: readonly string[]
  /** The door, or all doors, with every doubt taken to the closed side (`least`) or to the open one (`most`). */
  readonly door: (mode: Mode) => D | readonly D[]
  /** What was not read or is not clear and bears on this access, as sentences. */
  readonly doubts: readonly string[]
  /** The same configuration for the second reading of a request through the door. */
  readonly replayed: (through: D) => ReplayedConfiguration
  /** The reasons where nobody outside gets in. */
  readonly whyNobody: () => readonly string[]
  /** What it may cost, where several questions share that. */
  readonly budget?: Budget
  /** Whether the verdict is to carry the proof that nobody wider gets in. */
  readonly certified?: boolean
  /** What is to be said beside a positive verdict. */
  readonly remarks?: (grants: readonly Grant[]) => readonly string[]
}

/** Steps for one access: some milliseconds of work, and many times what a policy needs that is not made to be slow. */
const WORK_BUDGET = 20_000

/**
 * Decides twice, every doubt taken to the closed side and then to the open side; where both agree, the verdict is certain.
 * A witness is given only after the second reading has allowed it.
 */
export function decideByPolicies<D extends Door>(question: PolicyQuestion<D>): Verdict & Certified {
  const verdict = decideTwice(question)
  if (!question.certified) return verdict
  const doors = [question.door('most')].flat() as readonly D[]
  // A certificate speaks of one door.
  return { ...verdict, certificate: doors.length === 1 ? prove(question.actions, doors[0]!, verdict.audience) : null }
}

function decideTwice<D extends Door>(question: PolicyQuestion<D>): Verdict {
  const { actions, door, doubts } = question
  const budget = question.budget ?? workBudget()
  const least = widestAudience(actions, [door('least')].flat() as readonly D[], budget)
  if (least.exhausted) return undecided(RAN_OUT)
  if (doubts.length === 0 && least.unknown.size === 0) return verdictOf(least, question)
  const most = widestAudience(actions, [door('most')].flat() as readonly D[], budget)
  if (most.exhausted) return undecided(RAN_OUT)
  if (most.audience === least.audience) return verdictOf(least, question)
  const unknown = [...new Set([...least.unknown, ...most.unknown])].sort()
  const by = most.grants.map(({ label }) => label).join(' and ')
  const span = `certain: ${least.audience}; possible: ${most.audience}${by === '' ? '' : ` by ${by}`}`
  return {
    ...undecided(...doubts, ...unknown.map((what) => `not decided: ${what}`), span),
    bounds: { certain: least.audience, possible: most.audience },
  }
}

/** The work that one access of a resource may cost. */
export function workBudget(): Budget {
  return new Budget(WORK_BUDGET)
}

/** What an undecided verdict says where deciding it was too much work. */
export const RAN_OUT = 'the work budget for this decision ran out'

function verdictOf<D extends Door>({ audience, witness, door, grants }: Found<D>, question: PolicyQuestion<D>): Verdict {
  if (!witness || !door) return { audience: 'none', witness: null, because: question.whyNobody() }
  const { allowed, steps } = replay(witness, question.replayed(door))
  if (!allowed) return contradiction(witness)
  return {
    audience: audience as Exclude<Audience, 'none' | 'undecided'>,
    witness,
    because: [
      ...grants.map(({ label }) => `${label} allows ${witness.action}`),
      ...steps.flatMap((step) => (step.effect === 'Deny' && step.missed ? [letBy(step, step.missed)] : [])),
      ...(question.remarks?.(grants) ?? []),
    ],
  }
}

/** Why a Deny does not stop the witness. */
function letBy({ document, statement, sid }: TraceStep, missed: MissedPart): string {
  const part = missed.part === 'condition' ? `condition ${missed.operator} ${missed.key}` : `${missed.part}s`
  return `statement ${statement}${sid === null ? '' : ` "${sid.slice(0, 100)}"`} of the ${document} denies, but its ${part} do not meet this request`
}

function contradiction(witness: Witness): Verdict {
  return undecided(`internal contradiction: the second reading refuses the witness ${JSON.stringify(witness)}`)
}
