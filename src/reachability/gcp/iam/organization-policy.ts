import type { Json } from '../../../model/index.ts'
import { isKnown, isRecord, type Known } from '../../readings.ts'
import type { CelEnvironment } from './cel/evaluate.ts'
import { conditionHolds, parseExpr } from './condition.ts'

/** The organisation policies of one level, as they were read; a problem where they were not. */
export type OrganizationPolicies = Known<readonly Json[]>

/** Reads organisation policies as `gcloud org-policies describe` or the asset inventory print them, one or a list. */
export function parseOrganizationPolicies(json: Json, place: string): OrganizationPolicies {
  if (Array.isArray(json)) return { known: json as readonly Json[] }
  if (!isRecord(json)) return { problem: `the organisation policies of ${place} are not understood` }
  if ('spec' in json || 'constraint' in json) return { known: [json] }
  if (Array.isArray(json.policies)) return { known: json.policies as readonly Json[] }
  // By constraint: {"constraints/storage.publicAccessPrevention": {…}}, or only whether it is enforced.
  return {
    known: Object.entries(json).map(
      ([constraint, policy]): Json =>
        isRecord(policy) ? { constraint, ...policy } : { constraint, booleanPolicy: { enforced: policy } },
    ),
  }
}

/**
 * Whether a boolean constraint is enforced: the level nearest to the resource that says something decides, not the highest
 * (https://cloud.google.com/resource-manager/docs/organization-policy/understanding-hierarchy).
 */
export function isEnforced(
  constraint: string,
  levels: readonly OrganizationPolicies[],
  environment: CelEnvironment,
): Known<boolean> {
  for (const level of levels) {
    if (!isKnown(level)) return level
    const policies = level.known.filter((policy) => constraintOf(policy) === constraint)
    for (const policy of policies) {
      const enforced = enforcement(policy, environment)
      if (enforced === 'problem') return { problem: `the organisation policy ${constraint} is not understood` }
      if (enforced !== 'inherited') return { known: enforced }
    }
  }
  return { known: false }
}

function constraintOf(policy: Json): string | null {
  if (!isRecord(policy)) return null
  const name = typeof policy.constraint === 'string' ? policy.constraint : policy.name
  return typeof name === 'string' ? name.replace(/^.*\/policies\//, '').replace(/^constraints\//, '') : null
}

function enforcement(policy: Json, environment: CelEnvironment): boolean | 'inherited' | 'problem' {
  if (!isRecord(policy)) return 'problem'
  if (isRecord(policy.restoreDefault)) return false
  if (isRecord(policy.booleanPolicy)) return truth(policy.booleanPolicy.enforced ?? false)
  const { spec } = policy
  // A policy that is tried out only enforces nothing.
  if (!isRecord(spec)) return isRecord(policy.dryRunSpec) ? 'inherited' : 'problem'
  if (spec.reset === true) return false
  const rules = spec.rules ?? []
  if (!Array.isArray(rules)) return 'problem'
  if (rules.length === 0) return 'inherited'
  let otherwise: boolean | 'inherited' | 'problem' = 'inherited'
  for (const rule of rules as readonly Json[]) {
    if (!isRecord(rule)) return 'problem'
    const enforced = truth(rule.enforce ?? false)
    const condition = parseExpr(rule.condition ?? null)
    if (condition.kind === 'none') otherwise = enforced
    else {
      const holds = conditionHolds(condition, environment)
      if (holds === undefined) return 'problem'
      if (holds) return enforced
    }
  }
  return otherwise
}

function truth(json: Json): boolean | 'problem' {
  if (typeof json === 'boolean') return json
  return typeof json === 'string' && /^(true|false)$/i.test(json) ? json.toLowerCase() === 'true' : 'problem'
}
