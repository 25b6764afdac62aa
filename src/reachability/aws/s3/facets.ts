import type { Facet, Json, Reading, ResourceConfiguration, ZoneOfTrust } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known, narrowing } from '../../readings.ts'
import { accessPointsOf, type KnownAccessPoints } from './access-points.ts'
import { aclOwner, type ObjectAcls, type ParsedAcl, parseAcl, parseObjectAcls } from './acl.ts'
import { type Block, NO_BLOCK, parseBlock, parseOrganizationBlock } from './blocks.ts'
import { type BucketEncryption, bucketEncryption } from './encryption.ts'
import { type Endpoint, endpointsOf } from './endpoints.ts'
import { booleanOf, listIn, memberOf, textOf, unwrapped } from './native.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'

/** The settings of a bucket that decide who gets in. A problem is a sentence: why a setting is not known. */
export interface BucketFacets {
  readonly policy: Known<ReadPolicy | null>
  readonly controls: Known<readonly ReadPolicy[]>
  readonly acl: Known<ParsedAcl>
  readonly objectAcls: Known<ObjectAcls>
  /** Whether all objects there are belong to other accounts: then the bucket's policy allows nothing on them. */
  readonly foreignObjects: boolean
  /** Whether ACLs count at all. */
  readonly aclsDisabled: Known<boolean>
  readonly bucketBlock: Known<Block>
  readonly accountBlock: Known<Block>
  readonly organizationBlock: Known<Block>
  readonly requesterPays: Known<boolean>
  readonly encryption: BucketEncryption
  readonly accessPoints: KnownAccessPoints
  readonly endpoints: readonly Endpoint[]
  /** The setting of `get-bucket-website`, null without one. */
  readonly website: Json | null
}

/**
 * Reads the facets of a bucket. Policy, ACL, ownership, both public access blocks and the objects' ACLs must have been read.
 * The settings that only ever narrow and are seldom set (requester pays, encryption, resource control policies, the
 * organisation's block) are taken as not set where the record does not have them at all: most sources never hold them, and a
 * clear grant would otherwise never be called one. Where someone tried to read them and could not, they are not known.
 */
export function bucketFacets(
  configuration: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
  zone: ZoneOfTrust,
): BucketFacets {
  const { facets } = configuration
  const account = accountFacets(configuration, related)
  const bucketOwner = facets.acl?.status === 'read' ? ownerOf(facets.acl.value) : null
  const objectAcls = decisive(
    facets.objectAcls,
    'object ACLs',
    (json) => known(parseObjectAcls(json, { trusted: zone.principals, bucketOwner }), 'object ACLs'),
    () => ({ known: { objects: [], complete: true } }),
  )
  return {
    policy: decisive(
      facets.policy,
      'bucket policy',
      (json) => readPolicy(json, 'bucket policy'),
      () => ({ known: null }),
    ),
    controls: isManagementAccount(facets.managementAccount ?? account.managementAccount)
      ? { known: [] }
      : narrowing(facets.resourceControlPolicies, 'resource control policies', parseControls, []),
    acl: decisive(
      facets.acl,
      'bucket ACL',
      (json) => known(parseAcl(json, { trusted: zone.principals }), 'bucket ACL'),
      () => ({ known: NO_GRANTS }),
    ),
    objectAcls,
    foreignObjects: areForeign(objectAcls, bucketOwner),
    aclsDisabled: decisive(facets.objectOwnership, 'object ownership', parseOwnership, () => ({ known: false })),
    bucketBlock: decisive(facets.publicAccessBlock, "bucket's public access block", parseBlock, () => ({ known: NO_BLOCK })),
    accountBlock: decisive(
      facets.accountPublicAccessBlock ?? account.accountPublicAccessBlock ?? account.publicAccessBlock,
      "account's public access block",
      parseBlock,
      () => ({ known: NO_BLOCK }),
    ),
    organizationBlock: narrowing(
      facets.organizationPublicAccessBlock ?? account.organizationPublicAccessBlock,
      "organisation's public access block",
      parseOrganizationBlock,
      NO_BLOCK,
    ),
    requesterPays: narrowing(facets.requestPayment, 'request payment', parsePayer, false),
    encryption: bucketEncryption(configuration, related),
    accessPoints: accessPointsOf(configuration, related),
    endpoints: endpointsOf(configuration, related, zone),
    website: facets.website?.status === 'read' ? unwrapped(facets.website.value, 'WebsiteConfiguration') : null,
  }
}

const NO_GRANTS: ParsedAcl = { grants: [], unclear: [] }

/** What connectors put for an owner that their source does not name. */
const UNNAMED_OWNER = 'bucket-owner'

function ownerOf(acl: Json): string | null {
  const owner = aclOwner(acl)
  return owner === UNNAMED_OWNER ? null : owner
}

function areForeign(acls: Known<ObjectAcls>, bucketOwner: string | null): boolean {
  if (!isKnown(acls) || !acls.known.complete || bucketOwner === null || acls.known.objects.length === 0) return false
  return acls.known.objects.every(({ owner }) => owner !== null && owner !== bucketOwner)
}

/** The facets of the account that owns the bucket. */
function accountFacets(
  { resource }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
): Readonly<Record<Facet, Reading<Json>>> {
  const accounts = related.filter(({ resource: { type } }) => type === 'AWS::Account')
  const own = accounts.find((account) => account.resource.account === resource.account) ?? accounts[0]
  return own?.facets ?? {}
}

/** Resource control policies do not bind the management account. Organizations, user guide: "Resource control policies". */
function isManagementAccount(reading: Reading<Json> | undefined): boolean {
  return reading?.status === 'read' && reading.value === true
}

function known<T>(value: T | null, name: string): Known<T> {
  return value === null ? { problem: `${name} not understood` } : { known: value }
}

function parseControls(json: Json): BucketFacets['controls'] {
  const list = listIn(json, 'Policies') ?? [json]
  const controls: ReadPolicy[] = []
  for (const [at, document] of list.entries()) {
    const parsed = readPolicy(document, `resource control policy ${at + 1}`)
    if (!isKnown(parsed)) return parsed
    if (parsed.known) controls.push(parsed.known)
  }
  return { known: controls }
}

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']

function parseOwnership(json: Json): Known<boolean> {
  const controls = unwrapped(json, 'OwnershipControls')
  const rule = listIn(controls, 'Rules')?.[0] ?? controls
  const word = isRecord(rule) ? textOf(rule, 'ObjectOwnership') : rule
  return typeof word === 'string' && OWNERSHIPS.includes(word)
    ? { known: word === 'BucketOwnerEnforced' }
    : { problem: 'object ownership not understood' }
}

function parsePayer(json: Json): Known<boolean> {
  const payer = isRecord(json) ? (memberOf(json, 'Payer') ?? memberOf(json, 'IsRequesterPaysEnabled')) : json
  if (payer === 'Requester' || payer === 'BucketOwner') return { known: payer === 'Requester' }
  const enabled = booleanOf(payer)
  return enabled === null ? { problem: 'request payment not understood' } : { known: enabled }
}
