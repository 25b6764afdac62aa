import type { Json, Reading } from '../../../model/index.ts'
import { decisive, isRecord, type Known } from '../../readings.ts'
import { member } from '../settings.ts'
import { momentOf } from './tokens.ts'

/** A stored access policy: what it does not set, the signature has to bring. */
export interface StoredPolicy {
  readonly permissions: string | null
  readonly startMs: number | null
  readonly expiryMs: number | null
}

/**
 * The stored access policies of a store, by id: the map that `az storage container policy list` prints, or the list of signed
 * identifiers of the REST API and Resource Manager.
 */
export function storedPoliciesOf(reading: Reading<Json> | undefined): Known<ReadonlyMap<string, StoredPolicy>> {
  return decisive(reading, 'stored access policies', parsePolicies, () => ({ known: new Map() }))
}

function parsePolicies(json: Json): Known<ReadonlyMap<string, StoredPolicy>> {
  const problem = { problem: 'stored access policies not understood' }
  const list = member(json, 'signedIdentifiers', 'SignedIdentifier', 'value') ?? json
  const entries: (readonly [Json | undefined, Json | undefined])[] = Array.isArray(list)
    ? (list as readonly Json[]).map((entry) => [member(entry, 'id'), member(entry, 'accessPolicy') ?? {}])
    : isRecord(list)
      ? Object.entries(list)
      : [[undefined, undefined]]
  const policies = new Map<string, StoredPolicy>()
  for (const [id, policy] of entries) {
    const [permissions, start, expiry] = [
      ['permission', 'permissions'],
      ['start', 'startTime', 'startsOn'],
      ['expiry', 'expiryTime', 'expiresOn'],
    ].map((names) => member(policy, ...names) ?? null)
    if (typeof id !== 'string' || !isRecord(policy)) return problem
    if (![permissions, start, expiry].every((each) => each === null || typeof each === 'string')) return problem
    policies.set(id, {
      permissions: (permissions as string | null) || null,
      startMs: momentOf(start as string | null),
      expiryMs: momentOf(expiry as string | null),
    })
  }
  return { known: policies }
}
