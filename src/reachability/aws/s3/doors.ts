import type { Access, Instant, ResourceConfiguration, ZoneOfTrust } from '../../../model/index.ts'
import { isKnown } from '../../readings.ts'
import type { Policy, Statement } from '../policy/document.ts'
import { statementVariableKeys } from '../policy/grants.ts'
import { namesIn } from '../policy/names.ts'
import { type RequestSetting, requestSetting } from '../policy/requests.ts'
import type { Mode } from '../policy/statements.ts'
import type { AccessPoint } from './access-points.ts'
import { type BucketPlace, bucketPart } from './bucket-part.ts'
import { doorOf, OPEN_PART, type Part, type S3Door } from './door-parts.ts'
import { type EncryptedBucket, encryptionWays } from './encryption-ways.ts'
import { type Endpoint, networkWays } from './endpoints.ts'
import type { BucketFacets } from './facets.ts'
import { ACCESS_POINT_KEY, accessPointPart, type OpenPassage, passageOf, passageThrough } from './passages.ts'
import { accessPointTarget, bucketTarget } from './target.ts'

/** All that leads to one bucket. */
export class BucketDoors implements BucketPlace, EncryptedBucket {
  readonly arn: string
  readonly account: string
  readonly facets: BucketFacets
  readonly setting: RequestSetting
  readonly headersMatter: boolean
  /** Whether some policy tells requests through access points from direct ones; if not, none of them gets further. */
  readonly pointsMatter: boolean
  readonly #statements: readonly Statement[]
  /** The endpoints that some policy names. */
  readonly endpoints: readonly Endpoint[]
  readonly #plain = new Map<Mode, S3Door>()

  constructor(
    { resource }: ResourceConfiguration,
    facets: BucketFacets,
    zone: ZoneOfTrust,
    asOf: Instant,
    points: readonly AccessPoint[] = facets.accessPoints.points,
  ) {
    const { account, region } = resource
    const policies = policiesIn(facets, points)
    const names = namesIn(policies)
    const networks = points.flatMap(({ vpc }) => (isKnown(vpc) && vpc.known !== null ? [vpc.known] : []))
    this.arn = resource.id
    this.account = account
    this.facets = facets
    this.#statements = ownPolicies(facets).flatMap(({ statements }) => statements)
    this.setting = requestSetting({
      partition: resource.id.split(':')[1] ?? 'aws',
      account,
      region,
      asOf,
      zone,
      names: networks.length === 0 ? names : { ...names, vpcs: [...new Set([...names.vpcs, ...networks])].sort() },
    })
    this.headersMatter = this.#mentions(/^s3:x-amz-server-side-encryption/i)
    this.pointsMatter = this.#mentions(ACCESS_POINT_KEY)
    this.endpoints = facets.endpoints.filter(({ id }) => names.vpcEndpoints.includes(id))
  }

  get encryption(): BucketFacets['encryption'] {
    return this.facets.encryption
  }

  /** The doors for an access: the direct one, and those through access points where that makes a difference. */
  all(access: Access, mode: Mode): readonly S3Door[] {
    const direct = this.#directDoors(access, mode)
    if (!this.pointsMatter) return direct
    return [
      ...direct,
      ...this.facets.accessPoints.points.flatMap((point) => this.through(point, access, mode)),
      ...this.#passages(mode).flatMap((open) => this.#throughAny(open, access, mode)),
    ]
  }

  /** The doors through one access point. */
  through(point: AccessPoint, access: Access, mode: Mode): readonly S3Door[] {
    const setting = point.account === this.account ? this.setting : this.#foreignSetting()
    const target = accessPointTarget(point.arn, passageThrough(point))
    return this.#doors(access, mode, target, setting, this.#partsOf(point, mode))
  }

  /** What a request through one access point must get past, in each of the ways that encryption leaves; networks apart. */
  partsThrough(point: AccessPoint, access: Access, mode: Mode): readonly (readonly Part[])[] {
    const own = this.#partsOf(point, mode)
    return encryptionWays(access, this, this.setting, mode).map((key) => [...own, key])
  }

