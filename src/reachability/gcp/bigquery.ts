import type { Json, ResourceConfiguration, Verdicts } from '../../model/index.ts'
import type { ReachContext, ReachModel } from '../reach-model.ts'
import { decisive, isKnown, isRecord, type Members } from '../readings.ts'
import { facetOf } from './facets.ts'
import { parseAllowPolicy } from './iam/allow-policy.ts'
import { googleContext, type GoogleContext, type Grants, type GrantSource } from './iam/context.ts'
import { parseExpr } from './iam/condition.ts'
import { decideDoor } from './iam/decide-door.ts'
import type { Grant } from './iam/door.ts'
import { type Family, plainName, usesOf } from './iam/family.ts'
import { parsePrincipal } from './iam/principals.ts'

const service = 'bigquery.googleapis.com'
const TABLE = 'bigquery.googleapis.com/Table'
const TABLES = { type: TABLE, suffix: '/tables/' }

const DATASET_USES: Omit<Family, 'parents'> = {
  type: 'bigquery.googleapis.com/Dataset',
  service,
  tells: 'everything',
  permissions: {
    read: [{ permission: 'bigquery.tables.getData', inside: TABLES }],
    list: ['bigquery.tables.list'],
    write: [{ permission: 'bigquery.tables.updateData', inside: TABLES }],
    delete: [{ permission: 'bigquery.tables.delete', inside: TABLES }, 'bigquery.datasets.delete'],
    admin: [
      'bigquery.datasets.setIamPolicy',
      'bigquery.datasets.update',
      { permission: 'bigquery.tables.setIamPolicy', inside: TABLES },
    ],
  },
}

const TABLE_USES: Omit<Family, 'parents'> = {
  type: TABLE,
  service,
  tells: 'everything',
  permissions: {
    read: ['bigquery.tables.getData'],
    list: ['bigquery.tables.get'],
    write: ['bigquery.tables.updateData'],
    delete: ['bigquery.tables.delete'],
    admin: ['bigquery.tables.setIamPolicy'],
  },
}

/** Datasets and tables of BigQuery. */
export const BIGQUERY_MODELS: readonly ReachModel[] = [
  { types: ['bigquery.googleapis.com/Dataset'], decide: decideDataset },
  { types: [TABLE], decide: decideTable },
]

/** Who can reach the tables of a dataset: whom its access entries name, which its allow policy repeats, and whom the project lets in. */
function decideDataset(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const google = googleContext(configuration, context, { service, ownPolicy: false })
  const own = datasetGrants(configuration, google)
  const { remarks, grants } = own
  return decideDoor(
    google.door({ uses: usesOf(DATASET_USES, plainName(configuration.resource.id)), furtherGrants: grants, remarks }),
  )
}

/** A table is reached through its own policy and through its dataset, which must be among the related resources. */
function decideTable(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const google = googleContext(configuration, context, { service })
  const { id } = configuration.resource
  const datasetId = id.replace(/\/tables\/.*$/, '')
  const dataset = context.related?.find(({ resource }) => resource.id === datasetId)
  const own = dataset
    ? datasetGrants(dataset, google)
    : { grants: [{ grants: { problem: 'the access entries of its dataset were not read' } }], remarks: [] }
  return decideDoor(google.door({ uses: usesOf(TABLE_USES, plainName(id)), furtherGrants: own.grants, remarks: own.remarks }))
}

interface DatasetGrants {
  readonly grants: readonly GrantSource[]
  readonly remarks: readonly string[]
}

