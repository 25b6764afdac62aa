import type { Instant, Json, Reading, ResourceConfiguration, Verdict, Verdicts, ZoneOfTrust } from '../../../model/index.ts'
import { eachAccess, isRecord, nobody, undecided } from '../../readings.ts'

/**
 * A manual snapshot is read by whoever may restore it: the accounts that its attribute `restore` lists, or, with `all`, every
 * account. Encrypted snapshots cannot be shared with all, and with an account only together with their key.
 * RDS, user guide: "Sharing a DB snapshot".
 */
export function decideSnapshot(
  { resource, facets }: ResourceConfiguration,
  { zone, asOf }: { readonly zone: ZoneOfTrust; readonly asOf: Instant },
): Verdicts {
  const cluster = resource.type === 'AWS::RDS::DBClusterSnapshot'
  const action = cluster ? 'rds:RestoreDBClusterFromSnapshot' : 'rds:RestoreDBInstanceFromDBSnapshot'
  const read = decideRestore(facets.snapshotAttributes, facets.snapshotSource, { owner: resource.account, zone }, (account) => ({
    principal: { kind: 'aws', account, arn: `arn:aws:iam::${account}:root`, organization: null, organizationPath: null },
    action,
    resource: resource.id,
    context: { 'aws:CurrentTime': asOf, 'aws:PrincipalAccount': account, 'aws:PrincipalArn': `arn:aws:iam::${account}:root` },
  }))
  const other = nobody('sharing a snapshot lets others restore it, and nothing else')
  return eachAccess((access) => (access === 'read' ? read : other))
}

type MakeWitness = (account: string) => NonNullable<Verdict['witness']>

function decideRestore(
  attributes: Reading<Json> | undefined,
  source: Reading<Json> | undefined,
  { owner, zone }: { readonly owner: string; readonly zone: ZoneOfTrust },
  witness: MakeWitness,
): Verdict {
  if (!attributes || attributes.status === 'not-read') return undecided('who may restore the snapshot was not read')
  const value = attributes.status === 'read' ? attributes.value : { restore: [] }
  const restore = isRecord(value) ? (value.restore ?? []) : null
  if (!Array.isArray(restore) || !restore.every((entry) => typeof entry === 'string'))
    return undecided('who may restore the snapshot is not understood')
  const encrypted = source?.status === 'read' && isRecord(source.value) && source.value.encrypted === true
  const inside = new Set([
    owner,
    ...zone.accounts,
    ...zone.principals.flatMap((arn) => /^arn:[^:]+:iam::(\d{12}):root$/.exec(arn)?.[1] ?? []),
  ])
  const outside = (restore as string[]).filter((account) => account !== 'all' && !inside.has(account)).sort()
  const all = restore.includes('all')
  if (!all && outside.length === 0) return nobody('no account outside the zone may restore the snapshot')
  if (encrypted) return undecided('the snapshot is shared and encrypted, and the policy of its key was not read')
  if (all)
    return {
      audience: 'any-identity',
      witness: witness(stranger(inside)),
      because: ['the attribute restore of the snapshot lists all: every account may restore it'],
    }
  return {
    audience: 'named',
    witness: witness(outside[0]!),
    because: [`the attribute restore of the snapshot lists ${outside.join(', ')}`],
  }
}

/** Some account that nobody named. */
function stranger(inside: ReadonlySet<string>): string {
  let account = 999_999_999_999
  while (inside.has(String(account))) account--
  return String(account)
}
