import type { Audience, Json, ResourceConfiguration, Verdict, Verdicts } from '../../model/index.ts'
import { addressCount, type AddressSet, formatAddress, intersection, isEmpty, parseCidr, union } from '../engine/addresses.ts'
import type { ReachContext, ReachModel } from '../reach-model.ts'
import { eachAccess, isRecord, isTexts, type Members, nobody, undecided } from '../readings.ts'
import { facetOf } from './facets.ts'
import { googleContext } from './iam/context.ts'
import { decideDoor } from './iam/decide-door.ts'
import type { Door } from './iam/door.ts'
import { plainName, usesOf } from './iam/family.ts'
import { parsePrincipal } from './iam/principals.ts'
import { outsideAddresses } from '../outside.ts'

const TYPE = 'sqladmin.googleapis.com/Instance'

export const CLOUD_SQL_MODELS: readonly ReachModel[] = [{ types: [TYPE], decide: decideInstance }]

/**
 * Who can open a connection to an instance of Cloud SQL (https://cloud.google.com/sql/docs/postgres/authorize-networks): from an
 * authorised network to its public address, or from anywhere through a connector, for which the project must grant
 * `cloudsql.instances.connect`. The database's own login stands behind both doors, and is not judged.
 */
export function decideInstance(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const settings = settingsOf(configuration)
  const network = networkDoor(configuration, settings, context)
  const google = googleContext(configuration, context, { service: 'sqladmin.googleapis.com', ownPolicy: false })
  const connecting = settings?.ipConfiguration.ipv4Enabled === false ? [] : ['cloudsql.instances.connect']
  const uses = usesOf(
    {
      type: TYPE,
      service: 'sqladmin.googleapis.com',
      tells: 'everything',
      permissions: {
        read: [...connecting, 'cloudsql.instances.export'],
        list: connecting,
        write: connecting,
        delete: [...connecting, 'cloudsql.instances.delete'],
        admin: ['cloudsql.instances.update'],
      },
    },
    plainName(configuration.resource.id),
  )
  const door = google.door({ uses })
  const byGrant = decideDoor(door)
  const direct = wider(network, serviceConnect(configuration, settings, door))
  return eachAccess((access) => (access === 'admin' ? byGrant.admin : wider(direct, byGrant[access])))
}

interface Settings {
  readonly ipConfiguration: Members
  readonly connectorOnly: boolean
}

function settingsOf(configuration: ResourceConfiguration): Settings | null {
  const settings = facetOf(configuration, 'settings')
  const whole = settings?.status === 'read' && isRecord(settings.value) ? settings.value : {}
  const byItself = facetOf(configuration, 'ipConfiguration')
  const ipConfiguration = byItself?.status === 'read' ? byItself.value : whole.ipConfiguration
  return isRecord(ipConfiguration) ? { ipConfiguration, connectorOnly: whole.connectorEnforcement === 'REQUIRED' } : null
}

const PORTS: readonly (readonly [RegExp, string])[] = [
  [/^MYSQL/, '3306'],
  [/^POSTGRES/, '5432'],
  [/^SQLSERVER/, '1433'],
]

