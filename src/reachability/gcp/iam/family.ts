import { ACCESSES, type Access } from '../../../model/index.ts'
import type { ReachModel } from '../../reach-model.ts'
import { googleContext } from './context.ts'
import { decideDoor } from './decide-door.ts'
import type { Door, Form, Use } from './door.ts'

/** A kind of resource that is reached by Identity and Access Management alone. */
export interface Family {
  /** Type names of the asset inventory. */
  readonly type: string
  /** The API's name, for perimeters and conditions. */
  readonly service: string
  /** What conditions are told of it; `nothing` where Google's documents do not list it. */
  readonly tells: Form['tells']
  /** For each access the permissions of which any one is enough; `on` where they are checked on something inside. */
  readonly permissions: Readonly<Record<Access, readonly Permission[]>>
  /** Full names of what hands its allow policy on, besides projects, folders and organisation. */
  readonly parents?: (id: string) => readonly string[]
}

export type Permission = string | { readonly permission: string; readonly inside?: Inside; readonly needsIdentity?: string }

/** Things inside the resource on which a permission is checked: their type, and how their names go on. */
export interface Inside {
  readonly type: string
  readonly suffix: string
}

/** The decision for a family. */
export function familyModel(family: Family): ReachModel {
  return {
    types: [family.type],
    decide: (configuration, context) => {
      const { id } = configuration.resource
      const parents = family.parents?.(id) ?? []
      const google = googleContext(configuration, context, { service: family.service, parents })
      return decideDoor(google.door({ uses: usesOf(family, plainName(id)) }))
    },
  }
}

/** The uses of a resource of the family by its name. */
export function usesOf({ permissions, service, type, tells }: Omit<Family, 'parents'>, name: string): Door['uses'] {
  const use = (entry: Permission): Use => {
    const { permission, inside, needsIdentity } = typeof entry === 'string' ? { permission: entry } : entry
    const on: Form = inside
      ? { service, type: inside.type, name: name + inside.suffix, holdsMany: true, tells }
      : { service, type, name, holdsMany: false, tells }
    return needsIdentity === undefined ? { permission, on } : { permission, on, needsIdentity }
  }
  return Object.fromEntries(ACCESSES.map((access) => [access, permissions[access].map(use)])) as unknown as Door['uses']
}

/** The name that conditions see: the full resource name without the service. */
export function plainName(id: string): string {
  return id.replace(/^\/\/[^/]+\//, '')
}

/** The full name up to a part of it: the key ring of a key, the instance of a database. */
export function upTo(collection: string): (id: string) => readonly string[] {
  return (id) => {
    const match = new RegExp(`^(.*?/${collection}/[^/]+)/`).exec(id)
    return match ? [match[1]!] : []
  }
}
