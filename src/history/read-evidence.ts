import { sql, type RawBuilder, type Transaction } from 'kysely'
import {
  compareInstants,
  compareText,
  instant,
  type EvidenceLayout,
  type EvidenceRef,
  type InventoryMark,
  type Json,
  type ObjectSighting,
  type Observation,
  type OrganizationAccount,
  type Reading,
  type ResourceRef,
  type Unread,
} from '../model/index.ts'
import { fromColumn } from './column-text.ts'
import type { RecordedFile, StoredObject } from './recording-input.ts'
import type { Tables } from './tables.ts'

/** An evidence file with the revision whose batch brought it first. */
export interface KnownFile extends RecordedFile {
  readonly revision: number
}

const PAGE_ROWS = 20_000

/** Every observation up to a revision, by moment, resource, facet, source and place. */
export async function readObservations(trx: Transaction<Tables>, revision: number): Promise<Observation[]> {
  const paths = await evidencePaths(trx, revision)
  const resources = new Map<string, ResourceRef>()
  const readings = new Map<string, Reading<Json>>()
  const found: Observation[] = []
  const query = sql<ObservationRow>`select o.*, r.id, r.type, r.account, r.region, r.name
    from ajar.observation o join ajar.resource r using (resource_key) where o.revision <= ${sql.lit(revision)}`
  await loadReadings(trx, revision, readings)
  for await (const row of pages(trx, query)) {
    const resource = resources.get(row.resource_key) ?? resourceOf(row)
    resources.set(row.resource_key, resource)
    found.push({
      resource,
      facet: fromColumn(row.facet),
      kind: row.kind as Observation['kind'],
      validFrom: instant(Number(row.valid_from_ms)),
      value: readings.get(row.digest) as Reading<Json>,
      source: row.source as Observation['source'],
      evidence: placeOf(row, paths),
    })
  }
  const order = new Map(Array.from(readings.keys(), (digest, index) => [readings.get(digest), index]))
  return found.sort(
    (left, right) =>
      compareInstants(left.validFrom, right.validFrom) ||
      compareText(left.resource.id, right.resource.id) ||
      compareText(left.facet, right.facet) ||
      compareText(left.source, right.source) ||
      compareText(left.kind, right.kind) ||
      comparePlaces(left.evidence, right.evidence) ||
      compareResources(left.resource, right.resource) ||
      (order.get(left.value) as number) - (order.get(right.value) as number),
  )
}

/** What sources said of objects, by store, key, moment and place. */
export async function readSightings(trx: Transaction<Tables>, revision: number): Promise<ObjectSighting[]> {
  const paths = await evidencePaths(trx, revision)
  const texts = new Map<string, string>()
  const found: ObjectSighting[] = []
  const query = sql<SightingRow>`select * from ajar.object_sighting where revision <= ${sql.lit(revision)}`
  for await (const row of pages(trx, query)) {
    found.push({
      store: shared(texts, row.store),
      key: shared(texts, row.key),
      versionId: row.version_id === null ? null : fromColumn(row.version_id),
      kind: row.kind as ObjectSighting['kind'],
      at: instant(Number(row.at_ms)),
      lastModified: row.last_modified_ms === null ? null : instant(Number(row.last_modified_ms)),
      sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
      evidence: placeOf(row, paths),
    })
  }
  return found.sort(
    (left, right) =>
      compareText(left.store, right.store) ||
      compareText(left.key, right.key) ||
      compareInstants(left.at, right.at) ||
      compareText(left.kind, right.kind) ||
      compareText(left.versionId ?? '', right.versionId ?? '') ||
      comparePlaces(left.evidence, right.evidence) ||
      compareText(JSON.stringify(left), JSON.stringify(right)),
  )
}

/** Inventories of whole stores, by store, moment and place. */
export async function readInventories(trx: Transaction<Tables>, revision: number): Promise<InventoryMark[]> {
  const paths = await evidencePaths(trx, revision)
  const found: InventoryMark[] = []
  const query = sql<InventoryRow>`select * from ajar.inventory_mark where revision <= ${sql.lit(revision)}`
  for await (const row of pages(trx, query)) {
    found.push({ store: fromColumn(row.store), at: instant(Number(row.at_ms)), evidence: placeOf(row, paths) })
  }
  return found.sort(
    (left, right) =>
      compareText(left.store, right.store) || compareInstants(left.at, right.at) || comparePlaces(left.evidence, right.evidence),
  )
}

