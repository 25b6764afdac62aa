import { sql, type Transaction } from 'kysely'
import {
  canonicalJson,
  epochMs,
  type EvidenceRef,
  type InventoryMark,
  type Instant,
  type Json,
  type ObjectSighting,
  type Observation,
  type OrganizationAccount,
  type Reading,
  type ResourceRef,
  type Unread,
} from '../model/index.ts'
import { bulkInsert } from './bulk-insert.ts'
import { contentKey, sha256Hex } from './digests.ts'
import { toColumn } from './column-text.ts'
import type { EvidenceItems, FileOutcome, GivenFile, RecordedFile, StoredObject } from './recording-input.ts'
import type { Tables } from './tables.ts'

/** Where items come from: the row of their file, and its path, which is not written again with each of them. */
interface Origin {
  readonly revision: number
  readonly evidenceId: number
  readonly path: string
}

/** Records one file of evidence with all its items; does nothing when its digest is there already. */
export async function insertEvidence(
  trx: Transaction<Tables>,
  revision: number,
  file: RecordedFile,
  items: EvidenceItems | AsyncIterable<EvidenceItems>,
): Promise<void> {
  await insertGiven(trx, revision, [file])
  const inserted = await trx
    .withSchema('ajar')
    .insertInto('evidence_file')
    .values({ sha256: file.sha256, revision, path: toColumn(file.path), layout: file.layout, size_bytes: file.sizeBytes })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .returning('evidence_id')
    .executeTakeFirst()
  if (!inserted) return
  const origin: Origin = { revision, evidenceId: Number(inserted.evidence_id), path: file.path }
  if (!(Symbol.asyncIterator in items)) return insertItems(trx, origin, items)
  for await (const part of items) await insertItems(trx, origin, part)
}

/** Records files whose contents are kept elsewhere, all at once; those that are there already are left as they are. */
export async function insertFiles(trx: Transaction<Tables>, revision: number, files: readonly FileOutcome[]): Promise<void> {
  await insertGiven(
    trx,
    revision,
    files.map(({ file }) => file),
  )
  await bulkInsert(
    trx,
    files.map(({ file }) => ({
      sha256: file.sha256,
      revision,
      path: toColumn(file.path),
      layout: file.layout,
      size_bytes: file.sizeBytes,
    })),
    'sha256 text, revision integer, path text, layout text, size_bytes bigint',
    (from) => sql`insert into ajar.evidence_file (sha256, revision, path, layout, size_bytes)
      select sha256, revision, path, layout, size_bytes from ${from} on conflict do nothing`,
  )
  for (const { file, unread } of files) {
    if (unread.length === 0) continue
    const { rows } = await sql<{ evidence_id: string | number }>`
      select evidence_id from ajar.evidence_file where sha256 = ${file.sha256} and revision = ${revision}`.execute(trx)
    if (rows[0]) await insertUnread(trx, revision, Number(rows[0].evidence_id), unread)
  }
}

async function insertItems(trx: Transaction<Tables>, origin: Origin, items: EvidenceItems): Promise<void> {
  if (items.observations?.length) await insertObservations(trx, origin, items.observations)
  if (items.accounts?.length) await insertAccounts(trx, origin, items.accounts)
  if (items.sightings?.length) await insertSightings(trx, origin, items.sightings)
  if (items.inventories?.length) await insertInventories(trx, origin, items.inventories)
  if (items.unread?.length) await insertUnread(trx, origin.revision, origin.evidenceId, items.unread)
}

/** Records which files a batch was given, seen before or not. */
export async function insertGiven(trx: Transaction<Tables>, revision: number, files: readonly GivenFile[]): Promise<void> {
  const rows = files.map((file) => ({
    given_key: contentKey(revision, file.path, file.sha256),
    revision,
    path: toColumn(file.path),
    sha256: file.sha256,
    size_bytes: file.sizeBytes,
  }))
  await bulkInsert(
    trx,
    rows,
    'given_key uuid, revision integer, path text, sha256 text, size_bytes bigint',
    (from) => sql`insert into ajar.given_file select * from ${from} on conflict do nothing`,
  )
}

/** Records what could not be read, with the file it belongs to or without one. */
export async function insertUnread(
  trx: Transaction<Tables>,
  revision: number,
  evidenceId: number | null,
  unread: readonly Unread[],
): Promise<void> {
  const rows = unread.map((each) => {
    const body = canonicalJson(each as unknown as Json)
    return { unread_key: contentKey(revision, evidenceId, body), evidence_id: evidenceId, revision, body }
  })
  await bulkInsert(
    trx,
    rows,
    'unread_key uuid, evidence_id bigint, revision integer, body text',
    (from) => sql`insert into ajar.unread select * from ${from} on conflict do nothing`,
  )
}

/** Records copies of objects; the same copy twice is one. */
export async function insertObjects(trx: Transaction<Tables>, revision: number, objects: readonly StoredObject[]): Promise<void> {
  const rows = objects.map((object) => ({
    copy_key: contentKey(object.store, object.key, object.sha256, object.path),
    revision,
    store: toColumn(object.store),
    key: toColumn(object.key),
    sha256: object.sha256,
    path: toColumn(object.path),
    size_bytes: object.sizeBytes,
  }))
  await bulkInsert(
    trx,
    rows,
    'copy_key uuid, revision integer, store text, key text, sha256 text, path text, size_bytes bigint',
    (from) => sql`insert into ajar.object_copy select * from ${from} on conflict do nothing`,
  )
}

