import { ACCESSES, type Access, type Audience, type Json, type Witness } from '../../../model/index.ts'

/*
 * A second, simple reading of a container: every choice is a word, every request one concrete request, and what was not read
 * is a set of possible worlds. It shares nothing with the decision but the questions.
 */

export interface Choices {
  readonly flag: 'true' | 'false' | 'null' | 'unread'
  readonly level: 'None' | 'Blob' | 'Container' | 'unread'
  readonly network: 'open' | 'shut' | 'partner' | 'half' | 'subnet' | 'disabled' | 'unread'
  readonly keys: 'true' | 'false' | 'null'
  readonly tokens: 'none' | 'reads' | 'lists' | 'writes' | 'expired' | 'of-account' | 'from-partner' | 'delegated' | 'unread'
  readonly roles: 'none' | 'guest-reader' | 'member-reader' | 'app-reader' | 'guest-contributor' | 'unread'
  readonly website: 'not-web' | 'on' | 'off' | 'unread'
}

export const DOMAIN: { readonly [K in keyof Choices]: readonly Choices[K][] } = {
  flag: ['true', 'false', 'null', 'unread'],
  level: ['None', 'Blob', 'Container', 'unread'],
  network: ['open', 'shut', 'partner', 'half', 'subnet', 'disabled', 'unread'],
  keys: ['true', 'false', 'null'],
  tokens: ['none', 'reads', 'lists', 'writes', 'expired', 'of-account', 'from-partner', 'delegated', 'unread'],
  roles: ['none', 'guest-reader', 'member-reader', 'app-reader', 'guest-contributor', 'unread'],
  website: ['not-web', 'on', 'off', 'unread'],
}

