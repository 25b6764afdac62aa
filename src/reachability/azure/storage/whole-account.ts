import type { Access, Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, isKnown, isRecord } from '../../readings.ts'
import { type Findings, possible, together, verdictsOf } from '../findings.ts'
import { isWithin } from '../resource-ids.ts'
import { documentLayer, layered, member, parseList, type Settings } from '../settings.ts'
import { type Account, accountOf } from './account.ts'
import { containerFindings, isOfStore, storeSettings } from './container.ts'
import { WEBSITE_CONTAINER, websiteEnabled } from './anonymous.ts'
import { storeFindings } from './other-stores.ts'
import { BLOB, FILE, QUEUE, SERVICES, TABLE } from './services.ts'

const MOST_STORES = 2_000
// Stores times the roles and signatures that each of them is asked about.
const MOST_WORK = 20_000

/**
 * The widest reach into any store of an account: the containers and other stores that are listed with it or stand around it.
 * Where its containers were not listed, one with any level may be among them.
 */
export function decideAccount(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const account = accountOf(configuration, context)
  const stores = [
    ...listed(account, configuration),
    ...(context.related ?? []).flatMap((related) => storeOf(related, configuration.resource.id, account) ?? []),
    // Each service also has its own door to what is not listed.
    ...SERVICES.filter((service) => service !== BLOB).map((service) => storeFindings(account, NOTHING_SET, service, 'x')),
  ]
  const roles = isKnown(account.assignments) ? account.assignments.known.length : 0
  const most = Math.min(MOST_STORES, Math.ceil(MOST_WORK / (roles + account.tokens.tokens.length + 1)))
  const rest = possible('anyone', `only ${most} of the ${stores.length} stores of the account were looked at`)
  return verdictsOf((access) =>
    together(
      ...stores.slice(0, most).map((findings) => findings(access)),
      ...(stores.length > most ? [{ open: [rest], shut: [] }] : []),
    ),
  )
}

type ByAccess = (access: Access) => Findings

const NOTHING_SET: Settings = { reading: () => ({ status: 'absent' }), seldom: () => ({ status: 'absent' }) }

function listed(account: Account, configuration: ResourceConfiguration): readonly ByAccess[] {
  const { facets } = configuration
  const single = facets.container ?? facets.publicAccess
  const list = decisive(
    account.settings.reading('containers'),
    'the containers of the account',
    parseList('the containers'),
    () => ({
      known: [],
    }),
  )
  const website = websiteEnabled(account.settings)
  const web = isKnown(website) && !website.known ? [] : [containerFindings(account, NOTHING_SET, WEBSITE_CONTAINER)]
  if (single) return [containerFindings(account, storeSettings(configuration, 'container'), nameOf(single) ?? 'x'), ...web]
  if (!isKnown(list)) return [containerFindings(account, unreadSettings(list.problem), 'x'), ...web]
  const containers = list.known.map((entry) => {
    const document = { status: 'read', value: typeof entry === 'string' ? { name: entry } : entry } as const
    const name = nameOf(document) ?? 'x'
    const settings =
      isRecord(document.value) && isOfStore(document.value)
        ? layered([documentLayer(document, new Set(['storedaccesspolicies', 'signedidentifiers']))], true)
        : unreadSettings(`the access level of the container ${name} not read`)
    return containerFindings(account, settings, name)
  })
  return [...containers, containerFindings(account, NOTHING_SET, 'x'), ...web]
}

function nameOf(reading: { readonly status: string; readonly value?: Json }): string | null {
  const name = isRecord(reading.value) ? member(reading.value, 'name') : undefined
  return typeof name === 'string' ? name : null
}

function unreadSettings(reason: string): Settings {
  return {
    reading: (...names) => (names.includes('publicAccess') ? { status: 'not-read', reason } : undefined),
    seldom: () => ({ status: 'absent' }),
  }
}

function storeOf(related: ResourceConfiguration, id: string, account: Account): ByAccess | null {
  const { resource } = related
  if (!isWithin(resource.id, id) || resource.id.length <= id.length) return null
  const type = resource.type.toLowerCase()
  if (type.endsWith('/containers')) return containerFindings(account, storeSettings(related, 'container'), resource.name)
  const service = [FILE, QUEUE, TABLE].find(({ segment }) => type.endsWith(`/${segment}`))
  return service ? storeFindings(account, storeSettings(related, service.store), service, resource.name) : null
}