async function insertObservations(trx: Transaction<Tables>, origin: Origin, observations: readonly Observation[]): Promise<void> {
  const resources = new Map<string, ResourceRef>()
  const values = new Map<string, { digest: string; status: string; body: string }>()
  const rows = observations.map((observation) => {
    const { resource } = observation
    const resourceKey = contentKey(resource.id, resource.type, resource.account, resource.region, resource.name)
    resources.set(resourceKey, resource)
    const value = valueRow(observation.value)
    values.set(value.digest, value)
    return {
      ...placeColumns(origin, observation.evidence),
      resource_key: resourceKey,
      facet: toColumn(observation.facet),
      kind: observation.kind,
      source: observation.source,
      valid_from_ms: moment(observation.validFrom),
      digest: value.digest,
    }
  })
  await insertResources(trx, resources)
  await bulkInsert(
    trx,
    values.values(),
    'digest text, status text, body text',
    (from) => sql`insert into ajar.configuration_value select * from ${from} on conflict do nothing`,
  )
  await bulkInsert(
    trx,
    rows,
    `${PLACE_TYPES}, resource_key uuid, facet text, kind text, source text, valid_from_ms bigint, digest text`,
    (from) => sql`insert into ajar.observation
      (${sql.raw(PLACE_NAMES)}, resource_key, facet, kind, source, valid_from_ms, digest) select * from ${from}`,
  )
}

async function insertResources(trx: Transaction<Tables>, resources: ReadonlyMap<string, ResourceRef>): Promise<void> {
  const rows = Array.from(resources, ([resource_key, resource]) => ({
    resource_key,
    id: toColumn(resource.id),
    type: toColumn(resource.type),
    account: toColumn(resource.account),
    region: toColumn(resource.region),
    name: toColumn(resource.name),
  }))
  await bulkInsert(
    trx,
    rows,
    'resource_key uuid, id text, type text, account text, region text, name text',
    (from) => sql`insert into ajar.resource select * from ${from} on conflict do nothing`,
  )
}

async function insertAccounts(trx: Transaction<Tables>, origin: Origin, accounts: readonly OrganizationAccount[]): Promise<void> {
  const rows = accounts.map((account) => {
    const body = canonicalJson(account as unknown as Json)
    return { account_key: contentKey(body), evidence_id: origin.evidenceId, revision: origin.revision, body }
  })
  await bulkInsert(
    trx,
    rows,
    'account_key uuid, evidence_id bigint, revision integer, body text',
    (from) => sql`insert into ajar.organization_account select * from ${from} on conflict do nothing`,
  )
}

async function insertSightings(trx: Transaction<Tables>, origin: Origin, sightings: readonly ObjectSighting[]): Promise<void> {
  const rows = sightings.values().map((sighting) => ({
    ...placeColumns(origin, sighting.evidence),
    store: toColumn(sighting.store),
    key: toColumn(sighting.key),
    version_id: sighting.versionId === null ? null : toColumn(sighting.versionId),
    kind: sighting.kind,
    at_ms: moment(sighting.at),
    last_modified_ms: sighting.lastModified === null ? null : moment(sighting.lastModified),
    size_bytes: sighting.sizeBytes,
  }))
  await bulkInsert(
    trx,
    rows,
    `${PLACE_TYPES}, store text, key text, version_id text, kind text, at_ms bigint, last_modified_ms bigint, size_bytes bigint`,
    (from) => sql`insert into ajar.object_sighting
      (${sql.raw(PLACE_NAMES)}, store, key, version_id, kind, at_ms, last_modified_ms, size_bytes) select * from ${from}`,
  )
}

async function insertInventories(trx: Transaction<Tables>, origin: Origin, inventories: readonly InventoryMark[]): Promise<void> {
  const rows = inventories.map((mark) => ({
    ...placeColumns(origin, mark.evidence),
    store: toColumn(mark.store),
    at_ms: moment(mark.at),
  }))
  await bulkInsert(
    trx,
    rows,
    `${PLACE_TYPES}, store text, at_ms bigint`,
    (from) => sql`insert into ajar.inventory_mark (${sql.raw(PLACE_NAMES)}, store, at_ms) select * from ${from}`,
  )
}

const PLACE_NAMES = 'evidence_id, revision, evidence_path, evidence_offset, evidence_record'
const PLACE_TYPES = 'evidence_id bigint, revision integer, evidence_path text, evidence_offset bigint, evidence_record text'

function placeColumns(origin: Origin, place: EvidenceRef) {
  return {
    evidence_id: origin.evidenceId,
    revision: origin.revision,
    evidence_path: place.file === origin.path ? null : toColumn(place.file),
    evidence_offset: place.offset ?? null,
    evidence_record: place.record === undefined ? null : toColumn(place.record),
  }
}

/** Keys are sorted, so that the text does not depend on which of two equal values was recorded first. */
function valueRow(value: Reading<Json>): { digest: string; status: string; body: string } {
  const body = canonicalJson(value.status === 'read' ? value.value : (value as unknown as Json))
  return { digest: sha256Hex(`${value.status}\n${body}`), status: value.status, body }
}

function moment(when: Instant): number {
  const ms = epochMs(when)
  if (Number.isNaN(ms)) throw new RangeError(`"${when}" is not an instant.`)
  return ms
}
