import type { Access, Json, Reading } from '../../../model/index.ts'
import { isKnown, type Known } from '../../readings.ts'
import { certain, type Finding, type Findings, inOrder, possible, shut } from '../findings.ts'
import type { Way } from '../network/network.ts'
import { type Assignment, grants } from '../roles/assignments.ts'
import type { Truth } from '../roles/conditions.ts'
import type { Operation } from '../roles/definitions.ts'
import type { Account } from './account.ts'
import { storeWitness } from './requests.ts'
import { KEY_OPERATIONS, type Service } from './services.ts'

/**
 * What identities of other tenants may do by their roles: with the data over the network, with the resource itself from
 * anywhere, because no network rule concerns Resource Manager. Who may read the account's keys may do everything the keys
 * may, as long as keys are allowed.
 */
export function identityFindings(
  account: Account,
  service: Service,
  store: string,
  access: Access,
  ways: readonly Way[],
): Findings {
  const { assignments } = account
  if (!isKnown(assignments)) {
    // Whoever has a role passes the network as everyone else does, unless the role is one on the resource itself.
    const fromAnywhere = service.operations[access].some(({ onData }) => !onData)
    return ways.length > 0 || fromAnywhere
      ? { open: [possible('named', assignments.problem)], shut: [] }
      : shut('no network outside the zone leads here')
  }
  const denied = account.settings.seldom('denyAssignments')
  const doubts = denied === undefined || isNothing(denied) ? [] : ['deny assignments are there, and are not decided']
  const found = assignments.known
    .filter(({ standing }) => standing !== 'inside')
    .flatMap((assignment) => findingOf(assignment, account, service, store, access, ways) ?? [])
  const open = doubts.length === 0 ? found : found.map(({ audience, because }) => possible(audience, ...doubts, ...because))
  return open.length > 0 ? { open, shut: [] } : shut(`no role assignment gives ${access} to an identity outside the zone`)
}

function isNothing(reading: Reading<Json>): boolean {
  return reading.status === 'absent' || (reading.status === 'read' && Array.isArray(reading.value) && reading.value.length === 0)
}

function findingOf(
  assignment: Assignment,
  account: Account,
  service: Service,
  store: string,
  access: Access,
  ways: readonly Way[],
): Finding | null {
  const control = best(assignment, service, store, access, (operation) => !operation.onData)
  const overData = anyOf(
    best(assignment, service, store, access, ({ onData }) => onData),
    byKeys(assignment, account),
  )
  const way = ways[0]
  const data = way ? (overData === true && !way.certain ? null : overData) : false
  const truth = anyOf(control, data)
  if (truth === false) return null
  const isUnconditional = assignment.condition === null
  const because = [
    `${assignment.label} has the role ${assignment.role}${isUnconditional ? '' : ' under a condition'}`,
    ...(assignment.permissions === null ? ['what that role permits was not read'] : []),
    ...(assignment.standing === 'unknown' ? ['whether that is an outsider was not read: its tenant is not known'] : []),
    ...(truth === null && !isUnconditional
      ? [`whether its condition holds is not decided: ${assignment.condition!.slice(0, 200)}`]
      : []),
    ...(truth === null && way && !way.certain ? way.because : []),
  ]
  if (truth === null || assignment.standing === 'unknown') return possible('named', ...because)
  const principal = { kind: 'entra', tenant: assignment.tenant, object: assignment.object } as const
  const operation = service.operations[access].find((each) => permitted(assignment, service, store, access, each) === true)
  const witness = storeWitness(account, service, store, access, principal, control === true || !way ? { context: {} } : way)
  return certain(
    'named',
    control === true && data !== true
      ? { ...witness, resource: account.id, action: operation!.name, context: inOrder({ protocol: 'https', time: account.asOf }) }
      : { ...witness, action: operation?.name ?? KEY_OPERATIONS[0]!.name },
    ...because,
  )
}

function best(
  assignment: Assignment,
  service: Service,
  store: string,
  access: Access,
  among: (operation: Operation) => boolean,
): Truth {
  return anyOf(
    ...service.operations[access].filter(among).map((operation) => {
      const truth = permitted(assignment, service, store, access, operation)
      return truth === true && operation.weak ? null : truth
    }),
  )
}

function permitted(assignment: Assignment, service: Service, store: string, access: Access, operation: Operation): Truth {
  return grants(assignment, {
    operation,
    suboperation: access === 'list' && service.name === 'blob' ? 'Blob.List' : null,
    attributes: new Map([[service.attribute, store]]),
  })
}

function byKeys(assignment: Assignment, { sharedKeys }: Account): Truth {
  const has = anyOf(
    ...KEY_OPERATIONS.map((operation) => grants(assignment, { operation, suboperation: null, attributes: new Map() })),
  )
  // With a key also the level of a container is set, over the data's own endpoint.
  if (has === false) return false
  return isKnown(sharedKeys) ? (sharedKeys.known ? has : false) : null
}

/** Whether anybody at all may make the key of a user delegation signature that gives an access; null where that is not known. */
export function delegationPossible(
  assignments: Known<readonly Assignment[]>,
  service: Service,
  store: string,
  access: Access,
): Truth {
  if (!isKnown(assignments)) return null
  const request = { operation: service.delegation, suboperation: null, attributes: new Map<string, string>() }
  // The two rights may come from two groups that one person is in.
  const mayDelegate = anyOf(...assignments.known.map((assignment) => grants(assignment, request)))
  const mayUse = anyOf(...assignments.known.map((assignment) => best(assignment, service, store, access, ({ onData }) => onData)))
  return mayDelegate === false || mayUse === false ? false : mayDelegate === null || mayUse === null ? null : true
}

function anyOf(...truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(null) ? null : false
}

/** Whether one identity, by its object id, has an access through its roles; null where that is not known. */
export function identityMay(account: Account, object: string, service: Service, store: string, access: Access): Truth {
  const { assignments } = account
  if (!isKnown(assignments)) return null
  const own = assignments.known.filter((assignment) => assignment.object.toLowerCase() === object.toLowerCase())
  const truth = anyOf(...own.map((assignment) => best(assignment, service, store, access, ({ onData }) => onData)))
  // It may also be in a group that has the role.
  return truth === false && assignments.known.length > own.length ? null : truth
}
