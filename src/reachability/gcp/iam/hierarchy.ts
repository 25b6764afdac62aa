import type { Json, Reading, ResourceConfiguration } from '../../../model/index.ts'
import { decisive, isRecord, type Known, type Members, narrowing } from '../../readings.ts'
import { type Binding, parseAllowPolicy } from './allow-policy.ts'
import { type DenyRule, parseDenyPolicies } from './deny-policy.ts'
import { type OrganizationPolicies, parseOrganizationPolicies } from './organization-policy.ts'
import type { OwnPlace } from './standing.ts'

/** A project, folder or organisation above a resource. */
export interface Level {
  /** `projects/…`, `folders/…` or `organizations/…`. */
  readonly name: string
  readonly bindings: Known<readonly Binding[]>
  readonly denyRules: Known<readonly DenyRule[]>
  readonly organizationPolicies: OrganizationPolicies
}

/** What stands above a resource, nearest first, and by which names its own project goes. */
export interface Hierarchy {
  readonly levels: Known<readonly Level[]>
  readonly own: OwnPlace
}

const LEVEL_TYPE = /^cloudresourcemanager\.googleapis\.com\/(Project|Folder|Organization)$/
const MANAGER = '//cloudresourcemanager.googleapis.com/'

/**
 * Reads what is above a resource from its `ancestors`: the levels themselves, `{"name","iamPolicy","denyPolicies","orgPolicies"}`,
 * or their names as the asset inventory lists them, with the levels among the related resources. Deny policies, which only ever
 * narrow and are seldom set, are taken as not set where a level does not have them at all.
 */
export function hierarchyOf({ resource, facets }: ResourceConfiguration, related: readonly ResourceConfiguration[]): Hierarchy {
  const relatedLevels = related.filter(({ resource: { type } }) => LEVEL_TYPE.test(type))
  const place = (entries: readonly Json[]) => entries.map((entry) => levelOf(entry, related))
  const given = facets.ancestors ?? (relatedLevels.length > 0 ? namesOf(relatedLevels) : undefined)
  const raw = decisive(given, 'the project, folders and organisation above it', listOf, () => ({ known: [] }))
  const levels: Known<readonly Level[]> = 'problem' in raw ? raw : { known: place(raw.known) }
  const records = 'problem' in raw ? [] : raw.known.filter(isRecord)
  return { levels, own: ownPlace(resource, facets.projectNumber, levels, records) }
}

function listOf(json: Json): Known<readonly Json[]> {
  if (!Array.isArray(json)) return { problem: 'the list of what is above it is not understood' }
  const entries = json as readonly Json[]
  const understood = entries.every((entry) => levelName(entry) !== null)
  return understood ? { known: entries } : { problem: 'the list of what is above it is not understood' }
}

function levelName(entry: Json): string | null {
  const name = isRecord(entry) ? entry.name : entry
  return typeof name === 'string' && name.includes('/') ? plainName(name) : null
}

/** `projects/…` for what the resource manager manages; a full resource name for anything else. */
function plainName(name: string): string {
  return name.startsWith(MANAGER) ? name.slice(MANAGER.length) : name
}

/** The levels that were read by themselves, from the project up to the organisation. */
function namesOf(related: readonly ResourceConfiguration[]): Reading<Json> {
  const order = ['Project', 'Folder', 'Organization']
  const kindOf = ({ resource }: ResourceConfiguration) => order.indexOf(LEVEL_TYPE.exec(resource.type)![1]!)
  const names = related.toSorted((a, b) => kindOf(a) - kindOf(b)).map(({ resource }) => resource.id)
  return { status: 'read', value: names }
}

function levelOf(entry: Json, related: readonly ResourceConfiguration[]): Level {
  const name = levelName(entry)!
  const byItself = related.find(({ resource }) => plainName(resource.id) === name)?.facets ?? {}
  const facet = (...names: readonly string[]): Reading<Json> | undefined => {
    for (const candidate of names) {
      const value = isRecord(entry) ? entry[candidate] : undefined
      if (value !== undefined) return value === null ? { status: 'absent' } : { status: 'read', value }
      if (byItself[candidate]) return byItself[candidate]
    }
    return undefined
  }
  return {
    name,
    bindings: decisive(
      facet('iamPolicy'),
      `allow policy of ${name}`,
      (json) => parseAllowPolicy(json, name),
      () => ({ known: [] }),
    ),
    denyRules: narrowing(facet('denyPolicies'), `deny policies of ${name}`, (json) => parseDenyPolicies(json, name), []),
    organizationPolicies: decisive<readonly Json[]>(
      facet('orgPolicies', 'organizationPolicies', 'orgPolicy'),
      `organisation policies of ${name}`,
      (json) => parseOrganizationPolicies(json, name),
      () => ({ known: [] }),
    ),
  }
}

function ownPlace(
  { account, id }: ResourceConfiguration['resource'],
  projectNumber: Reading<Json> | undefined,
  levels: Known<readonly Level[]>,
  records: readonly Members[],
): OwnPlace {
  const names = 'known' in levels ? levels.known.map(({ name }) => name) : []
  const idsOf = (kind: string) => names.filter((name) => name.startsWith(`${kind}/`)).map((name) => name.slice(kind.length + 1))
  const number = projectNumber?.status === 'read' ? String(projectNumber.value) : ''
  const others = records.flatMap(({ projectId, projectNumber: itsNumber }) => [projectId, itsNumber].filter(isName).map(String))
  // The names of buckets hold no project.
  const named = /\/projects\/([^/]+)\//.exec(id)?.[1] ?? '_'
  const projects = [
    account.replace(/^projects\//, ''),
    named === '_' ? '' : named,
    number,
    ...idsOf('projects'),
    ...others,
  ].filter((name) => name !== '')
  return { projects: [...new Set(projects)], folders: idsOf('folders'), organizations: idsOf('organizations') }
}

function isName(json: Json | undefined): boolean {
  return typeof json === 'string' || typeof json === 'number'
}

/** The level of a parent that is not of the resource manager: a dataset, a key ring. */
export function parentLevel(id: string, related: readonly ResourceConfiguration[]): Level {
  return levelOf(id, related)
}
