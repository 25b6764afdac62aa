import type { Json, Reading } from '../../../model/index.ts'
import { isRecord, isTexts } from '../../readings.ts'
import { ROLES_WITH } from './predefined-roles.ts'
import { ROLES_ELSEWHERE } from './predefined-roles-elsewhere.ts'

/** Whether a role holds a permission; a sentence where that is not known. */
export type Holds = boolean | { readonly problem: string }

export interface Roles {
  readonly holds: (role: string, permission: string) => Holds
}

const PREDEFINED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(ROLES_WITH).map(([permission, roles]) => [permission, new Set(roles.split(' '))]),
)
const KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...[...PREDEFINED.values()].flatMap((roles) => [...roles]),
  ...Object.entries(ROLES_ELSEWHERE).flatMap(([service, names]) =>
    names.split(' ').map((name) => (name ? `${service}.${name}` : service)),
  ),
])

/**
 * The roles: Google's by name, and custom ones by their definitions, as `gcloud iam roles describe --format=json` prints them, in
 * a list or by name. A custom role that is not given is not known; a disabled or deleted one holds nothing.
 */
export function rolesOf(definitions: Reading<Json> | undefined): Roles {
  const custom = customRoles(definitions)
  return {
    holds: (role, permission) => {
      if (!role.startsWith('roles/')) {
        const permissions = custom.get(role)
        return permissions ? permissions.has(permission) : { problem: `the permissions of the custom role ${role} were not read` }
      }
      const name = role.slice('roles/'.length)
      const holders = PREDEFINED.get(permission)
      if (holders?.has(name)) return true
      return KNOWN_NAMES.has(name) && holders ? false : { problem: `the role ${role} is not known` }
    },
  }
}

function customRoles(reading: Reading<Json> | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  if (reading?.status !== 'read') return new Map()
  const { value } = reading
  const entries: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((entry) => [isRecord(entry) ? String(entry.name) : '', entry] as const)
    : isRecord(value)
      ? Object.entries(value)
      : []
  const roles = new Map<string, ReadonlySet<string>>()
  for (const [name, definition] of entries) {
    const permissions = permissionsOf(definition)
    if (permissions) roles.set(name, permissions)
  }
  return roles
}

function permissionsOf(definition: Json): ReadonlySet<string> | null {
  if (isTexts(definition)) return new Set(definition)
  if (!isRecord(definition)) return null
  if (definition.deleted === true || definition.stage === 'DISABLED') return new Set()
  const { includedPermissions } = definition
  // A role without permissions is printed without the list.
  if (includedPermissions === undefined && typeof definition.name === 'string') return new Set()
  return isTexts(includedPermissions) ? new Set(includedPermissions) : null
}
