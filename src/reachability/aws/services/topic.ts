import type { Json } from '../../../model/index.ts'
import { globPattern } from '../../engine/patterns.ts'
import { parsePolicy } from '../policy/document.ts'
import { SOME_TEXT, text } from '../policy/requests.ts'
import { allAttributes } from './documents.ts'
import { encryptionGates } from './encryption.ts'
import { callersAccount, chosen, type ServiceKey } from './keys.ts'
import type { Service, ServicePlace } from './service.ts'

const READ = ['sns:Subscribe']
const LIST = ['sns:ListSubscriptionsByTopic', 'sns:GetTopicAttributes']
const WRITE = ['sns:Publish']
const DELETE = ['sns:DeleteTopic']
const ADMIN = ['sns:SetTopicAttributes', 'sns:AddPermission', 'sns:RemovePermission']

/** SNS sets it to the account that sends the request; where a service sends, to the account it acts for. */
const SOURCE_OWNER: ServiceKey = {
  ...callersAccount('every'),
  view: (name, shape, setting) => (shape.sender.kind === 'service' ? null : callersAccount('every').view(name, shape, setting)),
  carried: (_, __, context) => {
    const account = context['aws:PrincipalAccount'] ?? context['aws:SourceAccount']
    return typeof account === 'string' ? account : null
  },
}

/**
 * A topic. Whoever subscribes is sent what is published. The policy that every new topic has names everyone and keeps to the
 * owner by `aws:SourceOwner`. SNS, developer guide: "API permissions reference", "Example cases for access control".
 */
export const topic: Service = {
  types: ['AWS::SNS::Topic'],
  noun: 'topic',
  arn: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
  policyFacets: ['policy', 'attributes'],
  actions: { read: READ, list: LIST, write: WRITE, delete: DELETE, admin: ADMIN },
  unsigned: [...READ, ...LIST, ...WRITE, ...DELETE, ...ADMIN],
  keys: {
    'sns:Protocol': chosen(READ),
    'aws:SourceOwner': SOURCE_OWNER,
  },
  underResourceControls: false,
  gates: (place) => {
    const { configuration } = place
    const { kmsMasterKeyId = allAttributes(configuration) } = configuration.facets
    return {
      ...encryptionGates(place, { noun: 'topic', key: kmsMasterKeyId, accesses: ['write'], withoutKey: 'none' }),
      keys: { 'sns:Endpoint': endpointKey(endpointsInside(place)) },
    }
  },
  holders: (place) => {
    const owned = place.access === 'read' ? conditionValues(place.policy, 'sns:endpoint').filter(fixesOwner) : []
    if (owned.length === 0) return null
    return {
      keys: { 'sns:Endpoint': endpointKey([...endpointsInside(place), ...owned]) },
      because: `what is published goes to ${owned.join(' or ')} alone: whoever holds such an endpoint reads it`,
    }
  },
}

/** What goes to a queue or function of an account inside takes nothing out. */
function endpointsInside({ zone, configuration: { resource } }: ServicePlace): readonly string[] {
  return [resource.account, ...zone.accounts].filter((account) => account !== '').map((account) => `arn:*:*:*:${account}:*`)
}

/** Any endpoint but those that match one of these. */
function endpointKey(excluded: readonly string[]): ServiceKey {
  const patterns = excluded.map((glob) => globPattern(glob))
  return chosen(READ, text('optional', [...SOME_TEXT, { patterns, negated: true }]))
}

/** The values that some condition of the policy compares the key with. */
function conditionValues(policy: Json, wanted: string): readonly string[] {
  const parsed = policy === null ? null : parsePolicy(policy, 'topic policy')
  if (!parsed || 'problem' in parsed) return []
  const atoms = parsed.policy.statements.flatMap((statement) => statement.atoms)
  return atoms.filter(({ key }) => key.toLowerCase() === wanted).flatMap(({ values }) => values)
}

// Under these, anybody can make an address: the domains of AWS itself, and mail for everyone.
const ANYBODYS_HOST =
  /(^|\.)(amazonaws\.com(\.cn)?|on\.aws|cloudfront\.net|gmail\.com|outlook\.com|hotmail\.com|yahoo\.com|icloud\.com)$/

/** Whether nobody can make an endpoint like that: a mail domain, a host, an account or a telephone number is fixed. */
function fixesOwner(endpoint: string): boolean {
  if (endpoint.includes('${')) return false
  const host =
    /^https?:\/\/(?:[^/@]*@)?(?:\*\.)?([^/:*?]+\.[^/:*?]+)(?:[/:].*)?$/.exec(endpoint)?.[1] ??
    /@(?:\*\.)?([^@*?]+\.[^@*?]+)$/.exec(endpoint)?.[1]
  if (host !== undefined) return !(endpoint.includes('*') && ANYBODYS_HOST.test(host))
  return /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(endpoint) || /^\+\d+$/.test(endpoint)
}
