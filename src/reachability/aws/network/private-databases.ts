import type { ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { isKnown, isTexts, type Known } from '../../readings.ts'
import { databasePlacement, listedGroups, managedDoor, type Placement, placementFacet, portOfEndpoint } from './managed-door.ts'
import { setting, textSetting } from '../native.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'
import { verdictsOfDoors } from './verdict.ts'

const SERVICES: Readonly<Record<string, string>> = {
  DocDB: 'DocumentDB',
  ElastiCache: 'ElastiCache',
  MemoryDB: 'MemoryDB',
}

/**
 * Databases of services that know no public address: they are reached over their network alone.
 * DocumentDB, API reference: "DBInstance", PubliclyAccessible; ElastiCache, user guide: "Accessing your cluster from outside AWS".
 */
export function decidePrivateDatabase(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): Verdicts {
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  const service = SERVICES[configuration.resource.type.split('::')[1] ?? ''] ?? 'the service'
  const none: Known<boolean> = { known: false }
  const door = managedDoor(
    'the database',
    { accessible: none, families: { v4: false, v6: none } },
    portOfEndpoint(configuration, 'Port', 'DbInstancePort'),
    placementOf(configuration, surroundings),
  )
  const because = `${service} gives its databases no public address: they are reached over their network alone`
  return verdictsOfDoors(
    [{ ...door, addresses: { v4: none, v6: none, because } }],
    { guard: '', noDoor: '', unread: [] },
    surroundings,
    asOf,
  )
}

function placementOf(configuration: ResourceConfiguration, surroundings: Surroundings): Placement {
  const facet = placementFacet(configuration)
  if (facet) return facet
  const database = databasePlacement(configuration, surroundings)
  if (isKnown(database.securityGroups)) return database
  const groups = listedGroups(configuration, 'SecurityGroups', 'SecurityGroupId')
  const ids = setting(configuration, 'SecurityGroupIds')
  return {
    vpc: textSetting(configuration, 'VpcId'),
    subnets: database.subnets,
    securityGroups: isKnown(groups) ? groups : ids?.status === 'read' && isTexts(ids.value) ? { known: ids.value } : groups,
  }
}
