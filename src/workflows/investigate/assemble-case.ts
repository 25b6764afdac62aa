import type { BatchSummary, BatchHandle, LedgerHead } from '../../history/index.ts'
import {
  type Audience,
  type CaseDocument,
  type CaseExposure,
  type CaseFile,
  compareText,
  type Instant,
  type Unread,
  type ZoneOfTrust,
} from '../../model/index.ts'
import { checkClaims } from '../case/claims.ts'
import { compareRevisions } from '../case/compare-revisions.ts'
import { isWhole } from './copied-objects.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Judged } from './judge.ts'
import type { Knowledge } from './knowledge.ts'
import type { ExposedObject, Measured, MeasuredExposure } from './measure-exposures.ts'
import { WIDEST_FIRST, widestOf } from './widest-audience.ts'

const MAX_FILES_PER_STORE = 2_000

interface Parts {
  readonly knowledge: Knowledge
  readonly stores: readonly DecidedStore[]
  readonly measured: Measured
  readonly judged: Judged
  readonly zone: ZoneOfTrust & { readonly source: string }
  readonly batch: BatchHandle
  readonly asOf: Instant
  readonly batches: readonly BatchSummary[]
  readonly ledger: LedgerHead
  readonly previous: CaseDocument | null
}

/** The document of one revision: what every stage found, in one fixed order. */
export function assembleCase(parts: Parts): CaseDocument {
  const { knowledge, measured, judged, zone, batch, asOf, previous } = parts
  const exposures = measured.exposures.map((exposure) => toCaseExposure(exposure, parts)).sort(byWeight)
  const { files, omitted } = exposedFiles(measured)
  const draft: Omit<CaseDocument, 'changes' | 'ledger'> = {
    schema: 'https://leftajar.example/schema/case-1.json',
    case: 'AJ-1',
    revision: batch.revision,
    supersedes: batch.revision > 1 ? batch.revision - 1 : null,
    knownAt: batch.recordedAt,
    asOf,
    zone,
    batches: parts.batches.map(({ revision, recordedAt, name, files: given, newFiles }) => ({
      revision,
      recordedAt,
      name,
      files: given,
      newFiles,
    })),
    estate: describeEstate(parts),
    people: {
      ...measured.people.overall,
      byElementSet: measured.people.byElementSet,
      byAudience: measured.people.byAudience,
      sumOverStores: measured.people.sumOverStores,
      byStores: measured.people.byStores,
      linking: measured.people.linking,
    },
    exposures,
    files,
    filesOmitted: omitted,
    unread: merge([...knowledge.unread, ...notReadHere(parts)].sort(byPlace)),
    violations: judged.violations,
    plans: judged.plans,
    obligations: judged.obligations,
    regimes: judged.regimes,
    notices: judged.notices,
    claims: checkClaims(exposures, judged.lookedFor),
    notes: [],
  }
  return {
    ...draft,
    changes: compareRevisions(previous, draft),
    ledger: { entries: parts.ledger.entries, head: parts.ledger.head },
  }
}