function networkDoor(configuration: ResourceConfiguration, settings: Settings | null, { zone, asOf }: ReachContext): Verdict {
  if (!settings) return undecided('the IP configuration of the instance was not read')
  const { ipv4Enabled, authorizedNetworks = [], sslMode } = settings.ipConfiguration
  if (ipv4Enabled === false) return nobody('the instance has no public address: it is reached inside its network alone')
  if (settings.connectorOnly) return nobody('the instance refuses connections that do not come through a connector')
  const networks = networksOf(authorizedNetworks, asOf)
  if (!networks) return undecided('the authorised networks of the instance are not understood')
  const outside = outsideAddresses(zone)
  const sources = intersection({ v4: outside.v4, v6: [] }, union(...networks.map(({ addresses }) => addresses)))
  if (isEmpty(sources)) {
    return nobody(
      networks.length === 0
        ? 'no network is authorised: only a connector, with cloudsql.instances.connect, reaches the public address'
        : 'no authorised network holds an address outside the zone of trust',
    )
  }
  if (ipv4Enabled !== true) return undecided('whether the instance has a public address was not read')
  const letIn = networks.filter(({ addresses }) => !isEmpty(intersection(addresses, outside)))
  return {
    audience: addressCount(sources.v4) > 1n << 24n ? 'anyone' : 'named',
    witness: {
      principal: { kind: 'anonymous' },
      action: 'tcp:connect',
      resource: configuration.resource.id,
      context: {
        'request.time': asOf,
        'source.ip': formatAddress('v4', sources.v4[0]!.first),
        'destination.port': portOf(configuration),
      },
    },
    because: [
      `the instance has a public address and authorises ${letIn
        .slice(0, 10)
        .map(({ name }) => name)
        .join(', ')}`,
      ...(sslMode === 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'
        ? ['the instance asks for a certificate of its own before the login']
        : []),
      "a connection meets the database's own login, which is not judged here",
    ],
  }
}

/** Projects whose networks may attach themselves to the instance by Private Service Connect. */
function serviceConnect({ resource }: ResourceConfiguration, settings: Settings | null, { zone, asOf }: Door): Verdict {
  const connect = settings?.ipConfiguration.pscConfig
  if (!isRecord(connect) || connect.pscEnabled !== true) return nobody('no other project attaches its network to the instance')
  const projects = connect.allowedConsumerProjects ?? []
  if (!isTexts(projects)) return undecided('the projects that may attach their networks to the instance are not understood')
  const members = projects.map((project) => `projectOwner:${project}`)
  const standings = members.map((member) => zone.standing(parsePrincipal(member)))
  const outside = members.find((_, at) => standings[at]!.kind === 'outside')
  if (outside === undefined) {
    const unknown = standings.flatMap((standing) => (standing.kind === 'unknown' ? [standing.why] : []))
    return unknown.length > 0 ? undecided(...unknown) : nobody('only projects of the zone attach their networks to the instance')
  }
  return {
    audience: 'named',
    witness: {
      principal: { kind: 'google', member: outside },
      action: 'tcp:connect',
      resource: resource.id,
      context: { 'request.time': asOf },
    },
    because: [
      `the project ${outside.slice('projectOwner:'.length)} may attach its network to the instance by Private Service Connect`,
      "a connection meets the database's own login, which is not judged here",
    ],
  }
}

/** The authorised networks that have not expired. */
function networksOf(json: Json, asOf: string): readonly { readonly name: string; readonly addresses: AddressSet }[] | null {
  if (!Array.isArray(json)) return null
  const networks: { name: string; addresses: AddressSet }[] = []
  for (const entry of json as readonly Json[]) {
    const { value, expirationTime } = isRecord(entry) ? entry : {}
    const addresses = typeof value === 'string' ? parseCidr(value) : null
    if (!addresses) return null
    const ends = typeof expirationTime === 'string' ? Date.parse(expirationTime) : Number.NaN
    if (Number.isNaN(ends) || ends > Date.parse(asOf)) networks.push({ name: value as string, addresses })
  }
  return networks
}

function portOf(configuration: ResourceConfiguration): string {
  const version = facetOf(configuration, 'databaseVersion')
  const name = version?.status === 'read' ? String(version.value) : ''
  return PORTS.find(([pattern]) => pattern.test(name))?.[1] ?? '5432'
}

const WIDTH: readonly Audience[] = ['none', 'named', 'any-identity', 'anyone']

/** The wider of two doors; where one is not decided, it may be the wider. */
function wider(left: Verdict, right: Verdict): Verdict {
  if (left.audience === 'anyone') return left
  if (right.audience === 'anyone') return right
  if (left.audience === 'undecided' || right.audience === 'undecided') {
    return undecided(...[left, right].flatMap(({ audience, because }) => (audience === 'none' ? [] : because)))
  }
  if (left.audience === 'none' && right.audience === 'none') return nobody(...left.because, ...right.because)
  return WIDTH.indexOf(left.audience) >= WIDTH.indexOf(right.audience) ? left : right
}
