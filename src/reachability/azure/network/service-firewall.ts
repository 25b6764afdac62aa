import type { Json, Reading } from '../../../model/index.ts'
import { type AddressSet, NO_ADDRESSES } from '../../engine/addresses.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { member, parseList, parseWord, type Settings } from '../settings.ts'
import { rulesNetwork } from './address-rules.ts'
import { CLOSED_NETWORK, type Door, joined, type Network } from './network.ts'
import { outsideAddresses } from '../../outside.ts'
import { endpointDoors, type Inside, subnetDoors } from './virtual-networks.ts'

export type PublicAccess = 'Enabled' | 'Disabled' | 'SecuredByPerimeter'

/** Whether the public endpoint answers at all; not set means that it does. */
export function publicAccessOf(reading: Reading<Json> | undefined): Known<PublicAccess> {
  return decisive(
    reading,
    'public network access',
    parseWord('public network access', ['Enabled', 'Disabled', 'SecuredByPerimeter']),
    () => ({ known: 'Enabled' }),
  )
}

/**
 * From where outsiders reach a service with the usual two layers: `publicNetworkAccess`, then `networkAcls` (also called
 * `networkRuleSet`), and beside them its private endpoints, which no rule of the public endpoint concerns.
 * Azure Storage: "Configure Azure Storage firewalls and virtual networks".
 */
export function serviceNetwork(settings: Settings, group: string | null, inside: Inside): Network {
  return joined(
    publicNetwork(settings, inside, () => networkOfAcls(settings.reading('networkAcls', 'networkRuleSet'), inside)),
    privateNetwork(settings, group, inside),
  )
}

/** The public endpoint: shut, behind a perimeter that is not modelled, or as its rules say. */
export function publicNetwork(settings: Settings, inside: Inside, rules: () => Network): Network {
  const access = publicAccessOf(settings.seldom('publicNetworkAccess'))
  if (!isKnown(access)) return { ...doubtful(rules()), doubts: [access.problem] }
  switch (access.known) {
    case 'Enabled':
      return rules()
    case 'Disabled':
      return { ...CLOSED_NETWORK, shut: ['public network access is disabled: only private endpoints lead here'] }
    case 'SecuredByPerimeter':
      return unknownNetwork(outsideAddresses(inside.zone), 'the rules of the network security perimeter were not read')
  }
}

/** The same network with nothing of it certain. */
function doubtful(network: Network): Network {
  return { ...network, least: NO_ADDRESSES, doors: network.doors.map((door) => ({ ...door, certain: false })) }
}

export function unknownNetwork(outside: AddressSet, doubt: string): Network {
  return { ...CLOSED_NETWORK, most: outside, doubts: [doubt] }
}

/** Private endpoints of others. */
export function privateNetwork(settings: Settings, group: string | null, inside: Inside): Network {
  const connections = decisive(
    settings.seldom('privateEndpointConnections'),
    'private endpoint connections',
    parseList('private endpoint connections'),
    () => ({ known: [] }),
  )
  if (!isKnown(connections)) return { ...CLOSED_NETWORK, doors: [unknownDoor(connections.problem)] }
  const doors = endpointDoors(connections.known, group, inside)
  return { ...CLOSED_NETWORK, doors, shut: doors.length > 0 ? [] : ['no private endpoint of others is connected'] }
}

export function unknownDoor(problem: string): Door {
  return { audience: 'named', certain: false, context: {}, because: problem }
}

/** What `networkAcls` let in: all networks, or their rules. */
export function networkOfAcls(reading: Reading<Json> | undefined, inside: Inside): Network {
  const outside = outsideAddresses(inside.zone)
  const acls = decisive(reading, 'network rules', parseAcls, () => ({ known: OPEN_ACLS }))
  if (!isKnown(acls)) return unknownNetwork(outside, acls.problem)
  const { defaultAction, addresses, subnets, instances } = acls.known
  if (defaultAction === 'Allow') {
    return { ...CLOSED_NETWORK, least: outside, most: outside, because: ['the network rules let in every network'] }
  }
  return joined(rulesNetwork(addresses, outside, 'the address rules'), {
    ...CLOSED_NETWORK,
    doors: [...subnetDoors(subnets, inside), ...instanceDoors(instances, inside)],
    shut: ['the default action of the network rules is Deny'],
  })
}

interface Acls {
  readonly defaultAction: 'Allow' | 'Deny'
  readonly addresses: readonly Json[]
  readonly subnets: readonly Json[]
  readonly instances: readonly Json[]
}

const OPEN_ACLS: Acls = { defaultAction: 'Allow', addresses: [], subnets: [], instances: [] }

function parseAcls(json: Json): Known<Acls> {
  const problem = { problem: 'network rules not understood' }
  if (!isRecord(json)) return problem
  const defaultAction = parseWord('default action', ['Allow', 'Deny'])(member(json, 'defaultAction') ?? null)
  const list = (...names: readonly string[]) => names.flatMap((name) => member(json, name) ?? [])
  const lists = ['ipRules', 'ipv6Rules', 'virtualNetworkRules', 'resourceAccessRules'].map((name) => member(json, name) ?? [])
  if (!isKnown(defaultAction) || !lists.every(Array.isArray)) return problem
  return {
    known: {
      defaultAction: defaultAction.known,
      addresses: list('ipRules', 'ipv6Rules') as readonly Json[],
      subnets: list('virtualNetworkRules') as readonly Json[],
      instances: list('resourceAccessRules') as readonly Json[],
    },
  }
}

/** Instances of other services that are let in with their own identity; those of other tenants are outsiders. */
function instanceDoors(rules: readonly Json[], { subscriptions, zone }: Inside): readonly Door[] {
  const tenants = new Set((zone.tenants ?? []).map((tenant) => tenant.toLowerCase()))
  return rules.flatMap((rule) => {
    const tenant = member(rule, 'tenantId')
    const id = member(rule, 'resourceId')
    const isInside =
      (typeof tenant === 'string' && tenants.has(tenant.toLowerCase())) ||
      (typeof id === 'string' && [...subscriptions].some((own) => id.toLowerCase().startsWith(`/subscriptions/${own}/`)))
    return isInside
      ? []
      : [unknownDoor(`instances of other services are let in: ${typeof id === 'string' ? id : 'not understood'}`)]
  })
}
