import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { isKnown, isRecord, type Known } from '../../readings.ts'
import { type Block, NO_BLOCK, parseBlock } from './blocks.ts'
import { listIn, memberOf, textOf, unwrapped } from './native.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'

/** A second door to a bucket, with a policy and a block of its own; also one that leads to buckets of several regions. */
export interface AccessPoint {
  readonly arn: string
  readonly account: string
  readonly region: string
  /** Names of the buckets behind it. */
  readonly buckets: readonly string[]
  /** The only network from which it is reached; null where that is the internet. */
  readonly vpc: Known<string | null>
  readonly policy: Known<ReadPolicy | null>
  readonly block: Known<Block>
}

/** The access points that are known, and why those may not be all that the owner's account has. */
export interface KnownAccessPoints {
  readonly points: readonly AccessPoint[]
  readonly unread: string | null
}

export const ACCESS_POINT_TYPES: readonly string[] = ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint']

/** The access points of a bucket: those of its facet, and those among the related resources that lead to it. */
export function accessPointsOf(
  { resource, facets }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
): KnownAccessPoints {
  const beside = related.flatMap((other) => (ACCESS_POINT_TYPES.includes(other.resource.type) ? [accessPointOf(other)] : []))
  const leading = beside.filter((point) => point?.buckets.includes(resource.name)) as readonly AccessPoint[]
  const facet = facets.accessPoints
  if (facet === undefined) return { points: leading, unread: 'access points not read' }
  if (facet.status === 'not-read') return { points: leading, unread: `access points not read: ${facet.reason.slice(0, 300)}` }
  const list = facet.status === 'absent' || facet.value === null ? [] : listIn(facet.value, 'AccessPointList', 'AccessPoints')
  if (!list) return { points: leading, unread: 'access points not understood' }
  const listed = list.map((entry) => describedAccessPoint(entry, resource))
  if (!listed.every((point) => point !== null)) return { points: leading, unread: 'an access point is not understood' }
  const fuller = (point: AccessPoint) => (isKnown(point.policy) ? point : (leading.find(({ arn }) => arn === point.arn) ?? point))
  const others = leading.filter(({ arn }) => !listed.some((point) => point.arn === arn))
  return { points: [...listed.map(fuller), ...others], unread: null }
}

/** An access point that is a resource of its own; null where it is not understood. */
export function accessPointOf({ resource, facets }: ResourceConfiguration): AccessPoint | null {
  const settings: Record<string, Json> = {}
  for (const reading of [facets.configuration, facets.accessPoint]) {
    if (reading?.status === 'read' && isRecord(reading.value)) Object.assign(settings, unwrapped(reading.value, 'AccessPoint'))
  }
  for (const [facet, reading] of Object.entries(facets)) {
    if (reading.status === 'read' && facet !== 'accessPoint' && facet !== 'configuration') settings[facet] = reading.value
    if (reading.status === 'absent') settings[facet] = null
  }
  return describedAccessPoint({ ...settings, AccessPointArn: resource.id }, { ...resource, name: '' })
}

/** The union of what `list-access-points`, `get-access-point` and `get-access-point-policy` print. */
function describedAccessPoint(json: Json, bucket: ResourceConfiguration['resource']): AccessPoint | null {
  const point = unwrapped(json, 'AccessPoint')
  if (!isRecord(point)) return null
  const partition = bucket.id.split(':')[1] ?? 'aws'
  const alias = textOf(point, 'Alias') ?? ''
  const isWide = alias.endsWith('.mrap')
  const made = `arn:${partition}:s3:${isWide ? '' : bucket.region}:${bucket.account}:accesspoint/${isWide ? alias : (textOf(point, 'Name') ?? '')}`
  const arn = textOf(point, 'AccessPointArn') ?? textOf(point, 'Arn') ?? made
  const parts = /^arn:[^:]+:s3:([^:]*):(\d{12}):accesspoint[/:]([^/:*?]+)$/.exec(arn)
  if (!parts) return null
  const regions = listIn(memberOf(point, 'Regions')) ?? []
  const buckets = [textOf(point, 'Bucket'), ...regions.map((entry) => textOf(entry, 'Bucket'))].flatMap(
    (name) => name?.split(':').at(-1) ?? [],
  )
  return {
    arn,
    region: parts[1]!,
    account: parts[2]!,
    buckets: buckets.length === 0 && bucket.name !== '' ? [bucket.name] : buckets,
    vpc: parts[3]!.endsWith('.mrap') ? { known: null } : networkOf(point, arn),
    policy: policyOf(point, arn),
    block: blockOf(point, arn),
  }
}

function networkOf(point: Json, arn: string): Known<string | null> {
  const vpc = textOf(memberOf(point, 'VpcConfiguration'), 'VpcId')
  if (vpc !== null) return { known: vpc }
  return textOf(point, 'NetworkOrigin') === 'Internet' ? { known: null } : { problem: `network of ${arn} not read` }
}

function policyOf(point: Json, arn: string): Known<ReadPolicy | null> {
  const written = memberOf(point, 'Policy')
  if (written === undefined) return { problem: `policy of ${arn} not read` }
  if (written === null) return { known: null }
  return readPolicy(unwrapped(unwrapped(written, 'Policy'), 'Established'), `policy of ${arn}`)
}

function blockOf(point: Json, arn: string): Known<Block> {
  const block = memberOf(point, 'PublicAccessBlockConfiguration') ?? memberOf(point, 'PublicAccessBlock')
  if (block === null) return { known: NO_BLOCK }
  return block === undefined ? { problem: `public access block of ${arn} not read` } : parseBlock(block)
}
