import type { Json } from '../../../model/index.ts'
import { isRecord, isTexts, type Known } from '../../readings.ts'
import { type Condition, parseExpr } from './condition.ts'
import { parsePrincipal, type Principal } from './principals.ts'

/** A role, given to members under a condition. */
export interface Binding {
  readonly role: string
  readonly members: readonly Principal[]
  readonly condition: Condition
  readonly label: string
}

/**
 * Reads an allow policy as `get-iam-policy --format=json` prints it; `place` is where it is attached. A policy that was asked for
 * in version 1 names conditional roles `…_withcond_…` and leaves the condition out: that one is not known.
 */
export function parseAllowPolicy(json: Json, place: string): Known<readonly Binding[]> {
  const policy = isRecord(json) && isRecord(json.policy) ? json.policy : json
  const entries = isRecord(policy) ? (policy.bindings ?? []) : null
  if (!Array.isArray(entries)) return { problem: `the allow policy of ${place} is not understood` }
  const bindings: Binding[] = []
  for (const [index, entry] of (entries as readonly Json[]).entries()) {
    const { role, members = [], condition = null } = isRecord(entry) ? entry : {}
    if (typeof role !== 'string' || !isTexts(members)) return { problem: `the allow policy of ${place} is not understood` }
    const [name, conditional] = role.split('_withcond_') as [string, string?]
    bindings.push({
      role: name,
      members: members.map(parsePrincipal),
      condition:
        conditional !== undefined && condition === null
          ? { kind: 'not-understood', problem: `the condition of ${role}, which a policy of version 1 leaves out` }
          : parseExpr(condition),
      label: `binding ${index + 1} (${name}) of ${place}`,
    })
  }
  return { known: bindings }
}
