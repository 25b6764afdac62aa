import type {
  Access,
  Instant,
  Json,
  ResourceConfiguration,
  TraceStep,
  Verdict,
  Verdicts,
  Witness,
  ZoneOfTrust,
} from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { S3_ACTIONS } from './actions.ts'
import { type AclGrant, bucketAclGrant, isPublicGrant, objectAclGrant } from './acl.ts'
import { eachAccess, isKnown, type Known, undecided } from '../../readings.ts'
import { type BucketFacets, bucketFacets } from './facets.ts'
import { type Grant, grantOfStatement } from '../policy/grants.ts'
import { namesIn } from '../policy/names.ts'
import { publicness } from './publicness.ts'
import { decideByPolicies } from '../policy/decision.ts'
import { type ReplayedConfiguration, type ReplayedDocument, type ReplayedLayer, replay } from '../policy/replay.ts'
import { type RequestSetting, requestSetting, type Sender } from '../policy/requests.ts'
import { distinctionsOf, type Door } from '../policy/search.ts'
import { bucketTarget } from './target.ts'
import type { Statement } from '../policy/document.ts'
import { isWholeAccount, type Mode, namesAction } from '../policy/statements.ts'

const ACCESS_POINT_KEY = /^s3:(DataAccessPointArn|DataAccessPointAccount|AccessPointNetworkOrigin)$/i

/**
 * Who outside the zone of trust can reach a bucket. Each access is decided twice, every doubt taken to the closed side and
 * then to the open side; where both agree, the verdict is certain.
 */
export function decideBucket(configuration: ResourceConfiguration, question: ReachContext): Verdicts {
  const facets = bucketFacets(configuration, question.related ?? [], question.zone)
  const bucket = new Bucket(configuration, facets, question.zone, question.asOf)
  return eachAccess((access) => bucket.decide(access))
}

/** What each statement does with a request to the bucket. */
export function traceBucket(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
  witness: Witness,
): readonly TraceStep[] {
  return new Bucket(configuration, bucketFacets(configuration, related, zone), zone, asOf).trace(witness)
}

class Bucket {
  readonly #arn: string
  readonly #facets: BucketFacets
  readonly #setting: RequestSetting
  readonly #hasNoAccessPoint: boolean

