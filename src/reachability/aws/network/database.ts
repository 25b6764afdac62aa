import type { Instant, Json, Reading, ResourceConfiguration, Verdict, Verdicts, ZoneOfTrust } from '../../../model/index.ts'
import { addressCount, type AddressSet, formatAddress, intersection, isEmpty } from '../../engine/addresses.ts'
import { eachAccess, isRecord, isTexts, nobody, undecided } from '../../readings.ts'
import { aclSources, groupSources, internetSources } from './rules.ts'
import { type DatabaseNetwork, unknownSources } from './sources.ts'
import { outsideAddresses } from '../policy/requests.ts'

/**
 * Who can open a connection to a database: it has a public address, a route leads to the internet, and the network's access
 * list and the security groups let the port through. The database's own login stands behind that door, and is not judged.
 * Public addresses of RDS are IPv4.
 */
export function decideDatabase(
  configuration: ResourceConfiguration,
  {
    zone,
    asOf,
    related = [],
  }: { readonly zone: ZoneOfTrust; readonly asOf: Instant; readonly related?: readonly ResourceConfiguration[] },
): Verdicts {
  const door = decideDoor(configuration, related, zone, asOf)
  const admin = nobody('the network leads to the database alone, not to its settings')
  return eachAccess((access) => (access === 'admin' ? admin : door))
}

function decideDoor(
  { resource, facets }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
  zone: ZoneOfTrust,
  asOf: Instant,
): Verdict {
  const accessible = facets.publiclyAccessible
  if (accessible?.status === 'read' && accessible.value === false) {
    return nobody('the database is not publicly accessible: it has no public address')
  }
  const isPublic = accessible?.status === 'read' && accessible.value === true
  const port = portOf(facets.endpoint)
  const network = networkOf(facets.network)
  if (!network || port === null) {
    const missing = [
      ...(isPublic ? [] : ['whether it is publicly accessible']),
      ...(network ? [] : ['its network']),
      ...(port === null ? ['its port'] : []),
    ]
    return undecided(...missing.map((what) => `${what} was not read`))
  }
  const outside = outsideAddresses(zone, 'v4')
  const layers = [
    ...(isPublic ? [] : [unknownSources('whether it is publicly accessible was not read')]),
    groupSources(network.securityGroups, port, related, outside),
    internetSources(network, related),
    aclSources(network, port, related),
  ]
  const least = layers.reduce((left, layer) => intersection(left, layer.least), outside)
  const most = layers.reduce((left, layer) => intersection(left, layer.most), outside)
  if (audienceOf(least) !== audienceOf(most)) return undecided(...layers.flatMap((layer) => layer.unread))
  if (isEmpty(least)) return nobody(...layers.flatMap((layer) => layer.because))
  return {
    audience: audienceOf(least),
    witness: {
      principal: { kind: 'anonymous' },
      action: 'tcp:connect',
      resource: resource.id,
      context: {
        'aws:CurrentTime': asOf,
        'aws:SourceIp': formatAddress('v4', least.v4[0]!.first),
        'tcp:DestinationPort': String(port),
      },
    },
    because: [
      'the database is publicly accessible',
      ...layers.flatMap((layer) => layer.because),
      "a connection meets the database's own login, which is not judged here",
    ],
  }
}

/** More than one IPv4 /8 is the open internet. */
function audienceOf(sources: AddressSet): 'anyone' | 'named' | 'none' {
  const count = addressCount(sources.v4)
  return count > 1n << 24n ? 'anyone' : count > 0n ? 'named' : 'none'
}

function portOf(endpoint: Reading<Json> | undefined): number | null {
  const port = endpoint?.status === 'read' && isRecord(endpoint.value) ? endpoint.value.port : null
  return typeof port === 'number' && Number.isInteger(port) ? port : null
}

function networkOf(reading: Reading<Json> | undefined): DatabaseNetwork | null {
  if (reading?.status !== 'read' || !isRecord(reading.value)) return null
  const { vpc = '', subnets, securityGroups } = reading.value
  if (typeof vpc !== 'string' || !isTexts(subnets) || !isTexts(securityGroups)) return null
  return { vpc, subnets, securityGroups }
}
