import { composeTimeline, configurationAt, existenceOf, exposureWindows } from '../../exposure/index.ts'
import {
  compareText,
  type ExposureWindow,
  type Facet,
  type Instant,
  type Json,
  type Observation,
  type Reading,
  type ResourceConfiguration,
  type ResourceRef,
  type Verdicts,
  type Window,
  type ZoneOfTrust,
} from '../../model/index.ts'
import { decide } from '../../reachability/index.ts'

/** The types that hold data and whose doors are decided; other resources in the evidence are only their surroundings. */
const STORE_TYPES = new Set([
  'AWS::S3::Bucket',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBSnapshot',
  'AWS::RDS::DBClusterSnapshot',
])

/** One store with everything that was ever observed of it, when outsiders could reach it, and how it stands at `asOf`. */
export interface DecidedStore {
  readonly resource: ResourceRef
  readonly observations: readonly Observation[]
  readonly windows: readonly ExposureWindow[]
  /** When the store was there at all; null where nothing says. */
  readonly existence: Window | null
  /** The configuration that holds at `asOf`, with its verdicts; null when the store no longer exists then. */
  readonly current: { readonly configuration: ResourceConfiguration; readonly verdicts: Verdicts } | null
}

/** Decides every store in the evidence, over all the time there is evidence of. In the order of resource ids. */
export function decideWindows(observations: readonly Observation[], zone: ZoneOfTrust, asOf: Instant): DecidedStore[] {
  const byResource = Map.groupBy(observations, ({ resource }) => resource.id)
  const neighbours = Map.groupBy(
    observations.filter(({ resource: { type } }) => type === 'AWS::Account' || type.startsWith('AWS::EC2::')),
    ({ resource }) => resource.account,
  )
  const stores = [...byResource.values()].map((group) => group[0]!.resource).filter(({ type }) => STORE_TYPES.has(type))
  return stores
    .sort((left, right) => compareText(left.id, right.id))
    .map((resource) => decideStore(resource, byResource.get(resource.id)!, surroundings(resource, neighbours), zone, asOf))
}

function decideStore(
  resource: ResourceRef,
  own: readonly Observation[],
  around: readonly Observation[],
  zone: ZoneOfTrust,
  asOf: Instant,
): DecidedStore {
  const neighbours = new Map(around.map((observation) => [observation.resource.id, observation.resource]))
  const decideComposed = (composed: ResourceConfiguration): Verdicts => {
    const { configuration, related } = separate(composed, neighbours)
    return decide(configuration, { zone, asOf, related })
  }
  const timeline = composeTimeline([...own, ...around], { asOf, resource })
  const composed = configurationAt(resource, timeline, asOf)
  return {
    resource,
    observations: own,
    existence: existenceOf(timeline),
    windows: exposureWindows(resource, timeline, decideComposed, { asOf }),
    current:
      composed === null
        ? null
        : { configuration: separate(composed, neighbours).configuration, verdicts: decideComposed(composed) },
  }
}

/** What a store's reach hangs on besides itself: its account, and for a database the network of that account and region. */
function surroundings(resource: ResourceRef, neighbours: ReadonlyMap<string, readonly Observation[]>): Observation[] {
  const isDatabase = resource.type.startsWith('AWS::RDS::')
  return (neighbours.get(resource.account) ?? []).filter(
    ({ resource: { type, region } }) => type === 'AWS::Account' || (isDatabase && region === resource.region),
  )
}

/** The timeline names a neighbour's facet `<facet>:<its id>`; reachability takes neighbours as configurations of their own. */
function separate(
  composed: ResourceConfiguration,
  neighbours: ReadonlyMap<string, ResourceRef>,
): { configuration: ResourceConfiguration; related: ResourceConfiguration[] } {
  const own: Record<Facet, Reading<Json>> = {}
  const others = new Map<string, Record<Facet, Reading<Json>>>()
  for (const [name, reading] of Object.entries(composed.facets)) {
    const [facet, id] = splitFacet(name)
    if (id === null) own[facet] = reading
    else others.set(id, { ...others.get(id), [facet]: reading })
  }
  // No source but the objects themselves tells their ACLs; the case names them as not read, once for all stores.
  if (composed.resource.type === 'AWS::S3::Bucket') own.objectAcls ??= { status: 'absent' }
  return {
    configuration: { resource: composed.resource, facets: own },
    related: [...others].flatMap(([id, facets]) => {
      const neighbour = neighbours.get(id)
      return neighbour === undefined ? [] : [{ resource: neighbour, facets }]
    }),
  }
}

function splitFacet(name: Facet): [Facet, string | null] {
  const colon = name.indexOf(':')
  return colon === -1 ? [name, null] : [name.slice(0, colon), name.slice(colon + 1)]
}
