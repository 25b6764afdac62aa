import type { Access, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { decisive, isKnown, isRecord } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import { type Findings, possible, shut, together, verdictsOf } from '../findings.ts'
import { CLOSED_NETWORK, joined, type Network, waysThrough } from '../network/network.ts'
import { networkOfAcls, privateNetwork, publicNetwork } from '../network/service-firewall.ts'
import { outsideAddresses } from '../../outside.ts'
import type { Inside } from '../network/virtual-networks.ts'
import { insideSubscriptions } from '../resource-ids.ts'
import { outsiderFindings } from '../roles/outsiders.ts'
import { documentLayer, member, parseBoolean, type Settings, settingsOf } from '../settings.ts'

// The rules of the network are a resource of their own under the namespace.
const APART = new Set(['networkruleset', 'networkrulesets', 'roleassignments', 'roledefinitions'])

/**
 * Who receives from and sends to the queues, topics and hubs of a namespace: bearers of a shared access signature, which are
 * made offline with the key of an authorization rule, unless local authentication is off; and identities with a role.
 */
export function decideNamespace(configuration: ResourceConfiguration, { zone, asOf }: ReachContext): Verdicts {
  const { resource } = configuration
  const settings = settingsOf(configuration, APART)
  const ways = waysThrough(namespaceNetwork(settings, { subscriptions: insideSubscriptions(zone, resource), zone }))
  const disabled = decisive(
    settings.reading('disableLocalAuth'),
    'whether local authentication is off',
    parseBoolean('disableLocalAuth'),
    () => ({ known: false }),
  )
  const provider = /eventhub/i.test(resource.type) ? 'Microsoft.EventHub' : 'Microsoft.ServiceBus'
  return verdictsOf((access): Findings => {
    const operations = OPERATIONS[access].map((word) => ({ name: `${provider}/namespaces/${word}`, onData: word !== 'write' }))
    if (operations.length === 0) return shut(`a namespace has no ${access} of its own`)
    if (access !== 'admin' && ways.length === 0) return shut('no network outside the zone leads to the namespace')
    const anywhere = [{ audience: 'named', certain: true, context: {}, because: [] }] as const
    const identities = outsiderFindings(resource, settings, zone, asOf, access, operations, access === 'admin' ? anywhere : ways)
    if (isKnown(disabled) && disabled.known)
      return together(identities, shut('local authentication is off: no signature is taken'))
    if (access === 'admin') return identities
    const bearer =
      'unknown bearer: a shared access signature may have been made with the key of an authorization rule, and nothing lists them'
    return together(identities, { open: [possible('named', bearer, ...(isKnown(disabled) ? [] : [disabled.problem]))], shut: [] })
  })
}

const OPERATIONS: Readonly<Record<Access, readonly string[]>> = {
  read: ['messages/receive/action'],
  list: [],
  write: ['messages/send/action'],
  delete: ['messages/receive/action'],
  admin: ['write'],
}

function namespaceNetwork(settings: Settings, inside: Inside): Network {
  const rules = settings.reading('networkRuleSet', 'networkRuleSets')
  const ruleSet = rules?.status === 'read' && isRecord(rules.value) ? documentLayer(rules) : null
  // Either of the two may say that the public endpoint is shut.
  const seen: Settings = {
    ...settings,
    seldom: (...names) => {
      const found = [settings.seldom(...names), names[0] === 'publicNetworkAccess' ? ruleSet?.('publicNetworkAccess') : undefined]
      const said = found.filter((each) => each?.status === 'read')
      return said.find((each) => each?.status === 'read' && each.value === 'Disabled') ?? said[0] ?? found[0]
    },
  }
  return joined(
    publicNetwork(seen, inside, () => {
      const document =
        rules?.status === 'read' && isRecord(rules.value) ? (member(rules.value, 'properties') ?? rules.value) : undefined
      const lists = ['ipRules', 'virtualNetworkRules'].map((name) => member(document, name) ?? [])
      const isEmpty = document !== undefined && lists.every((list) => Array.isArray(list) && list.length === 0)
      if (!isEmpty)
        return networkOfAcls(rules?.status === 'read' && document ? { status: 'read', value: document } : rules, inside)
      // "If there are no IP and virtual network rules, the namespace can be accessed over the public internet", Deny or not.
      const outside = outsideAddresses(inside.zone)
      return { ...CLOSED_NETWORK, least: outside, most: outside, because: ['the namespace has no network rule'] }
    }),
    privateNetwork(settings, null, inside),
  )
}
