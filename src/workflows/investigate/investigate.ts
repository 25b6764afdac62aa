import { relative, resolve } from 'node:path'
import { discoverEvidence } from '../../connectors/index.ts'
import { type BatchHandle, type History, openHistory } from '../../history/index.ts'
import type { CaseDocument } from '../../model/index.ts'
import { openLake } from '../../query-engines/index.ts'
import { BUILT_IN_RULES, loadRules, type RuleSet } from '../../rules/index.ts'
import { keyIdentity, FingerprintKeyError, loadFingerprintKey } from '../fingerprint-key.ts'
import { readDocuments } from '../case/read-revisions.ts'
import { assembleCase } from './assemble-case.ts'
import { decideWindows } from './decide-windows.ts'
import { judge } from './judge.ts'
import { knowEverything } from './knowledge.ts'
import { measureExposures } from './measure-exposures.ts'
import type { InvestigateOptions } from './options.ts'
import { recordEvidence } from './record-evidence.ts'
import { zoneFromEvidence } from './zone.ts'

/**
 * Evidence on disk → one revision of the case. What an interrupted run had finished is not read again; the revision is
 * kept in the store only when it is whole.
 */
export async function investigate(options: InvestigateOptions): Promise<CaseDocument> {
  // What can be wrong with the request is found out before anything is opened or read.
  const rules = options.rules === null ? BUILT_IN_RULES : loadRules(options.rules.text, options.rules.where)
  refuseStoreAmongEvidence(options)
  const key = await loadFingerprintKey(options.keyFile, options.store)
  options.onProgress?.({ stage: 'Finding out what the directories hold' })
  const discovery = await discoverEvidence(options.directories, options.signal === undefined ? {} : { signal: options.signal })
  const history = await openHistory({
    store: options.store,
    ...(options.onNotice === undefined ? {} : { onNotice: options.onNotice }),
    ...(isServer(options.store) ? { lakeDirectory: options.lakeDirectory } : {}),
  })
  try {
    await refuseAnotherKey(history, key, options)
    const lake = await openLake({
      directory: history.lakeDirectory,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    })
    try {
      const batch = await history.beginBatch({ recordedAt: options.recordedAt, name: batchName(options.directories) })
      await recordEvidence({ history, lake, batch, key }, discovery, options)
      return await concludeBatch(history, lake, batch, rules, options)
    } finally {
      await lake.close()
    }
  } finally {
    await history.close()
  }
}

/** The store cannot be kept where it was asked for. */
class StorePlaceError extends Error {
  override readonly name = 'StorePlaceError'
}

type Lake = Awaited<ReturnType<typeof openLake>>

/** From everything that is now known to the document of this revision. */
async function concludeBatch(
  history: History,
  lake: Lake,
  batch: BatchHandle,
  rules: RuleSet,
  options: InvestigateOptions,
): Promise<CaseDocument> {
  const { asOf, signal, onProgress } = options
  onProgress?.({ stage: 'Deciding who could reach what, and since when' })
  const knowledge = await knowEverything(history, lake)
  const zone =
    options.zone ??
    zoneFromEvidence(
      knowledge.accounts,
      knowledge.observations.map(({ resource }) => resource),
    )
  const stores = decideWindows(knowledge.observations, zone, asOf)
  signal?.throwIfAborted()
  const measured = await measureExposures({ history, lake, knowledge, stores, zone }, options)
  signal?.throwIfAborted()
  onProgress?.({ stage: 'Judging by the rules and the laws' })
  const earlier = await readDocuments(history)
  const judged = judge({ knowledge, stores, measured, earlier, rules }, options)
  const document = assembleCase({
    knowledge,
    stores,
    measured,
    judged,
    zone,
    batch,
    asOf,
    batches: await history.batches(),
    ledger: await history.ledger.pending(batch),
    previous: earlier.at(-1) ?? null,
  })
  await history.finishBatch(batch, document)
  return document
}

/** Fingerprints of two keys never match, so a store keeps to the key it began with. */
async function refuseAnotherKey(history: History, key: Uint8Array, { keyFile, store }: InvestigateOptions): Promise<void> {
  const identity = keyIdentity(key)
  const kept = await history.keepSetting('fingerprint-key', identity)
  if (kept === identity) return
  throw new FingerprintKeyError(
    `The store ${isServer(store) ? 'on PostgreSQL' : store} was made with another fingerprint key than ${keyFile}: name that key's file with AJAR_KEY_FILE, or use another store.`,
  )
}

/** A store that grows among the evidence would be taken for evidence by the next run. */
function refuseStoreAmongEvidence({ store, directories }: InvestigateOptions): void {
  if (isServer(store)) return
  const inside = directories.find((directory) => !relative(resolve(directory), resolve(store)).startsWith('..'))
  if (inside !== undefined)
    throw new StorePlaceError(`The store ${store} lies inside the evidence ${inside}: name another place with --store.`)
}

/** The last folder of each directory given: enough to tell batches apart, and the same wherever the evidence lies. */
function batchName(directories: readonly string[]): string {
  return directories
    .map(
      (directory) =>
        directory
          .replace(/[\\/]+$/, '')
          .split(/[\\/]/)
          .at(-1) || 'evidence',
    )
    .join(', ')
}

function isServer(store: string): boolean {
  return /^postgres(ql)?:/i.test(store)
}