  constructor(
    { resource, facets: { accessPoints } }: ResourceConfiguration,
    facets: BucketFacets,
    zone: ZoneOfTrust,
    asOf: Instant,
  ) {
    this.#arn = resource.id
    this.#facets = facets
    this.#hasNoAccessPoint =
      accessPoints?.status === 'absent' ||
      (accessPoints?.status === 'read' && Array.isArray(accessPoints.value) && accessPoints.value.length === 0)
    const controls = isKnown(facets.controls) ? facets.controls.known.map(({ policy }) => policy) : []
    const own = isKnown(facets.policy) && facets.policy.known ? [facets.policy.known.policy] : []
    const { account, region } = resource
    this.#setting = requestSetting({
      partition: resource.id.split(':')[1] ?? 'aws',
      account,
      region,
      asOf,
      zone,
      names: namesIn([...own, ...controls]),
    })
  }

  trace(witness: Witness): readonly TraceStep[] {
    return replay(witness, this.#replayed()).steps
  }

  decide(access: Access): Verdict {
    const verdict = this.#decideByItself(access)
    if (verdict.audience === 'anyone' || verdict.audience === 'undecided') return verdict
    const handedOn = this.#handedToAccessPoints(access)
    return handedOn === null ? verdict : undecided(handedOn, `certain without access points: ${verdict.audience}`)
  }

  /** A statement that trusts access points lets in whomever their own policies let in, which are not modelled. */
  #handedToAccessPoints(access: Access): string | null {
    const { policy } = this.#facets
    if (this.#hasNoAccessPoint || !isKnown(policy) || !policy.known) return null
    const trusting = policy.known.policy.statements.find(
      (statement) =>
        statement.effect === 'Allow' &&
        statement.atoms.some(({ key }) => ACCESS_POINT_KEY.test(key)) &&
        S3_ACTIONS[access].some((action) => namesAction(statement, action)),
    )
    return trusting ? `${trusting.label} hands the decision to access points, whose policies were not read` : null
  }

  #decideByItself(access: Access): Verdict {
    const { policy } = this.#facets
    // A policy that is not known may deny everything and grant anything.
    if (!isKnown(policy)) return undecided(policy.problem, ...this.#closedBy())
    return decideByPolicies({
      actions: S3_ACTIONS[access],
      door: (mode) => this.#door(access, mode),
      doubts: this.#doubts(access),
      replayed: () => this.#replayed(),
      whyNobody: () => this.#whyNobody(access),
      remarks: throughDistribution,
    })
  }

  #door(access: Access, mode: Mode): Door {
    const { policy, controls } = this.#facets
    const target = bucketTarget(this.#arn)
    const statements = isKnown(policy) && policy.known ? policy.known.policy.statements : []
    const all = [...statements, ...(isKnown(controls) ? controls.known.flatMap((control) => control.policy.statements) : [])]
    const grants = [
      ...statements.filter((statement) => statement.effect === 'Allow' && !this.#staysInside(statement)).map(grantOfStatement),
      ...this.#aclGrants(mode),
    ]
    const denies = all.filter(({ effect }) => effect === 'Deny')
    return {
      target,
      setting: this.#setting,
      mode,
      layers: [{ grants, denies, sees: ({ action }) => ({ action, target }) }],
      tells: distinctionsOf(all),
      refuses: (sender) => this.#refuses(sender, access, mode),
    }
  }

  #refuses(sender: Sender, access: Access, mode: Mode): boolean {
    const { controls, requesterPays, keyEncryption } = this.#facets
    const doubtful = mode === 'least'
    if (!isKnown(controls) && doubtful) return true
    if (sender.kind !== 'service' && this.#restricted(mode)) return true
    if (sender.kind === 'anonymous' && settled(requesterPays, doubtful)) return true
    // An object under a key needs a signed request and the key's own consent; older objects may lie there without one.
    return access === 'read' && doubtful && (!isKnown(keyEncryption) || keyEncryption.known !== null)
  }

  /** Whether the statement speaks of whole accounts only that are inside. */
  #staysInside({ principal }: Statement): boolean {
    const { negated, everyone, aws, services, canonicalUsers, others } = principal
    if (negated || everyone || services.length + canonicalUsers.length + others.length > 0) return false
    const inside = [this.#setting.account, ...this.#setting.zone.accounts]
    return aws.every((entry) => isWholeAccount(entry) && inside.some((id) => id !== '' && entry.includes(id)))
  }

  /** RestrictPublicBuckets, on the bucket or its account, with a policy that S3 calls public. */
  #restricted(mode: Mode): boolean {
    const { policy, bucketBlock, accountBlock } = this.#facets
    if (!isKnown(policy) || !policy.known) return false
    const doubtful = mode === 'least'
    const on = [bucketBlock, accountBlock].some((block) =>
      settled(
        mapped(block, (known) => known.restrictPublicBuckets),
        doubtful,
      ),
    )
    const kind = publicness(policy.known.policy)
    return on && (kind === 'public' || (kind === 'unknown' && doubtful))
  }

  #ignoresPublicAcls(mode: Mode): boolean {
    const { bucketBlock, accountBlock } = this.#facets
    return [bucketBlock, accountBlock].some((block) =>
      settled(
        mapped(block, (known) => known.ignorePublicAcls),
        mode === 'least',
      ),
    )
  }

  #aclGrants(mode: Mode): Grant[] {
    const { acl, objectAcls, aclsDisabled } = this.#facets
    if (settled(aclsDisabled, mode === 'least')) return []
    const counts = (grant: AclGrant) => !isPublicGrant(grant) || !this.#ignoresPublicAcls(mode)
    const bucket = isKnown(acl) ? grantsOf(acl.known, mode) : unread(mode)
    const objects = isKnown(objectAcls)
      ? objectAcls.known.flatMap(({ key, acl: parsed }) => grantsOf(parsed, mode).map((grant) => [grant, key] as const))
      : unread(mode).map((grant) => [grant, null] as const)
    return [
      ...bucket.filter(counts).map(bucketAclGrant),
      ...objects.filter(([grant]) => counts(grant)).map(([grant, key]) => objectAclGrant(grant, key)),
    ]
  }

  /** What was not read or is not clear and bears on this access. */
  #doubts(access: Access): readonly string[] {
    const { acl, objectAcls, aclsDisabled, bucketBlock, accountBlock, requesterPays, keyEncryption, controls } = this.#facets
    const problems: readonly Known<unknown>[] = [
      ...(access === 'read' ? [] : [acl]),
      ...(access === 'read' || access === 'admin' ? [objectAcls] : []),
      aclsDisabled,
      bucketBlock,
      accountBlock,
      requesterPays,
      controls,
      ...(access === 'read' ? [keyEncryption] : []),
    ]
    const unclear = [
      ...(isKnown(acl) ? acl.known.unclear : []),
      ...(isKnown(objectAcls) ? objectAcls.known.flatMap((entry) => entry.acl.unclear) : []),
    ]
    const key = access === 'read' && isKnown(keyEncryption) ? keyEncryption.known : null
    return [
      ...problems.flatMap((problem) => (isKnown(problem) ? [] : [problem.problem])),
      ...unclear,
      ...(key === null
        ? []
        : [`new objects are encrypted with ${key}, which no anonymous request can use; objects written before may not be`]),
    ]
  }

  #replayed(): ReplayedConfiguration {
    const { policy, controls, acl, objectAcls, requesterPays } = this.#facets
    const replayedGrants = (grants: readonly AclGrant[], key: string | null) =>
      this.#ignoresPublicAcls('least')
        ? grants.filter((grant) => !isPublicGrant(grant)).map((grant) => replayedGrant(grant, key))
        : grants.map((grant) => replayedGrant(grant, key))
    const aclsCount = !settled(this.#facets.aclsDisabled, true)
    const own = isKnown(policy) && policy.known ? [replayedDocument('bucket policy', policy.known.document, false)] : []
    const bounds = isKnown(controls)
      ? controls.known.map(({ document }, at) => replayedDocument(`resource control policy ${at + 1}`, document, true))
      : []
    const aclGrants = aclsCount
      ? [
          ...(isKnown(acl) ? replayedGrants(acl.known.grants, null) : []),
          ...(isKnown(objectAcls) ? objectAcls.known.flatMap((entry) => replayedGrants(entry.acl.grants, entry.key)) : []),
        ]
      : []
    const onlyServices = this.#restricted('least')
    const payer = settled(requesterPays, true)
    return {
      layers: [{ documents: [...own, ...bounds], aclGrants, sees: (witness) => witness }],
      refuses: ({ principal: { kind } }) => (onlyServices && kind !== 'service') || (payer && kind === 'anonymous'),
    }
  }

  #whyNobody(access: Access): readonly string[] {
    const { policy } = this.#facets
    const statements = isKnown(policy) && policy.known ? policy.known.policy.statements : []
    const bearing = statements.filter((statement) => S3_ACTIONS[access].some((action) => namesAction(statement, action)))
    const allows = bearing.filter(({ effect }) => effect === 'Allow')
    const denies = bearing.filter(({ effect }) => effect === 'Deny')
    return [
      ...(allows.length === 0
        ? [statements.length === 0 ? 'no bucket policy is set' : `no statement of the bucket policy allows it`]
        : allows.map(({ label }) => `${label} lets no outsider in`)),
      ...throughDistribution(allows.map(grantOfStatement)),
      ...(allows.length > 0 ? denies.map(({ label }) => `${label} denies`) : []),
      ...this.#closedBy(),
    ]
  }

  #closedBy(): readonly string[] {
    const { aclsDisabled, requesterPays } = this.#facets
    return [
      ...(this.#restricted('most')
        ? ['RestrictPublicBuckets shuts everyone outside the account out, because S3 calls the policy public']
        : []),
      ...(isKnown(aclsDisabled) && aclsDisabled.known
        ? ['ACLs are disabled (BucketOwnerEnforced)']
        : this.#ignoresPublicAcls('most')
          ? ['public ACLs are ignored (IgnorePublicAcls)']
          : ['no ACL that counts lets an outsider in']),
      ...(isKnown(requesterPays) && requesterPays.known ? ['requester pays: no request without credentials'] : []),
    ]
  }
}