/** Accounts by id; of an account that was listed more than once, the listing learned last. */
export async function readAccounts(trx: Transaction<Tables>, revision: number): Promise<OrganizationAccount[]> {
  const { rows } = await sql<{ body: string }>`select body from ajar.organization_account
    where revision <= ${sql.lit(revision)} order by revision, body collate "C"`.execute(trx)
  const latest = new Map<string, OrganizationAccount>()
  for (const row of rows) {
    const account = JSON.parse(row.body) as OrganizationAccount
    latest.set(account.id, account)
  }
  return latest
    .values()
    .toArray()
    .sort((left, right) => compareText(left.id, right.id))
}

/**
 * What could not be read, each once, by what and code. A file that nobody could open is left out from the
 * revision on in which a file of the same path was read after all.
 */
export async function readUnread(trx: Transaction<Tables>, revision: number): Promise<Unread[]> {
  const { rows } = await sql<{ body: string; revision: number; evidence_id: unknown }>`
    select body, revision, evidence_id from ajar.unread where revision <= ${sql.lit(revision)}`.execute(trx)
  const given = await sql<{ path: string; revision: number }>`
    select path, max(revision) as revision from ajar.given_file where revision <= ${sql.lit(revision)} group by path`.execute(trx)
  const readIn = new Map(given.rows.map((row) => [fromColumn(row.path), row.revision]))
  const bodies = new Set<string>()
  for (const row of rows) {
    const unread = JSON.parse(row.body) as Unread
    const opened = readIn.get(unread.place?.file ?? unread.what) ?? 0
    if (row.evidence_id !== null || opened <= row.revision) bodies.add(row.body)
  }
  return Array.from(bodies, (body) => ({ body, unread: JSON.parse(body) as Unread }))
    .sort(
      (left, right) =>
        compareText(left.unread.what, right.unread.what) ||
        compareText(left.unread.code, right.unread.code) ||
        compareText(left.body, right.body),
    )
    .map(({ unread }) => unread)
}

/** Copies of objects, by store, key, path and digest. */
export async function readObjects(trx: Transaction<Tables>, revision: number): Promise<(StoredObject & { revision: number })[]> {
  const found: (StoredObject & { revision: number })[] = []
  const query = sql<Tables['object_copy'] & { size_bytes: string | number }>`select * from ajar.object_copy
    where revision <= ${sql.lit(revision)}`
  for await (const row of pages(trx, query)) {
    found.push({
      store: fromColumn(row.store),
      key: fromColumn(row.key),
      sha256: row.sha256,
      path: fromColumn(row.path),
      sizeBytes: Number(row.size_bytes),
      revision: row.revision,
    })
  }
  return found.sort(
    (left, right) =>
      compareText(left.store, right.store) ||
      compareText(left.key, right.key) ||
      compareText(left.path, right.path) ||
      compareText(left.sha256, right.sha256),
  )
}

/** Files of evidence, by path and digest; of one digest with several paths, the first path. */
export async function readEvidenceFiles(trx: Transaction<Tables>, revision: number): Promise<KnownFile[]> {
  const paths = await evidencePaths(trx, revision)
  const query = sql<FileRow>`select * from ajar.evidence_file where revision <= ${sql.lit(revision)}`
  const found: KnownFile[] = []
  for await (const row of pages(trx, query)) {
    found.push({
      path: paths.get(Number(row.evidence_id)) as string,
      sha256: row.sha256,
      sizeBytes: Number(row.size_bytes),
      layout: row.layout as EvidenceLayout,
      revision: row.revision,
    })
  }
  return found.sort((left, right) => compareText(left.path, right.path) || compareText(left.sha256, right.sha256))
}

/**
 * The path that stands for each evidence file: the first one, in byte order, under which its bytes were given in the
 * batch that brought them. Which copy happened to be read first does not show.
 */
async function evidencePaths(trx: Transaction<Tables>, revision: number): Promise<Map<number, string>> {
  const query = sql<{ evidence_id: string | number; path: string }>`select file.evidence_id, given.path
    from ajar.evidence_file as file
    join (select revision, sha256, min(path collate "C") as path from ajar.given_file group by revision, sha256) as given
      on given.revision = file.revision and given.sha256 = file.sha256
    where file.revision <= ${sql.lit(revision)}`
  const paths = new Map<number, string>()
  for await (const row of pages(trx, query)) paths.set(Number(row.evidence_id), fromColumn(row.path))
  return paths
}

