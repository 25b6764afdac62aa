import type { Json } from '../../../model/index.ts'
import { isRecord, isTexts, type Known } from '../../readings.ts'
import { type Condition, parseExpr } from './condition.ts'
import { type Match, parsePrincipal, type Principal } from './principals.ts'

/** Who may not use which permissions, whatever they were granted. */
export interface DenyRule {
  readonly denied: readonly Principal[]
  readonly excepted: readonly Principal[]
  readonly permissions: readonly string[]
  readonly exceptedPermissions: readonly string[]
  readonly condition: Condition
  readonly label: string
}

/** Reads deny policies as `gcloud iam policies get --kind=denypolicies --format=json` prints them, one or a list. */
export function parseDenyPolicies(json: Json, place: string): Known<readonly DenyRule[]> {
  const policies = Array.isArray(json) ? (json as readonly Json[]) : isRecord(json) ? listed(json) : null
  const rules: DenyRule[] = []
  for (const policy of policies ?? [null]) {
    const entries = isRecord(policy) ? (policy.rules ?? []) : null
    if (!Array.isArray(entries)) return { problem: `the deny policies of ${place} are not understood` }
    const name = isRecord(policy) && typeof policy.name === 'string' ? policy.name.split('/').at(-1) : 'deny policy'
    for (const [index, entry] of (entries as readonly Json[]).entries()) {
      const rule = denyRule(entry, `rule ${index + 1} of the deny policy ${name} of ${place}`)
      if (!rule) return { problem: `the deny policies of ${place} are not understood` }
      rules.push(rule)
    }
  }
  return { known: rules }
}

function listed(json: { readonly [key: string]: Json }): readonly Json[] {
  return Array.isArray(json.policies) ? (json.policies as readonly Json[]) : [json]
}

function denyRule(entry: Json, label: string): DenyRule | null {
  const rule = isRecord(entry) ? entry.denyRule : null
  if (!isRecord(rule)) return null
  const { deniedPrincipals = [], exceptionPrincipals = [], deniedPermissions = [], exceptionPermissions = [] } = rule
  if (!isTexts(deniedPrincipals) || !isTexts(exceptionPrincipals)) return null
  if (!isTexts(deniedPermissions) || !isTexts(exceptionPermissions)) return null
  return {
    denied: deniedPrincipals.map(parsePrincipal),
    excepted: exceptionPrincipals.map(parsePrincipal),
    permissions: deniedPermissions,
    exceptedPermissions: exceptionPermissions,
    condition: parseExpr(rule.denialCondition ?? null),
    label,
  }
}

/** Services whose permissions are called after another name than that of their API. */
const API_NAMES: Readonly<Record<string, string>> = { bigtable: 'bigtableadmin', cloudsql: 'sqladmin' }

/**
 * Whether a rule names a permission. Deny policies write `storage.objects.get` as `storage.googleapis.com/objects.get`, and
 * groups of permissions as `storage.googleapis.com/objects.*`, `…/*.get` and `…/*.*`
 * (https://cloud.google.com/iam/docs/deny-permissions-support).
 */
export function deniesPermission({ permissions, exceptedPermissions }: DenyRule, permission: string): Match {
  const excepted = anyNames(exceptedPermissions, permission)
  if (excepted === 'yes') return 'no'
  const denied = anyNames(permissions, permission)
  return denied === 'yes' && excepted === 'unknown' ? 'unknown' : denied
}

function anyNames(patterns: readonly string[], permission: string): Match {
  const matches = patterns.map((pattern) => namesPermission(pattern, permission))
  return matches.includes('yes') ? 'yes' : matches.includes('unknown') ? 'unknown' : 'no'
}

function namesPermission(pattern: string, permission: string): Match {
  const [service, ...rest] = permission.split('.') as [string, ...string[]]
  const [, api, name] = /^([a-z0-9.-]+)\.googleapis\.com\/(.+)$/.exec(pattern) ?? []
  if (api === undefined) return pattern === permission ? 'yes' : 'unknown'
  if (api !== service && api !== API_NAMES[service]) return 'no'
  const verb = rest.at(-1)!
  const resource = rest.slice(0, -1).join('.')
  const dot = name!.lastIndexOf('.')
  const [ofResource, ofVerb] = [name!.slice(0, dot), name!.slice(dot + 1)]
  if (dot < 0 || /\*./.test(ofVerb) || (ofResource !== '*' && ofResource.includes('*'))) return 'unknown'
  return (ofResource === '*' || ofResource === resource) && (ofVerb === '*' || ofVerb === verb) ? 'yes' : 'no'
}