  #partsOf(point: AccessPoint, mode: Mode): readonly Part[] {
    const controls = isKnown(this.facets.controls) ? this.facets.controls.known : []
    return [accessPointPart(point, controls, mode), bucketPart(this, mode, { passage: passageThrough(point), point })]
  }

  /** Endpoints whose policy was not read, of those that some policy names. */
  endpointProblems(): readonly string[] {
    return this.endpoints.flatMap(({ policy }) => (isKnown(policy) ? [] : [policy.problem]))
  }

  /** The same door for each access that neither encryption nor endpoints bear on. */
  #directDoors(access: Access, mode: Mode): readonly S3Door[] {
    const encrypted = encryptionWays(access, this, this.setting, mode)
    const isPlain = this.endpoints.length === 0 && encrypted.every((way) => way === OPEN_PART)
    const known = isPlain && encrypted.length === 1 ? this.#plain.get(mode) : undefined
    if (known) return [known]
    const target = bucketTarget(this.arn)
    const doors = this.#doors(access, mode, target, this.setting, [bucketPart(this, mode, null)])
    if (isPlain && doors.length === 1) this.#plain.set(mode, doors[0]!)
    return doors
  }

  #throughAny({ passage, part }: OpenPassage, access: Access, mode: Mode): readonly S3Door[] {
    const target = bucketTarget(this.arn, passage)
    return this.#doors(access, mode, target, this.#foreignSetting(), [part, bucketPart(this, mode, { passage, point: null })])
  }

  /** Access points that nobody lists: strangers' own, those of accounts that are named, and, if doubts count, the unread ones inside. */
  #passages(mode: Mode): readonly OpenPassage[] {
    const { zone, names } = this.setting
    const insiders = [this.account, ...zone.accounts]
    const named = names.accounts.filter((account) => !insiders.includes(account))
    const own = this.facets.accessPoints.unread === null ? [] : [this.account]
    const unread = [...new Set([...own, ...zone.accounts.filter((account) => account !== this.account)])]
      .filter((id) => id !== '')
      .sort()
    return [
      passageOf('anybody', this.setting),
      ...named.map((account) => passageOf({ account }, this.setting)),
      ...(mode === 'most' && unread.length > 0 ? [passageOf({ inside: unread }, this.setting)] : []),
    ]
  }

  /** Whose resource a request through another account's access point names, no document says. */
  #foreignSetting(): RequestSetting {
    const { zone } = this.setting
    return { ...this.setting, account: '', zone: { ...zone, accounts: [this.account, ...zone.accounts] }, made: new Map() }
  }

  #doors(
    access: Access,
    mode: Mode,
    target: S3Door['target'],
    setting: RequestSetting,
    parts: readonly Part[],
  ): readonly S3Door[] {
    const encrypted = encryptionWays(access, this, this.setting, mode)
    const networks = networkWays(this.endpoints, mode)
    return encrypted.flatMap((key) => networks.map((network) => doorOf(target, setting, mode, [...parts, key, network])))
  }

  #mentions(key: RegExp): boolean {
    return this.#statements.some(
      (statement) =>
        statement.atoms.some((atom) => key.test(atom.key)) || statementVariableKeys(statement).some((name) => key.test(name)),
    )
  }
}

/** The policies of the bucket itself. */
function ownPolicies({ policy, controls }: BucketFacets): readonly Policy[] {
  const own = isKnown(policy) && policy.known ? [policy.known.policy] : []
  return [...own, ...(isKnown(controls) ? controls.known.map((control) => control.policy) : [])]
}

/** All policies that may have a say: those of its access points, its key and endpoints too. */
function policiesIn(facets: BucketFacets, points: readonly AccessPoint[]): readonly Policy[] {
  const key = isKnown(facets.encryption.byDefault) ? facets.encryption.byDefault.known : null
  const others = [...points, ...facets.endpoints, ...(key ? [key, { policy: key.grants }] : [])]
  return [
    ...ownPolicies(facets),
    ...others.flatMap(({ policy }) => (isKnown(policy) && policy.known ? [policy.known.policy] : [])),
  ]
}
