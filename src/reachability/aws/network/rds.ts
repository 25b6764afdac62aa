import type { ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { isKnown, isTexts, type Known } from '../../readings.ts'
import type { NetworkDoor } from './door.ts'
import {
  accessibleFlag,
  databasePlacement,
  familiesOf,
  managedDoor,
  type PublicAddresses,
  portOfEndpoint,
} from './managed-door.ts'
import { idsOf, setting, textSetting } from '../native.ts'
import { neighbours, type Surroundings, surroundingsOf } from './surroundings.ts'
import { type Behind, verdictsOfDoors } from './verdict.ts'

const LOGIN = "a connection meets the database's own login, which is not judged here"
const BEHIND: Behind = { guard: LOGIN, noDoor: 'the cluster has no instance: nothing listens', unread: [] }

/**
 * An instance of RDS, Aurora or Neptune. One that is not publicly accessible has no address on the internet, of IPv6 neither:
 * RDS keeps the IPv6 addresses of private instances from the internet gateway.
 * RDS, user guide: "Working with a DB instance in a VPC"; Neptune, user guide: "Public endpoints".
 */
export function decideDatabaseInstance(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): Verdicts {
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  return verdictsOfDoors([instanceDoor(configuration, surroundings)], BEHIND, surroundings, asOf)
}

/**
 * A cluster: of Aurora and Neptune its instances listen, each with a flag of its own; a Multi-AZ cluster of RDS has the flag
 * itself. RDS, API reference: "DBCluster", PubliclyAccessible.
 */
export function decideDatabaseCluster(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): Verdicts {
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  const { doors, unread } = clusterDoors(configuration, surroundings)
  return verdictsOfDoors(doors, { ...BEHIND, unread }, surroundings, asOf)
}

function instanceDoor(configuration: ResourceConfiguration, surroundings: Surroundings, name = 'the database'): NetworkDoor {
  const ports = portOfEndpoint(configuration, 'DbInstancePort', 'Port')
  return managedDoor(name, publicAddresses(configuration), ports, databasePlacement(configuration, surroundings))
}

function publicAddresses(configuration: ResourceConfiguration): PublicAddresses {
  return {
    accessible: engineAllows(configuration) ?? accessibleFlag(configuration),
    families: familiesOf(configuration, 'NetworkType'),
  }
}

/** DocumentDB, which the interface of RDS lists too, knows no public addresses, and neither do Aurora's first serverless clusters. */
function engineAllows(configuration: ResourceConfiguration): Known<boolean> | null {
  const never = textSetting(configuration, 'engine') === 'docdb' || textSetting(configuration, 'EngineMode') === 'serverless'
  return never ? { known: false } : null
}

interface Doors {
  readonly doors: readonly NetworkDoor[]
  readonly unread: readonly string[]
}

function clusterDoors(configuration: ResourceConfiguration, surroundings: Surroundings): Doors {
  const flag = engineAllows(configuration) ?? accessibleFlag(configuration)
  const own = () => [
    managedDoor(
      'the database',
      { ...publicAddresses(configuration), accessible: flag },
      portOfEndpoint(configuration, 'Port'),
      clusterPlacement(configuration, surroundings),
    ),
  ]
  const engine = textSetting(configuration, 'engine') ?? ''
  const byInstances = /^(aurora|neptune)/.test(engine) || configuration.resource.type.startsWith('AWS::Neptune::')
  if (engineAllows(configuration) || (isKnown(flag) && !byInstances)) return { doors: own(), unread: [] }
  const members = membersOf(configuration, surroundings)
  if (members.found.length === 0 && !members.complete) {
    const problem = byInstances
      ? 'the instances of the cluster, each of which may be publicly accessible, were not read'
      : 'whether it is publicly accessible was not read'
    const door = managedDoor(
      'the database',
      { ...publicAddresses(configuration), accessible: { problem } },
      portOfEndpoint(configuration, 'Port'),
      clusterPlacement(configuration, surroundings),
    )
    return { doors: [door], unread: [] }
  }
  const doors = members.found.map((instance) => {
    const door = instanceDoor(instance, surroundings, `the instance ${instance.resource.name}`)
    // Instances share the port, the groups and the subnets of their cluster.
    const shared = clusterPlacement(configuration, surroundings)
    return {
      ...door,
      vpc: door.vpc ?? shared.vpc,
      ports: isKnown(door.ports) ? door.ports : portOfEndpoint(configuration, 'Port'),
      subnets: isKnown(door.subnets) ? door.subnets : shared.subnets,
      securityGroups: isKnown(door.securityGroups) ? door.securityGroups : shared.securityGroups,
    }
  })
  return { doors, unread: members.complete ? [] : ['some instances of the cluster were not read'] }
}

/** The subnets of a cluster: its zones are those of its storage, so that they say nothing of its instances. */
function clusterPlacement(configuration: ResourceConfiguration, surroundings: Surroundings) {
  return databasePlacement(configuration, surroundings)
}

function membersOf(configuration: ResourceConfiguration, surroundings: Surroundings) {
  const { name, type } = configuration.resource
  const instances = neighbours(surroundings, type.replace('DBCluster', 'DBInstance'))
  const listed = setting(configuration, 'DBClusterMembers')
  const ids =
    listed?.status === 'absent'
      ? { known: [] }
      : listed?.status === 'read'
        ? idsOf(listed.value, 'DBInstanceIdentifier', 'its members')
        : null
  const names: readonly string[] = ids && isKnown(ids) && isTexts(ids.known) ? ids.known : []
  const found = instances.filter(
    (instance) => names.includes(instance.resource.name) || textSetting(instance, 'DBClusterIdentifier', 'cluster') === name,
  )
  const complete = ids !== null && isKnown(ids) && names.every((id) => found.some(({ resource }) => resource.name === id))
  return { found, complete }
}
