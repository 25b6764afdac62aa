import { sql, type Transaction } from 'kysely'
import { canonicalJson, compareText, type CaseDocument, type Json } from '../model/index.ts'
import { bulkInsert } from './bulk-insert.ts'
import { sha256Hex } from './digests.ts'
import { pages, readEvidenceFiles, readObjects } from './read-evidence.ts'
import type { Tables } from './tables.ts'

/** How long the chain is, and the hash of its last entry; 64 zeros for an empty one. */
export interface LedgerHead {
  readonly entries: number
  readonly head: string
}

/** The first entry, counted from 1, that does not fit the chain or what the store holds. */
export interface LedgerBreak {
  readonly entry: number
  readonly why: string
}

const EMPTY: LedgerHead = { entries: 0, head: '0'.repeat(64) }

/** The chain as far as batches are finished. */
export async function readLedgerHead(trx: Transaction<Tables>): Promise<LedgerHead> {
  const { rows } = await sql<{ entry: string | number; hash: string }>`
    select entry, hash from ajar.ledger order by entry desc limit 1`.execute(trx)
  return rows[0] ? { entries: Number(rows[0].entry), head: rows[0].hash } : EMPTY
}

/** The chain as it will be when the evidence of a revision is appended to it; the revision's own entry comes after. */
export async function readPendingHead(trx: Transaction<Tables>, revision: number): Promise<LedgerHead> {
  return chain(await readLedgerHead(trx), await evidenceEntries(trx, revision)).end
}

/** Appends what a revision rests on, in sorted order, and then its document. */
export async function appendToLedger(
  trx: Transaction<Tables>,
  revision: number,
  recordedAt: string,
  document: string,
): Promise<void> {
  const bodies = [...(await evidenceEntries(trx, revision)), revisionEntry(revision, recordedAt, document)]
  const { rows } = chain(await readLedgerHead(trx), bodies)
  await bulkInsert(trx, rows, 'entry bigint, body text, hash text', (from) => sql`insert into ajar.ledger select * from ${from}`)
}

/** Walks the whole chain: every hash, and every entry against what the store holds now. */
export async function verifyLedger(
  trx: Transaction<Tables>,
  finished: readonly { readonly revision: number; readonly recordedAt: string }[],
): Promise<LedgerHead & { readonly broken?: LedgerBreak }> {
  const recorded = await sql<{ count: string | number }>`select count(*) as count from ajar.ledger`.execute(trx)
  const end = { ...(await readLedgerHead(trx)), entries: Number(recorded.rows[0]?.count ?? 0) }
  const expected = await allEntries(trx, finished)
  const walk = sql<{ entry: string | number; body: string; hash: string }>`select * from ajar.ledger order by entry`
  let previous = EMPTY
  for await (const row of pages(trx, walk)) {
    const why = flawOf(row, previous, expected[previous.entries])
    if (why) return { ...end, broken: { entry: previous.entries + 1, why } }
    previous = { entries: previous.entries + 1, head: row.hash }
  }
  if (previous.entries === expected.length) return end
  const missing = `The entry is missing; it should attest ${expected[previous.entries]}.`
  return { ...end, broken: { entry: previous.entries + 1, why: missing } }
}

function flawOf(row: { entry: string | number; body: string; hash: string }, previous: LedgerHead, expected: string | undefined) {
  if (Number(row.entry) !== previous.entries + 1) return `Entry ${previous.entries + 1} is missing; the next one is ${row.entry}.`
  if (sha256Hex(previous.head + row.body) !== row.hash) return 'The hash is not that of the entry and the hash before it.'
  if (expected === undefined) return `The entry attests ${row.body}, which no finished revision holds.`
  if (expected !== row.body) return `The entry attests ${row.body}, and the store holds ${expected}.`
  return null
}

async function allEntries(
  trx: Transaction<Tables>,
  finished: readonly { readonly revision: number; readonly recordedAt: string }[],
): Promise<string[]> {
  const entries: string[] = []
  for (const { revision, recordedAt } of finished) {
    const document = await sql<{ document: string }>`select document from ajar.revision where revision = ${revision}`.execute(trx)
    entries.push(...(await evidenceEntries(trx, revision)))
    entries.push(revisionEntry(revision, recordedAt, document.rows[0]?.document ?? 'null'))
  }
  return entries
}

/** One entry for each file and object copy that the revision's batch brought: files, then copies, each in the order of their texts. */
async function evidenceEntries(trx: Transaction<Tables>, revision: number): Promise<string[]> {
  const files = (await readEvidenceFiles(trx, revision))
    .filter((file) => file.revision === revision)
    .map((file) => canonicalJson({ kind: 'evidence', ...file }))
  const objects = (await readObjects(trx, revision))
    .filter((object) => object.revision === revision)
    .map((object) => canonicalJson({ kind: 'object', ...object }))
  return [...files.sort(compareText), ...objects.sort(compareText)]
}

function revisionEntry(revision: number, recordedAt: string, document: string): string {
  const digest = sha256Hex(canonicalJson(JSON.parse(document) as CaseDocument as unknown as Json))
  return canonicalJson({ kind: 'revision', revision, recordedAt, document: digest })
}

function chain(from: LedgerHead, bodies: readonly string[]) {
  let end = from
  const rows = bodies.map((body) => {
    end = { entries: end.entries + 1, head: sha256Hex(end.head + body) }
    return { entry: end.entries, body, hash: end.head }
  })
  return { rows, end }
}
