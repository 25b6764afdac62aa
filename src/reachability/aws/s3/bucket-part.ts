import type { Json } from '../../../model/index.ts'
import { isKnown } from '../../readings.ts'
import type { Statement } from '../policy/document.ts'
import { type Grant, grantOfStatement } from '../policy/grants.ts'
import type { ReplayedDocument, ReplayedLayer } from '../policy/replay.ts'
import type { RequestSetting } from '../policy/requests.ts'
import { isWholeAccount, type Mode } from '../policy/statements.ts'
import { type AclGrant, bucketAclGrant, isPublicGrant, objectAclGrant, type ParsedAcl } from './acl.ts'
import type { AccessPoint } from './access-points.ts'
import { isBlocked, isPublic } from './blocks.ts'
import { CLOSED_PART, OPEN_PART, type Part } from './door-parts.ts'
import type { BucketFacets } from './facets.ts'
import { behind } from './passages.ts'
import { type PolicyPlace, publicness } from './publicness.ts'
import type { ReadPolicy } from './read-policy.ts'
import { settled } from './settings.ts'
import { bucketTarget, type Passage } from './target.ts'

/** What a bucket is asked about: its name, its settings, and who counts as inside. */
export interface BucketPlace {
  readonly arn: string
  readonly account: string
  readonly facets: BucketFacets
  readonly setting: RequestSetting
}

/** What the bucket itself asks of requests, direct ones or those through a passage. */
export function bucketPart(
  place: BucketPlace,
  mode: Mode,
  through: { readonly passage: Passage; readonly point: AccessPoint | null } | null,
): Part {
  const { facets, arn } = place
  const { policy, controls, requesterPays } = facets
  if (!isKnown(policy)) return mode === 'least' ? CLOSED_PART : OPEN_PART
  const doubtful = mode === 'least'
  const statements = policy.known?.policy.statements ?? []
  const bounds = isKnown(controls) ? controls.known.flatMap((control) => control.policy.statements) : []
  const target = through ? bucketTarget(arn, through.passage) : null
  const restricted = isRestricted(facets, through?.point ?? null, place.account, mode)
  const pays = settled(requesterPays, doubtful)
  return {
    statements: [...statements, ...bounds],
    tellsRoutes: false,
    forNamedAlone: false,
    layers: [
      {
        grants: [
          ...statements
            .filter((statement) => statement.effect === 'Allow' && !staysInside(statement, place))
            .map((statement) => policyGrant(statement, facets)),
          ...aclGrants(facets, mode),
        ],
        denies: [...statements, ...bounds].filter(({ effect }) => effect === 'Deny'),
        sees: target && (({ action }) => ({ action, target })),
      },
    ],
    refuses: (sender) =>
      (!isKnown(controls) && doubtful) || (sender.kind !== 'service' && restricted) || (sender.kind === 'anonymous' && pays),
    replayed: [replayedLayer(place)],
    refusesWitness: ({ principal: { kind } }) => (restricted && kind !== 'service') || (pays && kind === 'anonymous'),
  }
}

/**
 * RestrictPublicBuckets: with a policy that S3 calls public, of the bucket or of the access point, all but services and the
 * account are shut out. One that is reached from one network only is never public.
 * S3, user guide: "Blocking public access", "Managing public access to access points".
 */
export function isRestricted(
  { policy, bucketBlock, accountBlock, organizationBlock }: BucketFacets,
  point: AccessPoint | null,
  owner: string,
  mode: Mode,
): boolean {
  const levels = [bucketBlock, accountBlock, organizationBlock]
  const blocked = isBlocked(levels, 'restrictPublicBuckets', mode)
  const bucketIsPublic = () => isKnown(policy) && isPublic(policy.known?.policy ?? null, 'bucket', mode)
  if (blocked && bucketIsPublic()) return true
  if (!point) return false
  const inNetwork = isKnown(point.vpc) ? point.vpc.known !== null : mode === 'most'
  const pointIsPublic = !inNetwork && isKnown(point.policy) && isPublic(point.policy.known?.policy ?? null, 'access-point', mode)
  const foreign = point.account !== owner && mode === 'least'
  const ownBlock = isBlocked([point.block], 'restrictPublicBuckets', mode)
  if (pointIsPublic && (foreign || blocked || ownBlock)) return true
  // Whether an access point's own block acts on the bucket's policy, the documents do not say.
  return mode === 'least' && ownBlock && bucketIsPublic()
}

/** Whether the documents leave open if RestrictPublicBuckets shuts strangers out, for a reason other than a setting not read. */
export function isRestrictionUnclear(
  { policy, bucketBlock, accountBlock, organizationBlock }: BucketFacets,
  point: AccessPoint | null,
): boolean {
  const levels = [bucketBlock, accountBlock, organizationBlock]
  const blocked = isBlocked(levels, 'restrictPublicBuckets', 'least')
  if (!blocked && !point) return false
  const kind = (read: ReadPolicy | null, place: PolicyPlace) => (read ? publicness(read.policy, place) : 'not-public')
  const ofBucket = isKnown(policy) ? kind(policy.known, 'bucket') : 'not-public'
  if (ofBucket === 'unknown' && blocked) return true
  if (!point || !isBlocked([...levels, point.block], 'restrictPublicBuckets', 'least')) return false
  const ofPoint = isKnown(point.policy) ? kind(point.policy.known, 'access-point') : 'not-public'
  return ofPoint === 'unknown' || (ofBucket !== 'not-public' && isBlocked([point.block], 'restrictPublicBuckets', 'least'))
}