/** A content distribution in front hands objects on by rules of its own: open, if so, indirectly. */
function throughDistribution(grants: readonly Grant[]): readonly string[] {
  const indirect = grants.filter(
    ({ services, canonicalIds }) =>
      services.includes('cloudfront.amazonaws.com') || canonicalIds.some((id) => id.includes(':cloudfront:')),
  )
  return indirect.map(
    ({ label }) => `indirect: ${label} lets CloudFront read, and the distribution, which was not read, decides who reads there`,
  )
}

function replayedDocument(name: string, document: Json, onlyDenies: boolean): ReplayedDocument {
  return { name, document, onlyDenies }
}

/** The known value, or the one that the doubt is taken for. */
function settled(setting: Known<boolean>, doubtful: boolean): boolean {
  return isKnown(setting) ? setting.known : doubtful
}

function mapped<T, U>(setting: Known<T>, map: (known: T) => U): Known<U> {
  return isKnown(setting) ? { known: map(setting.known) } : setting
}

const ANYTHING: readonly AclGrant[] = [
  { grantee: 'everyone', permission: 'FULL_CONTROL' },
  { grantee: { canonicalId: 'an account that is not known' }, permission: 'FULL_CONTROL' },
]

function unread(mode: Mode): readonly AclGrant[] {
  return mode === 'most' ? ANYTHING : []
}

/** Grants that are not understood may be anything but a grant to a group. */
function grantsOf(
  { grants, unclear }: { readonly grants: readonly AclGrant[]; readonly unclear: readonly string[] },
  mode: Mode,
): readonly AclGrant[] {
  return mode === 'most' && unclear.length > 0 ? [...grants, ...ANYTHING] : grants
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
