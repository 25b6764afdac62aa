import type { Json, Reading, ZoneOfTrust } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import { isWithin } from '../resource-ids.ts'
import { flattened, member, parseList } from '../settings.ts'
import { conditionHolds, type Truth } from './conditions.ts'
import { type Operation, permissionsOf, type Permission, permits } from './definitions.ts'

/** A role that somebody has on a resource. */
export interface Assignment {
  readonly object: string
  readonly standing: 'inside' | 'outside' | 'unknown'
  /** The tenant of the principal, or what is known of it. */
  readonly tenant: string
  readonly label: string
  readonly role: string
  /** Null where the role's definition is not known. */
  readonly permissions: readonly Permission[] | null
  readonly condition: string | null
  /** Whether the assignment certainly reaches down to the resource. */
  readonly applies: boolean
}

const MOST_ASSIGNMENTS = 20_000

/**
 * The role assignments that reach a resource, as `az role assignment list --include-inherited` prints them or Resource Manager
 * delivers them. Those for scopes beside the resource are left out.
 */
export function assignmentsOn(
  id: string,
  reading: Reading<Json> | undefined,
  definitions: Reading<Json> | undefined,
  zone: ZoneOfTrust,
): Known<readonly Assignment[]> {
  const list = decisive(reading, 'role assignments', parseList('role assignments'), () => ({ known: [] }))
  if (!isKnown(list)) return list
  if (list.known.length > MOST_ASSIGNMENTS) return { problem: `more than ${MOST_ASSIGNMENTS} role assignments` }
  const roles = decisive(definitions, 'role definitions', parseList('role definitions'), () => ({ known: [] }))
  const assignments: Assignment[] = []
  for (const entry of list.known) {
    const assignment = assignmentOf(entry, id, isKnown(roles) ? roles.known : [], zone)
    if (assignment === 'not understood') return { problem: 'an entry of the role assignments is not understood' }
    if (assignment) assignments.push(assignment)
  }
  return { known: assignments }
}

function assignmentOf(
  entry: Json,
  id: string,
  definitions: readonly Json[],
  zone: ZoneOfTrust,
): Assignment | null | 'not understood' {
  const members = flattened(entry) ?? undefined
  const text = (...names: readonly string[]) => {
    const value = member(members, ...names)
    return typeof value === 'string' ? value : null
  }
  const object = text('principalId')
  const roleId = text('roleDefinitionId')
  const roleName = text('roleDefinitionName', 'roleName')
  const condition = member(members, 'condition') ?? null
  if (object === null || (roleId === null && roleName === null)) return 'not understood'
  if (condition !== null && typeof condition !== 'string') return 'not understood'
  const scope = text('scope')
  // Management groups lie above every subscription; which ones, only their tenant knows, and the list is that of the resource.
  const isAbove = scope !== null && /^\/($|providers\/Microsoft\.Management\/managementGroups\/)/i.test(scope)
  // What reaches a store of an account reaches into the account.
  if (scope !== null && !isAbove && !isWithin(id, scope) && !isWithin(scope, id)) return null
  // Around `properties`, a row of Resource Graph names the tenant of the subscription, not that of the principal.
  const besides = member(entry, 'properties') === undefined ? entry : member(entry, 'properties')
  const ownTenant = member(besides, 'tenantId', 'tenant')
  const principal = standingOf(object, text, typeof ownTenant === 'string' ? ownTenant : null, zone)
  return {
    object,
    ...principal,
    role: roleName ?? roleId!.split('/').at(-1)!,
    permissions: permissionsOf({ id: roleId, name: roleName }, definitions),
    condition: condition?.trim() ? condition : null,
    applies: scope !== null,
  }
}

/**
 * Whether a principal is an outsider. Its tenant says so where it is given. Without it: a guest's user principal name holds
 * `#EXT#` after the address at home, a foreign group is one of another tenant, and a user without that mark is a member of
 * the resource's own tenant. Of groups and applications nothing says who is in them or whose they are.
 */
function standingOf(
  object: string,
  text: (...names: readonly string[]) => string | null,
  ownTenant: string | null,
  zone: ZoneOfTrust,
): Pick<Assignment, 'standing' | 'tenant' | 'label'> {
  const name = text('principalName')?.slice(0, 400) ?? null
  const type = text('principalType') ?? 'principal'
  const label = `${type} ${object}`
  const tenant = text('principalTenantId', 'homeTenantId', 'appOwnerOrganizationId', 'appOwnerTenantId') ?? ownTenant
  if (zone.principals.some((each) => each.toLowerCase() === object.toLowerCase()))
    return { standing: 'inside', tenant: '', label }
  if (tenant !== null) {
    const isInside = (zone.tenants ?? []).some((each) => each.toLowerCase() === tenant.toLowerCase())
    return { standing: isInside ? 'inside' : 'outside', tenant, label: `${label} of tenant ${tenant}` }
  }
  const home = /^(.+)_([^_#]+)#EXT#/i.exec(name ?? '')?.[2]?.toLowerCase()
  if (home !== undefined) {
    const isInside = (zone.domains ?? []).some((domain) => domain.toLowerCase() === home)
    return { standing: isInside ? 'inside' : 'outside', tenant: home, label: `guest ${object} of ${home}` }
  }
  if (/#EXT#/i.test(name ?? '')) return { standing: 'outside', tenant: 'unknown', label: `guest ${object}` }
  if (type.toLowerCase() === 'foreigngroup') return { standing: 'outside', tenant: 'unknown', label }
  if (type.toLowerCase() === 'user' && name?.includes('@')) return { standing: 'inside', tenant: '', label }
  return { standing: 'unknown', tenant: '', label }
}

/** What a request asks of role assignments. */
export interface RoleRequest {
  readonly operation: Operation
  readonly suboperation: string | null
  readonly attributes: ReadonlyMap<string, string>
}

/** Whether an assignment permits a request; null where that is not known. */
export function grants(assignment: Assignment, { operation, suboperation, attributes }: RoleRequest): Truth {
  if (assignment.permissions === null) return null
  if (!permits(assignment.permissions, operation)) return false
  const holds =
    assignment.condition === null
      ? true
      : conditionHolds(assignment.condition, { action: operation.name, suboperation, attributes })
  return holds === true && !assignment.applies ? null : holds
}
