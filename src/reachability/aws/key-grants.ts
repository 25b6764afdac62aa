import type { Json, Reading } from '../../model/index.ts'
import { decisive, isKnown, isRecord, isTexts, type Known } from '../readings.ts'

/**
 * The grants of a key, from what `aws kms list-grants` prints, as a policy that says the same; null where there are none.
 * They stand beside the key's policy: what either allows is allowed, unless the policy denies it.
 * KMS, developer guide: "Grants in AWS KMS".
 */
export function grantsPolicy(reading: Reading<Json> | undefined, name: string): Known<Json | null> {
  const statements = decisive(
    reading,
    name,
    (json) => parseGrants(json, name),
    () => ({ known: [] }),
  )
  if (!isKnown(statements)) return statements
  return { known: statements.known.length === 0 ? null : { Version: '2012-10-17', Statement: statements.known } }
}

function parseGrants(json: Json, name: string): Known<readonly Json[]> {
  const list = isRecord(json) ? json.Grants : json
  if (!Array.isArray(list)) return { problem: `${name} not understood` }
  if (isRecord(json) && json.Truncated === true) return { problem: `${name} read in part only` }
  const statements = (list as readonly Json[]).map(grantStatement)
  return statements.every((statement) => statement !== null)
    ? { known: statements }
    : { problem: `${name}: one of them is not understood` }
}

function grantStatement(grant: Json): Json | null {
  if (!isRecord(grant) || !isTexts(grant.Operations)) return null
  const { GrantId: id = '', GranteePrincipal: grantee, GranteeServicePrincipal: service, Operations: operations } = grant
  const principal = typeof grantee === 'string' ? principalOf(grantee) : typeof service === 'string' ? { Service: service } : null
  const condition = constraintOf(grant.Constraints ?? null)
  if (principal === null || condition === null) return null
  return {
    Sid: `grant ${String(id).slice(0, 12)}`,
    Effect: 'Allow',
    Principal: principal,
    Action: operations.map((operation) => `kms:${operation}`),
    Resource: '*',
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}

function principalOf(grantee: string): Json {
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(grantee) ? { Service: grantee } : { AWS: grantee }
}

/** Undefined without a constraint, null for one that is not understood. */
function constraintOf(constraints: Json): Json | null | undefined {
  if (constraints === null) return undefined
  if (!isRecord(constraints)) return null
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals, SourceArn: source, ...rest } = constraints
  if (Object.keys(rest).length > 0) return null
  const pairs = subset ?? equals ?? {}
  if (!isRecord(pairs) || !Object.values(pairs).every((value) => typeof value === 'string')) return null
  const texts = Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]))
  const condition: Record<string, Json> = {}
  if (Object.keys(texts).length > 0) condition.StringEquals = texts
  if (equals !== undefined) condition['ForAllValues:StringEquals'] = { 'kms:EncryptionContextKeys': Object.keys(pairs) }
  if (typeof source === 'string') condition.ArnLike = { 'aws:SourceArn': source }
  return condition
}