/**
 * Reads a result a page at a time: neither engine has to hold all of it in one answer. Rows travel as JSON text, which
 * the embedded engine hands out three times as fast as columns; 64-bit numbers come as numbers.
 */
export async function* pages<T>(trx: Transaction<Tables>, query: RawBuilder<T>): AsyncGenerator<T> {
  const name = sql.raw(`reading_${++cursors}`)
  await sql`declare ${name} no scroll cursor for
    select row_to_json(found)::text as row from (${query}) as found`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(PAGE_ROWS)} from ${name}`.execute(trx)
    for (const { row } of rows) yield JSON.parse(row) as T
    if (rows.length < PAGE_ROWS) break
  }
  await sql`close ${name}`.execute(trx)
}
let cursors = 0

/** The place of a row, with the path that stands for its file where it names none of its own. */
function placeOf(row: PlaceRow, paths: ReadonlyMap<number, string>): EvidenceRef {
  const file = row.evidence_path === null ? (paths.get(Number(row.evidence_id)) as string) : fromColumn(row.evidence_path)
  return placeAt(file, row)
}

/** A place in a file, with the offset and record of a row. */
export function placeAt(file: string, row: Pick<PlaceRow, 'evidence_offset' | 'evidence_record'>): EvidenceRef {
  return {
    file,
    ...(row.evidence_offset === null ? {} : { offset: Number(row.evidence_offset) }),
    ...(row.evidence_record === null ? {} : { record: fromColumn(row.evidence_record) }),
  }
}

/** The value of a stored reading; `body` is the whole reading where nothing was read. */
export function readingOf(status: string, body: string): Reading<Json> {
  return status === 'read' ? { status, value: JSON.parse(body) as Json } : (JSON.parse(body) as Reading<Json>)
}

export function resourceOf(row: ResourceRow): ResourceRef {
  return {
    id: fromColumn(row.id),
    type: fromColumn(row.type),
    account: fromColumn(row.account),
    region: fromColumn(row.region),
    name: fromColumn(row.name),
  }
}

function comparePlaces(left: EvidenceRef, right: EvidenceRef): number {
  return (
    compareText(left.file, right.file) ||
    (left.offset ?? -1) - (right.offset ?? -1) ||
    compareText(left.record ?? '', right.record ?? '')
  )
}

/** One value object for each distinct value, in the order of digests. */
async function loadReadings(trx: Transaction<Tables>, revision: number, readings: Map<string, Reading<Json>>): Promise<void> {
  const query = sql<{ digest: string; status: string; body: string }>`select * from ajar.configuration_value
    where digest in (select digest from ajar.observation where revision <= ${sql.lit(revision)}) order by digest collate "C"`
  for await (const row of pages(trx, query)) readings.set(row.digest, readingOf(row.status, row.body))
}

function compareResources(left: ResourceRef, right: ResourceRef): number {
  return (
    compareText(left.type, right.type) ||
    compareText(left.account, right.account) ||
    compareText(left.region, right.region) ||
    compareText(left.name, right.name)
  )
}

/** Keys come back in thousands of rows: one string for all of them. */
function shared(texts: Map<string, string>, column: string): string {
  let text = texts.get(column)
  if (text === undefined) {
    text = fromColumn(column)
    texts.set(column, text)
  }
  return text
}

export interface PlaceRow {
  evidence_id: string | number
  evidence_path: string | null
  evidence_offset: string | number | null
  evidence_record: string | null
}
export interface ResourceRow {
  id: string
  type: string
  account: string
  region: string
  name: string
}
interface ObservationRow extends PlaceRow, ResourceRow {
  resource_key: string
  facet: string
  kind: string
  source: string
  valid_from_ms: string | number
  digest: string
}
interface SightingRow extends PlaceRow {
  store: string
  key: string
  version_id: string | null
  kind: string
  at_ms: string | number
  last_modified_ms: string | number | null
  size_bytes: string | number | null
}
interface InventoryRow extends PlaceRow {
  store: string
  at_ms: string | number
}
interface FileRow {
  evidence_id: string | number
  revision: number
  sha256: string
  layout: string
  size_bytes: string | number
}
