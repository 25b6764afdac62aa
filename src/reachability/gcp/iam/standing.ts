import type { ZoneOfTrust } from '../../../model/index.ts'
import { domainOf, type Principal } from './principals.ts'

/** Where an identity stands: in the zone of trust, outside it, nowhere any more, or not known, with the reason. */
export type Standing =
  | { readonly kind: 'outside' | 'dead' }
  /** `why`: what was taken for granted, where something was. */
  | { readonly kind: 'inside'; readonly why?: string }
  | { readonly kind: 'unknown'; readonly why: string }

/** The zone of trust in Google's names. */
export interface GoogleZone {
  readonly standing: (principal: Principal) => Standing
}

/** Projects, folders and the organisation around a resource: its own project is always inside. */
export interface OwnPlace {
  readonly projects: readonly string[]
  readonly folders: readonly string[]
  readonly organizations: readonly string[]
}

const OUTSIDE: Standing = { kind: 'outside' }
const INSIDE: Standing = { kind: 'inside' }

/**
 * Who counts as inside: named principals, accounts of the zone's domains, service accounts of its projects, whatever belongs to
 * its organisations. A group is judged by its domain, a pool of federated identities by its project: who runs it decides who is
 * in it. Groups of other domains are outsiders.
 */
export function googleZone(zone: ZoneOfTrust, own: OwnPlace): GoogleZone {
  const principals = new Set(zone.principals.flatMap((name) => [name, name.toLowerCase()]))
  const domains = new Set((zone.domains ?? []).map((domain) => domain.toLowerCase()))
  const projects = new Set([...own.projects, ...zone.accounts.map((account) => account.replace(/^projects\//, ''))])
  const organizations = new Set(zone.organizations.map((name) => name.replace(/^organizations\//, '')))
  const isNamed = ({ text }: Principal) => principals.has(text) || principals.has(text.toLowerCase())

  function ofProject(project: string): Standing {
    if (projects.has(project)) return INSIDE
    if (!/^\d+$/.test(project)) return OUTSIDE
    // A number is the other name of some project; without the numbers of the zone's projects it may be one of them.
    const listed = zone.accounts.filter((account) => /^(projects\/)?\d+$/.test(account)).length
    const ownNumber = own.projects.some((name) => /^\d+$/.test(name))
    const others = zone.accounts.some((account) => !own.projects.includes(account.replace(/^projects\//, '')))
    if (listed > 0 || (ownNumber && !others)) return OUTSIDE
    return { kind: 'unknown', why: `whether project number ${project} is a project of the zone is not known` }
  }

  function ofEmail(principal: Principal & { readonly email: string }): Standing {
    const { email } = principal
    if (principals.has(email) || domains.has(domainOf(email))) return INSIDE
    const project = projectOfAccount(email)
    return project === null ? OUTSIDE : ofProject(project)
  }

  function standing(principal: Principal): Standing {
    if (isNamed(principal)) return INSIDE
    switch (principal.kind) {
      case 'all-users':
      case 'all-authenticated':
        return OUTSIDE
      case 'deleted':
        return { kind: 'dead' }
      case 'user':
      case 'service-account':
        return ofEmail(principal)
      case 'group': {
        const found = ofEmail(principal)
        return found.kind === 'inside'
          ? { kind: 'inside', why: `the members of ${principal.text} were not read: it counts as inside, as its domain is` }
          : found
      }
      case 'domain':
        return domains.has(principal.domain) ? INSIDE : OUTSIDE
      case 'role-holders':
        return ofProject(principal.project)
      case 'workload': {
        const found = ofProject(/projects\/([^/]+)/.exec(principal.pool)![1]!)
        return found.kind === 'inside'
          ? {
              kind: 'inside',
              why: `whom the pool of ${principal.text} lets in was not read: it counts as inside, as its project is`,
            }
          : found
      }
      case 'workforce':
        return [...principals].some((name) => name.includes(principal.pool))
          ? INSIDE
          : { kind: 'unknown', why: `whose workforce pool ${principal.text} belongs to is not known` }
      case 'belonging':
        return ofBelonging(principal.to)
      case 'customer':
        return { kind: 'unknown', why: `whose customer number ${principal.id} is, is not known` }
      case 'not-understood':
        return { kind: 'unknown', why: `the member ${principal.text.slice(0, 120)} is not understood` }
    }
  }

  function ofBelonging(to: string): Standing {
    const [kind, id] = to.split('/') as [string, string]
    if (kind === 'projects') return ofProject(id)
    if (kind === 'organizations') return organizations.has(id) ? INSIDE : OUTSIDE
    const isOwn = own.folders.includes(id) && own.organizations.some((name) => organizations.has(name))
    return isOwn ? INSIDE : { kind: 'unknown', why: `whether the folder ${id} is in the zone is not known` }
  }

  return { standing }
}

/** The project, by id or number, that a service account belongs to; null for Google's own accounts and for other addresses. */
function projectOfAccount(email: string): string | null {
  const [, name, domain] = /^(.+)@(.+)$/.exec(email) ?? []
  if (!name || !domain) {
    const kubernetes = /^(.+)\.svc\.id\.goog\[/.exec(email)
    return kubernetes ? kubernetes[1]! : null
  }
  if (domain === 'appspot.gserviceaccount.com') return name
  if (!domain.endsWith('.gserviceaccount.com')) return null
  const number = /^(?:service-|p)?(\d+)(?:-compute|-\d+)?$/.exec(name)
  if (number) return number[1]!
  const project = /^(.+)\.iam\.gserviceaccount\.com$/.exec(domain)
  if (!project || project[1]!.startsWith('gcp-sa-')) return null
  // An account of a project within a domain is called `name@project.example.com.iam.gserviceaccount.com`.
  const [id, ...parent] = project[1]!.split('.')
  return parent.length > 0 ? `${parent.join('.')}:${id}` : id!
}
