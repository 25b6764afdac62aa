import type { Access, Verdict, Witness } from '../../../model/index.ts'
import { isKnown, type Known } from '../../readings.ts'
import { replay } from '../policy/replay.ts'
import { namesAction } from '../policy/statements.ts'
import { S3_ACTIONS } from './actions.ts'
import type { AccessPoint } from './access-points.ts'
import { ignoresPublicAcls, isRestricted, isRestrictionUnclear } from './bucket-part.ts'
import type { S3Door } from './door-parts.ts'
import type { BucketDoors } from './doors.ts'
import { encryptionDoubts, encryptionReasons } from './encryption-ways.ts'
import { memberOf } from './native.ts'
import { problemsIn } from './settings.ts'

/** What was not read or is not clear and bears on this access. */
export function doubts(access: Access, doors: BucketDoors, points?: readonly AccessPoint[]): readonly string[] {
  const { facets } = doors
  const { acl, objectAcls, aclsDisabled, bucketBlock, accountBlock, organizationBlock, requesterPays, controls } = facets
  const problems: readonly Known<unknown>[] = [
    ...(access === 'read' ? [] : [acl]),
    ...(access === 'read' || access === 'admin' ? [objectAcls] : []),
    aclsDisabled,
    bucketBlock,
    accountBlock,
    organizationBlock,
    requesterPays,
    controls,
  ]
  const unclear = [
    ...(isKnown(acl) ? acl.known.unclear : []),
    ...(isKnown(objectAcls) ? objectAcls.known.objects.flatMap((entry) => entry.acl.unclear) : []),
  ]
  const partly = (access === 'read' || access === 'admin') && isKnown(objectAcls) && !objectAcls.known.complete
  return [
    ...problemsIn(problems),
    ...unclear,
    ...(partly ? ['the ACLs of some objects only were read'] : []),
    ...restrictionDoubts(doors, points ?? (doors.pointsMatter ? facets.accessPoints.points : [])),
    ...accessPointDoubts(access, doors),
    ...doors.endpointProblems(),
    ...encryptionDoubts(access, doors),
  ]
}

function restrictionDoubts({ facets }: BucketDoors, points: readonly AccessPoint[]): readonly string[] {
  return [null, ...points].some((point) => isRestrictionUnclear(facets, point))
    ? ['the documents of S3 do not say whether RestrictPublicBuckets shuts strangers out with such a policy']
    : []
}

/** A statement that trusts access points lets in whomever their own policies let in. */
function accessPointDoubts(access: Access, { facets, pointsMatter, setting }: BucketDoors): readonly string[] {
  if (!pointsMatter) return []
  const { policy, accessPoints } = facets
  const statements = isKnown(policy) ? (policy.known?.policy.statements ?? []) : []
  const trusting = statements.find(
    (statement) =>
      statement.effect === 'Allow' &&
      statement.atoms.some(({ key }) => /^s3:(DataAccessPoint|AccessPointNetwork)/i.test(key)) &&
      S3_ACTIONS[access].some((action) => namesAction(statement, action)),
  )
  const unread = problemsIn(accessPoints.points.flatMap((point) => [point.policy, point.vpc, point.block]))
  const foreign = accessPoints.points.filter(({ account }) => account !== setting.account)
  const others = setting.zone.accounts.some((account) => account !== setting.account)
  return [
    ...(accessPoints.unread === null ? [] : [accessPoints.unread]),
    ...(accessPoints.unread !== null && trusting
      ? [`${trusting.label} hands the decision to access points, whose policies were not read`]
      : []),
    ...unread,
    ...foreign.map(({ account }) => `public access block of account ${account}, which owns an access point, was not read`),
    ...(others ? ['access points of other accounts of the zone were not read'] : []),
  ]
}

/** The reasons where nobody outside gets in. */
export function whyNobody(access: Access, doors: BucketDoors): readonly string[] {
  const { policy } = doors.facets
  const statements = isKnown(policy) ? (policy.known?.policy.statements ?? []) : []
  const bearing = statements.filter((statement) => S3_ACTIONS[access].some((action) => namesAction(statement, action)))
  const allows = bearing.filter(({ effect }) => effect === 'Allow')
  const denies = bearing.filter(({ effect }) => effect === 'Deny')
  return [
    ...(allows.length === 0
      ? [statements.length === 0 ? 'no bucket policy is set' : 'no statement of the bucket policy allows it']
      : allows.map(({ label }) => `${label} lets no outsider in`)),
    ...(allows.length > 0 ? denies.map(({ label }) => `${label} denies`) : []),
    ...closedBy(access, doors),
  ]
}

/** What closes the bucket beside its policy. */
export function closedBy(access: Access, doors: BucketDoors): readonly string[] {
  const { facets, account } = doors
  const { aclsDisabled, requesterPays, foreignObjects } = facets
  return [
    ...(isRestricted(facets, null, account, 'most')
      ? ['RestrictPublicBuckets shuts everyone outside the account out, because S3 calls the policy public']
      : []),
    ...(isKnown(aclsDisabled) && aclsDisabled.known
      ? ['ACLs are disabled (BucketOwnerEnforced)']
      : ignoresPublicAcls(facets, 'most')
        ? ['public ACLs are ignored (IgnorePublicAcls)']
        : ['no ACL that counts lets an outsider in']),
    ...(foreignObjects && access === 'read'
      ? ['all objects belong to other accounts, and the bucket policy allows nothing on those']
      : []),
    ...(isKnown(requesterPays) && requesterPays.known ? ['requester pays: no request without credentials'] : []),
    ...encryptionReasons(access, doors),
  ]
}

/** What is to be said beside a positive verdict. */
export function remarks({ witness }: Verdict, doors: BucketDoors): readonly string[] {
  if (!witness) return []
  const { requesterPays } = doors.facets
  const pays = isKnown(requesterPays) && requesterPays.known && witness.principal.kind === 'aws'
  return [
    ...(pays ? ['requester pays: the request carries x-amz-request-payer: requester and is charged to its sender'] : []),
    ...website(witness, doors),
  ]
}

/** The website endpoint serves, over plain HTTP, what is open to everyone. S3, user guide: "Website endpoints". */
function website(witness: Witness, doors: BucketDoors): readonly string[] {
  const { website: settings } = doors.facets
  const { region } = doors.setting
  if (settings === null || witness.principal.kind !== 'anonymous' || witness.action !== 's3:GetObject') return []
  if (memberOf(settings, 'IndexDocument') === undefined && memberOf(settings, 'ErrorDocument') === undefined) return []
  const { 's3:TlsVersion': _, ...rest } = witness.context
  const plain = { ...witness, context: { ...rest, 'aws:SecureTransport': 'false' } }
  const door: S3Door | undefined = doors.all('read', 'least')[0]
  if (!door || !replay(plain, door.replayed).allowed) return []
  const host = `${doors.arn.split(':::')[1]}.s3-website${DASHED.has(region) ? '-' : '.'}${region}.amazonaws.com`
  return [`also over plain HTTP at http://${host}, the bucket's website`]
}

const DASHED: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'us-gov-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-west-1',
  'sa-east-1',
])
