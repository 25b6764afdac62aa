import type { ResourceConfiguration, Verdicts, ZoneOfTrust } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { isKnown, isTexts, type Known } from '../../readings.ts'
import {
  accessibleFlag,
  familiesOf,
  groupSubnets,
  listedGroups,
  managedDoor,
  type Placement,
  placementFacet,
  portOfEndpoint,
} from './managed-door.ts'
import { setting, textSetting } from '../native.ts'
import { neighbour, type Surroundings, surroundingsOf } from './surroundings.ts'
import { verdictsOfDoors } from './verdict.ts'

const GUARD = "a connection meets the warehouse's own login, which is not judged here"

/**
 * A Redshift cluster; its subnets are those of its subnet group, which is a resource of its own.
 * Redshift, management guide: "Redshift resources in a VPC".
 */
export function decideRedshiftCluster(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): Verdicts {
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  const door = managedDoor(
    'the database',
    { accessible: accessibleFlag(configuration), families: familiesOf(configuration, 'IpAddressType') },
    portOfEndpoint(configuration, 'Port'),
    placementFacet(configuration) ?? clusterPlacement(configuration, surroundings),
  )
  return verdictsOfDoors([door], { guard: GUARD, noDoor: '', unread: [] }, surroundings, asOf)
}

/** A workgroup of Redshift Serverless, and the networks of other accounts that it lets endpoints of theirs stand in. */
export function decideRedshiftWorkgroup(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): Verdicts {
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  const door = managedDoor(
    'the database',
    { accessible: accessibleFlag(configuration), families: familiesOf(configuration, 'IpAddressType') },
    portOfEndpoint(configuration, 'Port'),
    placementFacet(configuration) ?? {
      vpc: null,
      subnets: texts(configuration, 'SubnetIds', 'its subnets were not read'),
      securityGroups: texts(configuration, 'SecurityGroupIds', 'its security groups were not read'),
    },
  )
  const behind = { guard: GUARD, noDoor: '', unread: [], otherWays: grantedNetworks(configuration, zone) }
  return verdictsOfDoors([door], behind, surroundings, asOf)
}

/** Networks of other accounts in which endpoints of the workgroup may stand, by `crossAccountVpcs`; `*` is any of the grantee's. */
function grantedNetworks(configuration: ResourceConfiguration, zone: ZoneOfTrust): readonly string[] {
  const reading = setting(configuration, 'CrossAccountVpcs')
  if (reading?.status !== 'read') return []
  if (!isTexts(reading.value)) return ['the networks of other accounts that may reach it are not understood']
  const outside = reading.value.filter((vpc) => !zone.vpcs.includes(vpc)).sort()
  return outside.length === 0 ? [] : [`networks of other accounts may hold endpoints of it: ${outside.slice(0, 20).join(', ')}`]
}

function clusterPlacement(configuration: ResourceConfiguration, surroundings: Surroundings): Placement {
  const name = textSetting(configuration, 'ClusterSubnetGroupName')
  const group = name === null ? undefined : neighbour(surroundings, 'AWS::Redshift::ClusterSubnetGroup', name)
  const subnets = group && setting(group, 'Subnets')
  const zone = textSetting(configuration, 'AvailabilityZone')
  return {
    vpc: textSetting(configuration, 'VpcId') ?? (group ? textSetting(group, 'VpcId') : null),
    subnets:
      subnets?.status === 'read'
        ? groupSubnets({ Subnets: subnets.value }, zone, surroundings)
        : { problem: 'its subnets were not read' },
    securityGroups: listedGroups(configuration, 'VpcSecurityGroups', 'VpcSecurityGroupId'),
  }
}

function texts(configuration: ResourceConfiguration, name: string, problem: string): Known<readonly string[]> {
  const reading = setting(configuration, name)
  const known: Known<readonly string[]> =
    reading?.status === 'read' && isTexts(reading.value) ? { known: reading.value } : { problem }
  return isKnown(known) && known.known.length === 0 ? { problem } : known
}