const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111'
const ACCOUNT_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/maps/providers/Microsoft.Storage/storageAccounts/exampledata`
const SUBNET =
  '/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s'
const PERSON = '99999999-0000-0000-0000-00000000000a'
const HOME = 'https://exampledata.blob.core.windows.net'

/** The question in Azure's own shapes. */
export function questionOf(choices: Choices): object {
  const container = choices.website === 'not-web' ? 'tiles' : '$web'
  const rules = (...ips: readonly string[]) => ips.map((value) => ({ value, action: 'Allow' }))
  const acls: Record<Choices['network'], Json> = {
    open: { defaultAction: 'Allow' },
    shut: { defaultAction: 'Deny' },
    partner: { defaultAction: 'Deny', ipRules: rules('198.51.100.0/24', '203.0.113.0/24') },
    half: { defaultAction: 'Deny', ipRules: rules('0.0.0.0/1') },
    subnet: { defaultAction: 'Deny', virtualNetworkRules: [{ id: SUBNET, action: 'Allow', state: 'Succeeded' }] },
    disabled: { defaultAction: 'Allow' },
    unread: null,
  }
  const rights = 'sv=2021-06-08&se=2030-01-01T00:00:00Z&sig=c2ln'
  const token: Record<Choices['tokens'], readonly string[]> = {
    none: [],
    reads: [`${HOME}/${container}?${rights}&sr=c&sp=r`],
    lists: [`${HOME}/${container}?${rights}&sr=c&sp=l`],
    writes: [`${HOME}/${container}?${rights}&sr=c&sp=cw`],
    expired: [`${HOME}/${container}?${rights.replace('2030', '2020')}&sr=c&sp=rwdl`],
    'of-account': [`?${rights}&ss=bq&srt=o&sp=rd`],
    'from-partner': [`${HOME}/${container}?${rights}&sr=c&sp=r&sip=198.51.100.9`],
    delegated: [`${HOME}/${container}?${rights}&sr=c&sp=rwl&skoid=${PERSON}&ske=2023-06-02T00:00:00Z`],
    unread: [],
  }
  const names: Record<Choices['roles'], readonly Json[]> = {
    none: [],
    'guest-reader': [assignment('Storage Blob Data Reader', 'User', 'kim_partner.example#EXT#@example.onmicrosoft.com')],
    'member-reader': [assignment('Storage Blob Data Reader', 'User', 'sam@example.com')],
    'app-reader': [assignment('Storage Blob Data Reader', 'ServicePrincipal', '')],
    'guest-contributor': [assignment('Contributor', 'User', 'kim_partner.example#EXT#@example.onmicrosoft.com')],
    unread: [],
  }
  return {
    id: 'x',
    asOf: '2023-05-31T00:00:00Z',
    zone: { cidrs: ['203.0.113.0/24'] },
    resource: {
      type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
      id: `${ACCOUNT_ID}/blobServices/default/containers/${container}`,
      account: SUBSCRIPTION,
      allowSharedKeyAccess: JSON.parse(choices.keys),
      publicNetworkAccess: choices.network === 'disabled' ? 'Disabled' : 'Enabled',
      ...(choices.flag === 'unread' ? {} : { allowBlobPublicAccess: JSON.parse(choices.flag) }),
      ...(choices.level === 'unread' ? {} : { container: { publicAccess: choices.level } }),
      ...(choices.network === 'unread' ? {} : { networkAcls: acls[choices.network] }),
      ...(choices.tokens === 'unread' ? {} : { sharedAccessSignatures: token[choices.tokens] }),
      ...(choices.roles === 'unread' ? {} : { roleAssignments: names[choices.roles] }),
      ...(choices.website === 'unread' ? {} : { staticWebsite: { enabled: choices.website === 'on' } }),
    },
  }
}

function assignment(roleDefinitionName: string, principalType: string, principalName: string): Json {
  return { principalId: PERSON, principalType, principalName, roleDefinitionName, scope: ACCOUNT_ID }
}

/** A world in which everything is known. */
interface World {
  readonly flag: boolean
  readonly level: 'None' | 'Blob' | 'Container'
  readonly network: Exclude<Choices['network'], 'unread'>
  readonly keys: boolean
  readonly token: { readonly letters: string; readonly signer: 'key' | 'person'; readonly only?: string } | null
  readonly person: { readonly isOutsider: boolean; readonly role: 'reader' | 'contributor' | 'none' }
  readonly isServed: boolean
}

function worldsOf(choices: Choices): readonly World[] {
  const flags = choices.flag === 'unread' ? [true, false] : [choices.flag !== 'false']
  const levels = choices.level === 'unread' ? (['None', 'Blob', 'Container'] as const) : [choices.level]
  const networks = choices.network === 'unread' ? (['open', 'shut', 'partner', 'half', 'subnet'] as const) : [choices.network]
  const served = choices.website === 'unread' ? [true, false] : [choices.website === 'on']
  const people = peopleOf(choices.roles)
  const worlds: World[] = []
  for (const flag of flags)
    for (const level of levels)
      for (const network of networks)
        for (const isServed of served)
          for (const person of people)
            for (const token of tokensOf(choices.tokens))
              worlds.push({ flag, level, network, isServed, person, token, keys: choices.keys !== 'false' })
  return worlds
}

function peopleOf(roles: Choices['roles']): readonly World['person'][] {
  const reader = (isOutsider: boolean) => ({ isOutsider, role: 'reader' as const })
  const contributor = { isOutsider: true, role: 'contributor' as const }
  const nobody = { isOutsider: false, role: 'none' as const }
  switch (roles) {
    case 'none':
      return [nobody]
    case 'guest-reader':
      return [reader(true)]
    case 'member-reader':
      return [reader(false)]
    case 'app-reader':
      return [reader(true), reader(false)]
    case 'guest-contributor':
      return [contributor]
    case 'unread':
      // Somebody with every right may be outside, or nobody.
      return [nobody, reader(true), reader(false), contributor, { isOutsider: true, role: 'all' as 'contributor' }]
  }
}

function tokensOf(tokens: Choices['tokens']): readonly World['token'][] {
  const known: Record<Exclude<Choices['tokens'], 'unread'>, World['token']> = {
    none: null,
    reads: { letters: 'r', signer: 'key' },
    lists: { letters: 'l', signer: 'key' },
    writes: { letters: 'cw', signer: 'key' },
    expired: null,
    'of-account': { letters: 'rd', signer: 'key' },
    'from-partner': { letters: 'r', signer: 'key', only: '198.51.100.9' },
    delegated: { letters: 'rwl', signer: 'person' },
  }
  if (tokens !== 'unread') return [known[tokens]]
  return [null, { letters: 'rlwd', signer: 'key' }, { letters: 'rlwd', signer: 'person' }]
}

interface Request {
  readonly as: 'anonymous' | 'bearer' | 'person'
  readonly from: string
  readonly access: Access
}

/** Whether the network lets a request pass: `from` is an address, or the partner's subnet. */
function passes(network: World['network'], from: string): boolean {
  switch (network) {
    case 'open':
      return true
    case 'shut':
    case 'disabled':
      return false
    case 'partner':
      return from.startsWith('198.51.100.') || from.startsWith('203.0.113.')
    case 'half':
      return from !== 'subnet' && Number(from.split('.')[0]) < 128
    case 'subnet':
      return from === 'subnet'
  }
}

const LETTER: Readonly<Record<Access, string>> = { read: 'r', list: 'l', write: 'w', delete: 'd', admin: '-' }

function mayPerson({ person, keys, network }: World, access: Access, from: string): boolean {
  if ((person.role as string) === 'all') return access === 'admin' || access === 'delete' || passes(network, from)
  if (person.role === 'none') return false
  if (person.role === 'reader') return (access === 'read' || access === 'list') && passes(network, from)
  return access === 'admin' || access === 'delete' || (keys && passes(network, from))
}

function succeeds(world: World, { as, from, access }: Request): boolean {
  const passing = passes(world.network, from)
  if (as === 'anonymous') {
    if (!passing) return false
    if (access === 'read') return world.isServed || (world.flag && world.level !== 'None')
    return access === 'list' && world.flag && world.level === 'Container'
  }
  if (as === 'person') return mayPerson(world, access, from)
  const { token } = world
  if (!token || !passing || !token.letters.includes(LETTER[access])) return false
  if (token.only !== undefined && token.only !== from) return false
  if (token.signer === 'key') return world.keys
  // A contributor gets keys, but no right to the data of their own to hand on.
  const { role } = world.person
  return (role === 'reader' && (access === 'read' || access === 'list')) || (role as string) === 'all'
}

const PARTNER = '198.51.100.9'
/** One address of each half of the internet: who passes with either has more than a /8. */
const WIDE = ['8.8.8.8', '192.0.2.9']
const SOURCES = [PARTNER, ...WIDE, 'subnet']

function audienceIn(world: World, access: Access): Audience {
  if (WIDE.some((from) => succeeds(world, { as: 'anonymous', from, access }))) return 'anyone'
  for (const from of SOURCES) {
    if (succeeds(world, { as: 'anonymous', from, access }) || succeeds(world, { as: 'bearer', from, access })) return 'named'
    if (world.person.isOutsider && succeeds(world, { as: 'person', from, access })) return 'named'
  }
  return 'none'
}

/** What holds in every world, or `undecided`. */
export function expectedAudiences(choices: Choices): Readonly<Record<Access, Audience>> {
  const worlds = worldsOf(choices)
  return Object.fromEntries(
    ACCESSES.map((access) => {
      const audiences = new Set(worlds.map((world) => audienceIn(world, access)))
      return [access, audiences.size === 1 ? [...audiences][0] : 'undecided']
    }),
  ) as Record<Access, Audience>
}

/** Whether the request of a witness succeeds in every world. */
export function replays(choices: Choices, access: Access, { principal, context }: Witness): boolean {
  const as = principal.kind === 'anonymous' ? 'anonymous' : principal.kind === 'bearer' ? 'bearer' : 'person'
  const from = typeof context.sourceIp === 'string' ? context.sourceIp : 'subnet'
  return worldsOf(choices).every((world) => succeeds(world, { as, from, access }))
}