/** The access entries say everything; the allow policy says the same but for authorised views, routines and datasets. */
function datasetGrants(configuration: ResourceConfiguration, google: GoogleContext): DatasetGrants {
  const place = `the dataset ${configuration.resource.name}`
  const access = facetOf(configuration, 'access')
  const policy = facetOf(configuration, 'iamPolicy')
  const entries = decisive(
    access,
    'access entries',
    (json) => accessGrants(json, place, google),
    (): Grants => ({ known: [] }),
  )
  const remarks = viewRemarks(access?.status === 'read' ? access.value : null)
  if (policy === undefined) return { grants: [{ grants: entries }], remarks }
  const bindings = decisive(
    policy,
    'allow policy',
    (json) => parseAllowPolicy(json, place),
    () => ({ known: [] }),
  )
  const granted: Grants = isKnown(bindings) ? { known: bindings.known.map(google.grantOf) } : bindings
  // Beside the policy, the entries say whom views, routines and datasets show tables to: that is reading.
  return { grants: [{ grants: granted }, { grants: entries, bearsOn: ['read'] }], remarks }
}

const BASIC_ROLES: Readonly<Record<string, string>> = {
  READER: 'roles/bigquery.dataViewer',
  WRITER: 'roles/bigquery.dataEditor',
  OWNER: 'roles/bigquery.dataOwner',
}

function accessGrants(json: Json, place: string, google: GoogleContext): Grants {
  if (!Array.isArray(json)) return { problem: `the access entries of ${place} are not understood` }
  const grants: Grant[] = []
  for (const [index, entry] of (json as readonly Json[]).entries()) {
    const grant = isRecord(entry) ? accessGrant(entry, `access entry ${index + 1} of ${place}`, google) : null
    if (!grant) return { problem: `access entry ${index + 1} of ${place} is not understood` }
    grants.push(grant)
  }
  return { known: grants }
}

function accessGrant(entry: Members, label: string, google: GoogleContext): Grant | null {
  const shown = authorised(entry)
  if (shown) {
    // Who may query an authorised view sees what it shows, and its project decides who may.
    return {
      ...google.grantOf({
        role: '',
        members: [parsePrincipal(`projectOwner:${shown.project}`)],
        condition: { kind: 'none' },
        label,
      }),
      holds: (permission) => permission === 'bigquery.tables.getData',
    }
  }
  const member = memberOf(entry, google)
  const { role, condition = null } = entry
  if (member === null || typeof role !== 'string') return null
  return google.grantOf({
    role: BASIC_ROLES[role] ?? role,
    members: [parsePrincipal(member)],
    condition: parseExpr(condition),
    label: `${label} (${role})`,
  })
}

const SPECIAL_GROUPS: Readonly<Record<string, string>> = {
  projectOwners: 'projectOwner',
  projectWriters: 'projectEditor',
  projectReaders: 'projectViewer',
}

function memberOf({ userByEmail, groupByEmail, domain, specialGroup, iamMember }: Members, google: GoogleContext): string | null {
  if (typeof iamMember === 'string') return iamMember
  if (typeof userByEmail === 'string') {
    return `${userByEmail.endsWith('gserviceaccount.com') ? 'serviceAccount' : 'user'}:${userByEmail}`
  }
  if (typeof groupByEmail === 'string') return `group:${groupByEmail}`
  if (typeof domain === 'string') return `domain:${domain}`
  if (specialGroup === 'allAuthenticatedUsers' || specialGroup === 'allUsers') return specialGroup
  const kind = typeof specialGroup === 'string' ? SPECIAL_GROUPS[specialGroup] : undefined
  return kind === undefined ? null : `${kind}:${google.hierarchy.own.projects[0] ?? ''}`
}

/** The authorised view, routine or dataset of an entry. */
function authorised({ view, routine, dataset }: Members): { readonly project: string; readonly name: string } | null {
  const target = isRecord(dataset) && isRecord(dataset.dataset) ? dataset.dataset : (view ?? routine ?? dataset)
  if (!isRecord(target) || typeof target.projectId !== 'string') return null
  const parts = [target.projectId, target.datasetId, target.tableId ?? target.routineId]
  return { project: target.projectId, name: parts.filter((part) => typeof part === 'string').join('.') }
}

function viewRemarks(json: Json): readonly string[] {
  const entries = Array.isArray(json) ? (json as readonly Json[]).filter(isRecord) : []
  const names = entries.flatMap((entry) => authorised(entry)?.name ?? [])
  return names.map((name) => `indirect: ${name} is authorised, and shows tables to whoever may use it, which was not read`)
}