function toCaseExposure({ id, resource, window, objects, held, access }: MeasuredExposure, { measured }: Parts): CaseExposure {
  const counted = measured.people.byExposure[id]!
  const sizes = objects.map(({ sizeBytes }) => sizeBytes)
  return {
    resource: resource.id,
    type: resource.type,
    account: resource.account,
    region: resource.region,
    name: resource.name,
    audience: window.audience,
    certain: window.certain,
    verdicts: window.verdicts,
    window: window.window,
    accessWindows: window.accessWindows,
    changes: window.changes.map(({ at, text }) => ({ at: { notBefore: at.notBefore, notAfter: at.notAfter }, text })),
    objects: objects.length,
    bytes: sizes.some((size) => size === null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    bytesExamined: objects.reduce((sum, { reports }) => sum + reports.reduce((bytes, { bytesRead }) => bytes + bytesRead, 0), 0),
    objectsNotRead: objects.filter((object) => statusOf(object) !== 'read').length,
    elements: counted.byElement,
    people: counted.people,
    held,
    access,
  }
}

/** Widest audience first, then most people, then the store's id and the order of its windows. */
function byWeight(left: CaseExposure, right: CaseExposure): number {
  return (
    WIDEST_FIRST.indexOf(left.audience) - WIDEST_FIRST.indexOf(right.audience) ||
    right.people.total - left.people.total ||
    compareText(left.resource, right.resource) ||
    compareText(left.window.opened.notAfter ?? '', right.window.opened.notAfter ?? '')
  )
}

/** Exposed files in which personal data were found, or that could not be read; the ones with most records first. */
function exposedFiles({ exposures, people }: Measured): { files: CaseFile[]; omitted: number } {
  const byStore = Map.groupBy(
    exposures.flatMap((exposure) => exposure.objects.map((object) => ({ exposure, object }))),
    ({ exposure }) => exposure.resource.id,
  )
  const listed = [...byStore.keys()].sort(compareText).map((store) => {
    const firstOfKey = new Map(
      byStore
        .get(store)!
        .toReversed()
        .map((entry) => [entry.object.key, entry]),
    )
    const files = [...firstOfKey.values()]
      .map(({ exposure, object }) => toCaseFile(exposure, object, people.byExposure[exposure.id]!.byFile[object.key] ?? 0))
      .filter(({ elements, status }) => elements.length > 0 || status !== 'read')
      .sort((left, right) => right.records - left.records || compareText(left.key, right.key))
    return { files: files.slice(0, MAX_FILES_PER_STORE), omitted: Math.max(0, files.length - MAX_FILES_PER_STORE) }
  })
  return { files: listed.flatMap(({ files }) => files), omitted: listed.reduce((sum, { omitted }) => sum + omitted, 0) }
}

function toCaseFile({ resource }: MeasuredExposure, object: ExposedObject, personCount: number): CaseFile {
  const { key, sizeBytes, reports, exposures } = object
  const largest = reports.toSorted(
    (left, right) => right.recordCount - left.recordCount || compareText(left.sha256, right.sha256),
  )[0]
  return {
    resource: resource.id,
    key,
    format: largest?.format ?? 'unknown',
    sizeBytes,
    status: statusOf(object),
    records: largest?.recordCount ?? 0,
    people: personCount,
    elements: (largest?.elements ?? []).map(({ element, records, confidence }) => ({ element, records, confidence })),
    exposed: exposures[0]!.window,
  }
}

function statusOf({ reports }: ExposedObject): CaseFile['status'] {
  if (reports.length === 0 || reports.every(({ bytesRead, sizeBytes }) => bytesRead === 0 && sizeBytes > 0)) return 'not-read'
  return reports.every(isWhole) ? 'read' : 'partly-read'
}

function describeEstate({ knowledge, stores }: Parts): CaseDocument['estate'] {
  const widest = stores.map(({ current }) =>
    current === null ? 'none' : widestOf(Object.values(current.verdicts).map(({ audience }) => audience)),
  )
  const byAudience = Object.fromEntries(
    WIDEST_FIRST.map((audience) => [audience, widest.filter((each) => each === audience).length]),
  )
  const accounts = new Set([...knowledge.accounts.map(({ id }) => id), ...stores.map(({ resource }) => resource.account)])
  return {
    accounts: accounts.size,
    resources: stores.length,
    decided: stores.length - byAudience.undecided!,
    undecided: byAudience.undecided!,
    byAudience: byAudience as Record<Audience, number>,
    evidenceFiles: knowledge.evidence.files,
    evidenceBytes: knowledge.evidence.bytes,
  }
}

/** What no file of the evidence could tell, said once. */
function notReadHere({ stores, measured, knowledge }: Parts): Unread[] {
  const decided = new Set(stores.map(({ resource }) => resource.id))
  const unconfigured = [...knowledge.copies.keys()].filter((store) => !decided.has(store)).sort(compareText)
  const buckets = stores.filter(({ resource }) => resource.type === 'AWS::S3::Bucket')
  const exposed = new Map(measured.exposures.map(({ resource }) => [resource.id, resource]))
  const databases = [...exposed.values()].filter(({ type }) => type.startsWith('AWS::RDS::'))
  return [
    ...(buckets.length === 0
      ? []
      : [
          {
            what: 'object ACLs',
            code: 'unsupported',
            detail: `No source in the evidence tells the ACLs of single objects in the ${buckets.length} buckets.`,
            lost: 'A single object opened by its own ACL, in a bucket whose ACLs are in force, would not be seen.',
          } satisfies Unread,
        ]),
    ...unconfigured.map(
      (store): Unread => ({
        what: store,
        code: 'unsupported',
        detail: `Copies of objects of ${store} are in the evidence, and nothing of how it is configured.`,
        lost: 'Whether outsiders could reach it is not known: the people in its objects are in no count.',
      }),
    ),
    ...databases.map(
      ({ id, name }): Unread => ({
        what: id,
        code: 'unsupported',
        detail: `The contents of the database ${name} are not in the evidence.`,
        lost: 'Whose data it holds is not known: its people are in no count.',
      }),
    ),
  ]
}

/** The same failure in many files is said once, with the names of the others. */
function merge(unread: readonly Unread[]): Unread[] {
  const alike = Map.groupBy(unread, ({ code, detail, lost }) => JSON.stringify([code, detail, lost]))
  return [...alike.values()].map((group) => {
    const [first, ...others] = group as [Unread, ...Unread[]]
    const also = [...new Set(others.map(({ what }) => what))].filter((what) => what !== first.what).sort(compareText)
    return also.length === 0 ? first : { ...first, also }
  })
}

function byPlace(left: Unread, right: Unread): number {
  return (
    compareText(left.what, right.what) ||
    (left.place?.offset ?? -1) - (right.place?.offset ?? -1) ||
    compareText(left.code, right.code) ||
    compareText(left.detail, right.detail)
  )
}