export function ignoresPublicAcls({ bucketBlock, accountBlock, organizationBlock }: BucketFacets, mode: Mode): boolean {
  return isBlocked([bucketBlock, accountBlock, organizationBlock], 'ignorePublicAcls', mode)
}

const OF_OBJECTS: ReadonlySet<string> = new Set(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectAcl'])

/** A bucket's policy allows nothing on objects that other accounts own. S3, user guide: "Access policy guidelines". */
function policyGrant(statement: Statement, { foreignObjects, aclsDisabled }: BucketFacets): Grant {
  const grant = grantOfStatement(statement)
  if (!foreignObjects || !isKnown(aclsDisabled) || aclsDisabled.known) return grant
  return { ...grant, bearsOn: (action) => !OF_OBJECTS.has(action) && grant.bearsOn(action) }
}

/** Whether the statement speaks of whole accounts only that are inside. */
function staysInside({ principal }: Statement, { account, setting: { zone } }: BucketPlace): boolean {
  const { negated, everyone, aws, services, canonicalUsers, others } = principal
  if (negated || everyone || services.length + canonicalUsers.length + others.length > 0) return false
  const inside = [account, ...zone.accounts]
  return aws.every((entry) => isWholeAccount(entry) && inside.some((id) => id !== '' && entry.includes(id)))
}

const ANYTHING: readonly AclGrant[] = [
  { grantee: 'everyone', permission: 'FULL_CONTROL' },
  { grantee: { canonicalId: 'an account that is not known' }, permission: 'FULL_CONTROL' },
]

function aclGrants(facets: BucketFacets, mode: Mode): readonly Grant[] {
  const { acl, objectAcls, aclsDisabled } = facets
  if (settled(aclsDisabled, mode === 'least')) return []
  const ignored = ignoresPublicAcls(facets, mode)
  const counts = (grant: AclGrant) => !isPublicGrant(grant) || !ignored
  const unread = mode === 'most' ? ANYTHING : []
  const bucket = isKnown(acl) ? grantsOf(acl.known, mode) : unread
  const listed = isKnown(objectAcls) ? objectAcls.known.objects : []
  const others = isKnown(objectAcls) && objectAcls.known.complete ? [] : unread
  const objects = [
    ...listed.flatMap(({ key, acl: parsed }) => grantsOf(parsed, mode).map((grant) => [grant, key] as const)),
    ...others.map((grant) => [grant, null] as const),
  ]
  return [
    ...bucket.filter(counts).map(bucketAclGrant),
    ...objects.filter(([grant]) => counts(grant)).map(([grant, key]) => objectAclGrant(grant, key)),
  ]
}

/** Grants that are not understood may be anything but a grant to a group. */
function grantsOf({ grants, unclear }: ParsedAcl, mode: Mode): readonly AclGrant[] {
  return mode === 'most' && unclear.length > 0 ? [...grants, ...ANYTHING] : grants
}

function replayedLayer({ facets, arn }: BucketPlace): ReplayedLayer {
  const { policy, controls, acl, objectAcls, aclsDisabled } = facets
  const own = isKnown(policy) && policy.known ? [replayedDocument('bucket policy', policy.known.document, false)] : []
  const bounds = isKnown(controls)
    ? controls.known.map(({ document }, at) => replayedDocument(`resource control policy ${at + 1}`, document, true))
    : []
  const ignored = ignoresPublicAcls(facets, 'least')
  const counting = (grants: readonly AclGrant[], key: string | null) =>
    grants.filter((grant) => !ignored || !isPublicGrant(grant)).map((grant) => replayedGrant(grant, key))
  const count = !settled(aclsDisabled, true)
  const aclGrants = [
    ...(count && isKnown(acl) ? counting(acl.known.grants, null) : []),
    ...(count && isKnown(objectAcls) ? objectAcls.known.objects.flatMap((entry) => counting(entry.acl.grants, entry.key)) : []),
  ]
  return { documents: [...own, ...bounds], aclGrants, sees: (witness) => behind(witness, arn) }
}

function replayedDocument(name: string, document: Json, onlyDenies: boolean): ReplayedDocument {
  return { name, document, onlyDenies }
}

function replayedGrant({ grantee, permission }: AclGrant, key: string | null): ReplayedLayer['aclGrants'][number] {
  const ofBucket: Record<string, string[]> = {
    READ: ['s3:ListBucket', 's3:ListBucketVersions'],
    WRITE: ['s3:PutObject', 's3:DeleteObject'],
    WRITE_ACP: ['s3:PutBucketAcl'],
  }
  const ofObject: Record<string, string[]> = { READ: ['s3:GetObject', 's3:GetObjectVersion'], WRITE_ACP: ['s3:PutObjectAcl'] }
  const table = key === null ? ofBucket : ofObject
  const actions = permission === 'FULL_CONTROL' ? Object.values(table).flat() : (table[permission] ?? [])
  return { actions, grantee: typeof grantee === 'string' ? grantee : grantee.canonicalId, key }
}
