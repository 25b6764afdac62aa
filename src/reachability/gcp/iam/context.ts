import type { Access, Json, ResourceConfiguration } from '../../../model/index.ts'
import { ACCESSES } from '../../../model/index.ts'
import { intersection } from '../../engine/addresses.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, isKnown, isRecord, isTexts, type Known } from '../../readings.ts'
import { facetOf } from '../facets.ts'
import { outsideAddresses } from '../../outside.ts'
import { perimeterSources } from '../perimeter.ts'
import { type Binding, parseAllowPolicy } from './allow-policy.ts'
import { parseTags, type Tag } from './cel/tags.ts'
import type { Door, Grant, Network } from './door.ts'
import { type Hierarchy, hierarchyOf, type Level, parentLevel } from './hierarchy.ts'
import type { OrganizationPolicies } from './organization-policy.ts'
import { parsePrincipal, type Principal } from './principals.ts'
import { type Roles, rolesOf } from './roles.ts'
import { googleZone } from './standing.ts'

/** The grants of one source, or why they are not known. */
export type Grants = Known<readonly Grant[]>

/** The grants of one source, and on which accesses they can bear at all; on all where it does not say. */
export interface GrantSource {
  readonly grants: Grants
  readonly bearsOn?: readonly Access[]
}

/** What is the same for every kind of resource: what stands above it, the roles, the zone, the tags, the perimeter. */
export interface GoogleContext {
  readonly hierarchy: Hierarchy
  readonly roles: Roles
  /** The grants of the resource's own allow policy and of everything above it. */
  readonly grants: readonly Grants[]
  readonly organizationPolicies: readonly OrganizationPolicies[]
  readonly network: Network
  readonly grantOf: (binding: Binding) => Grant
  /** Members with groups and holders of basic roles resolved, where they were read. */
  readonly resolve: (members: readonly Principal[]) => readonly Principal[]
  /** The door for these uses; `grants` and what else is given on top of what is the same everywhere. */
  readonly door: (parts: DoorParts) => Door
}

interface DoorParts extends Partial<Omit<Door, 'uses'>> {
  readonly uses: Door['uses']
  readonly furtherGrants?: readonly GrantSource[]
}

/**
 * Reads what is common to all resources of Google Cloud. `service` is the API's name, for the perimeter; `parents` are full names
 * of what hands its own allow policy on besides projects, folders and organisation.
 */
export function googleContext(
  configuration: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
  { service, parents = [], ownPolicy = true }: { service: string; parents?: readonly string[]; ownPolicy?: boolean },
): GoogleContext {
  const { resource } = configuration
  const facet = (...names: readonly string[]) => facetOf(configuration, ...names)
  const hierarchy = hierarchyOf(configuration, related)
  const { levels, own } = hierarchy
  const roles = rolesOf(facet('roles'))
  const listed = isKnown(levels) ? levels.known : []
  const above = parents.filter((id) => !listed.some(({ name }) => name === id)).map((id) => parentLevel(id, related))
  const groups = facet('groups')
  const resolve = memberResolver(hierarchy, groups?.status === 'read' ? groups.value : null)
  const grantOf = ({ role, members, condition, label }: Binding): Grant => ({
    label,
    members: resolve(members),
    holds: (permission) => roles.holds(role, permission),
    condition,
    within: [],
    covers: () => true,
  })
  const granted = (bindings: Known<readonly Binding[]>): Grants =>
    isKnown(bindings) ? { known: bindings.known.map(grantOf) } : bindings
  const place = resource.name || resource.id
  const policy = decisive(
    facet('iamPolicy'),
    'allow policy',
    (json) => parseAllowPolicy(json, place),
    () => ({ known: [] }),
  )
  const grants = [
    ...(ownPolicy ? [granted(policy)] : []),
    ...above.map(({ bindings }) => granted(bindings)),
    ...(isKnown(levels) ? levels.known.map(({ bindings }) => granted(bindings)) : [levels]),
  ]
  const effective = facet('organizationPolicies')
  const outside = outsideAddresses(zone)
  const perimeter = perimeterSources(facet('servicePerimeter', 'perimeter'), facet('accessLevels'), service, own.projects)
  const network = {
    ...perimeter,
    least: intersection(outside, perimeter.least),
    most: intersection(outside, perimeter.most),
  }
  const denies = listed.map(({ denyRules }) => denyRules)
  const tags: Known<readonly Tag[]> = decisive(facet('effectiveTags', 'tags'), 'its effective tags', parseTags, () => ({
    known: [],
  }))
  return {
    hierarchy,
    roles,
    grants,
    organizationPolicies: effective
      ? [
          decisive(
            effective,
            'organisation policies',
            (json) => ({ known: Array.isArray(json) ? (json as Json[]) : [json] }),
            () => ({ known: [] }),
          ),
        ]
      : isKnown(levels)
        ? levels.known.filter(isManaged).map(({ organizationPolicies }) => organizationPolicies)
        : [levels],
    network,
    grantOf,
    resolve,
    door: ({ furtherGrants = [], uses, ...parts }) => {
      const sources: readonly GrantSource[] = [...grants.map((each) => ({ grants: each })), ...furtherGrants]
      const unread = (access: Access) =>
        sources.flatMap(({ grants: each, bearsOn = ACCESSES }) =>
          isKnown(each) || !bearsOn.includes(access) ? [] : [each.problem],
        )
      return {
        id: resource.id,
        uses,
        grants: sources.flatMap(({ grants: each }) => (isKnown(each) ? each.known : [])),
        unreadGrants: Object.fromEntries(ACCESSES.map((access) => [access, unread(access)])) as unknown as Door['unreadGrants'],
        denies: denies.flatMap((each) => (isKnown(each) ? each.known : [])),
        unreadDenies: denies.flatMap((each) => (isKnown(each) ? [] : [each.problem])),
        publicPrevented: { known: null },
        anonymousRefused: { known: null },
        network,
        tags,
        zone: googleZone(zone, own),
        asOf,
        remarks: [],
        ...parts,
      }
    },
  }
}

function isManaged({ name }: Level): boolean {
  return /^(projects|folders|organizations)\//.test(name)
}

const MOST_MEMBERS = 20_000

/** Groups whose members were read stand for their members, `projectViewer:` and such for the holders of that role. */
function memberResolver({ levels, own }: Hierarchy, groups: Json): GoogleContext['resolve'] {
  const members = isRecord(groups) ? groups : {}
  const holders = (role: string): readonly Principal[] | null => {
    if (!isKnown(levels)) return null
    const managed = levels.known.filter(isManaged)
    if (managed.length === 0 || !managed.every(({ bindings }) => isKnown(bindings))) return null
    return managed.flatMap(({ bindings }) =>
      isKnown(bindings)
        ? bindings.known.filter((binding) => binding.role === `roles/${role}`).flatMap((binding) => binding.members)
        : [],
    )
  }
  return (principals) => {
    const found = new Map<string, Principal>()
    const open = [...principals]
    const expanded = new Set<string>()
    for (let next = open.shift(); next && found.size < MOST_MEMBERS; next = open.shift()) {
      if (expanded.has(next.text)) continue
      expanded.add(next.text)
      const inGroup = next.kind === 'group' && Object.hasOwn(members, next.email) ? members[next.email] : undefined
      const ofProject = next.kind === 'role-holders' && own.projects.includes(next.project) ? holders(next.role) : null
      if (isTexts(inGroup))
        open.push(...inGroup.map((member) => parsePrincipal(member.includes(':') ? member : `user:${member}`)))
      else if (ofProject) open.push(...ofProject)
      else found.set(next.text, next)
    }
    return [...found.values()]
  }
}
