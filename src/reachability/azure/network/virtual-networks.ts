import type { Json, ZoneOfTrust } from '../../../model/index.ts'
import { isRecord } from '../../readings.ts'
import { isSameId, nameIn, subscriptionOf } from '../resource-ids.ts'
import { flattened, member } from '../settings.ts'
import type { Door } from './network.ts'

/** Which networks are the zone's own. */
export interface Inside {
  readonly subscriptions: ReadonlySet<string>
  readonly zone: ZoneOfTrust
}

/**
 * The subnets that a list of virtual network rules lets in and that are not inside the zone: those of other subscriptions,
 * unless the zone names the network itself. A rule whose network was deleted lets nobody in.
 */
export function subnetDoors(rules: readonly Json[], inside: Inside): readonly Door[] {
  return rules.flatMap((rule) => subnetDoor(rule, inside) ?? [])
}

function subnetDoor(rule: Json, { subscriptions, zone }: Inside): Door | null {
  const members = typeof rule === 'string' ? { id: rule } : flattened(rule)
  const subnet = member(members ?? undefined, 'subnet')
  const id =
    (isRecord(subnet) ? member(subnet, 'id') : subnet) ??
    member(members ?? undefined, 'virtualNetworkResourceId', 'virtualNetworkSubnetId', 'subnetId', 'id')
  const state = member(members ?? undefined, 'state')
  if (state === 'NetworkSourceDeleted') return null
  const subscription = typeof id === 'string' ? subscriptionOf(id) : null
  if (typeof id !== 'string' || subscription === null) {
    return { audience: 'named', certain: false, context: {}, because: 'a virtual network rule is not understood' }
  }
  if (subscriptions.has(subscription) || zone.vpcs.some((network) => isPartOf(id, network))) return null
  const settled = state === undefined || state === 'Succeeded' || state === 'Ready'
  return {
    audience: 'named',
    certain: settled,
    context: { virtualNetwork: id },
    because: `the subnet ${nameIn(id, 'subnets') ?? id} of subscription ${subscription} is let in${settled ? '' : `, its rule is ${String(state)}`}`,
  }
}

function isPartOf(subnet: string, network: string): boolean {
  return isSameId(subnet, network) || subnet.toLowerCase().startsWith(`${network.toLowerCase()}/`)
}

/**
 * The approved private endpoints that stand in subscriptions outside the zone. `group` is the part of the resource they must
 * lead to (`blob`); null where a resource has only one. Records of storage accounts do not say which part it is.
 */
export function endpointDoors(connections: readonly Json[], group: string | null, inside: Inside): readonly Door[] {
  return connections.flatMap((connection) => endpointDoor(connection, group, inside) ?? [])
}

function endpointDoor(connection: Json, group: string | null, { subscriptions, zone }: Inside): Door | null {
  const members = flattened(connection) ?? undefined
  const state = member(member(members, 'privateLinkServiceConnectionState', 'connectionState'), 'status')
  if (state === 'Pending' || state === 'Rejected' || state === 'Disconnected') return null
  const endpoint = member(members, 'privateEndpoint')
  const id = isRecord(endpoint) ? member(endpoint, 'id') : endpoint
  const subscription = typeof id === 'string' ? subscriptionOf(id) : null
  if (typeof id !== 'string' || subscription === null) {
    return { audience: 'named', certain: false, context: {}, because: 'a private endpoint connection is not understood' }
  }
  if (subscriptions.has(subscription) || zone.vpcEndpoints.some((known) => isSameId(known, id))) return null
  const groups = [member(members, 'groupIds', 'groupId')].flat().filter((each) => typeof each === 'string')
  if (group !== null && groups.length > 0 && !groups.some((each) => leadsTo(each.toLowerCase(), group))) return null
  const toWhat = group === null || groups.length > 0
  return {
    audience: 'named',
    certain: state === 'Approved' && toWhat,
    context: { privateEndpoint: id },
    because: [
      `the private endpoint ${nameIn(id, 'privateEndpoints') ?? id} of subscription ${subscription} is connected`,
      ...(state === 'Approved' ? [] : [', whether it is approved was not understood']),
      ...(toWhat ? [] : [', to which part of the account was not read']),
    ].join(''),
  }
}

/** The endpoint of Data Lake reaches the same data as that of blobs. */
function leadsTo(endpointGroup: string, group: string): boolean {
  const plain = endpointGroup.replace(/_secondary$/, '')
  return plain === group || (group === 'blob' && plain === 'dfs') || (group === 'dfs' && plain === 'blob')
}
