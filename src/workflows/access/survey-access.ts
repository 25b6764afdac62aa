import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginsOutside, sessionChains, sourceClassifier } from '../../forensics/index.ts'
import type { Unread, ZoneOfTrust } from '../../model/index.ts'
import { compareText } from '../../model/index.ts'
import { type IngestReport, type Lake, type LogFile, openLake } from '../../query-engines/index.ts'
import { zoneFromEvidence } from '../investigate/zone.ts'
import type { AccessAnswer } from './answer.ts'
import { askedStores, periodOf, storeNameIn } from './asked-stores.ts'
import { composeAnswer } from './compose-answer.ts'
import type { Found } from './found.ts'
import { type DigestedFile, givenFiles, type GivenFiles, LogFilesError } from './given-logs.ts'
import { loggingKnowledge, type LoggingKnowledge } from './logging-knowledge.ts'
import type { AccessOptions } from './options.ts'
import { readTrails } from './trail-readings.ts'

/**
 * Log files → who came, and what the logs could have shown. Works on logs alone: what else lies beside them (AWS Config and CloudTrail files, saved command-line
 * output) is read for the history of the logging configuration. A LogFilesError names what was given and cannot be used.
 */
export async function surveyAccess(options: AccessOptions): Promise<AccessAnswer> {
  const temporary = mkdtempSync(join(tmpdir(), 'ajar-access-'))
  try {
    options.onProgress?.({ stage: 'Finding out what the files are' })
    const given = await givenFiles(options.paths, join(temporary, 'files'), options.signal)
    const lake = await openLake({
      directory: options.lakeDirectory ?? join(temporary, 'lake'),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    try {
      return await askLake(lake, given, options)
    } finally {
      await lake.close()
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function askLake(lake: Lake, given: GivenFiles, options: AccessOptions): Promise<AccessAnswer> {
  const logs = logFilesOf(given.files)
  const ingested = await lake.ingest(logs, {
    onProgress: ({ files, ofFiles }) =>
      options.onProgress?.({ stage: 'Reading logs', done: files, total: ofFiles, unit: 'files' }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  await lake.askOnlyOf([...new Set(given.files.map(({ sha256 }) => sha256))])
  const knowledge = await loggingKnowledge(given.files, options)
  const unread = notRead(given, ingested, knowledge)
  refuseWithoutLogs(options, given, ingested, knowledge, unread)
  const trails = await readTrails(
    logs.filter(({ layout }) => layout === 'aws-cloudtrail'),
    options.signal,
  )
  const zone = options.zone ?? (await zoneFound(lake, knowledge))
  const { knownNetworks, namedNetworks, asOf } = options
  const standingOf = sourceClassifier({ zone, knownNetworks, namedNetworks, asOf })
  const chains = sessionChains(trails.sessions)
  const outside = chains.filter((chain) =>
    beginsOutside(
      chain,
      ({ principal, account, ip }) =>
        account !== null && standingOf({ requester: principal, account, ip }).standing === 'outside',
    ),
  )
  const outsideSessions = new Set(outside.map(({ session }) => session))
  const unnamed = await nameUnnamed(lake, options)
  const logged = await lake.loggedStores()
  const stores = askedStores(logged, options.resource, knowledge.loggingHistory)
  const everyStore = askedStores(logged, null, [])
  const period = periodOf(options, stores) ?? periodOf(options, everyStore)
  options.onProgress?.({ stage: 'Asking the logs who came' })
  const survey = await lake.survey({
    bucket: options.resource === null ? null : stores[0]!.name,
    window: period ?? { from: asOf, to: asOf },
    sources: { zone, knownNetworks, namedNetworks, outsideSessions },
    asOf,
  })
  const hours = await lake.storeHours()
  const records = options.recordsFile === null ? null : await recordsIn(lake, options.recordsFile, options)
  return composeAnswer(
    {
      survey,
      stores,
      everyStore,
      hours,
      period,
      zone,
      chains,
      outsideSessions,
      trails,
      knowledge,
      ingested,
      given,
      unread,
      unnamed,
      records,
      standingOf,
    },
    options,
  )
}

/** Requests of logs that do not name their store are the asked one's where no log names that; otherwise they stand under the log's kind. */
async function nameUnnamed(lake: Lake, { resource }: AccessOptions): Promise<Found['unnamed']> {
  const kinds = await lake.kindsWithoutStore()
  if (kinds.length === 0) return null
  const isNamed = resource !== null && askedStores(await lake.loggedStores(), resource, []).some(({ seen }) => seen !== null)
  const store = resource === null || isNamed ? `(${kinds.join(', ')})` : storeNameIn(resource)
  await lake.takeUnnamedFor(store)
  return { kinds, store }
}

async function recordsIn(lake: Lake, file: string, { onProgress }: AccessOptions): Promise<AccessAnswer['records']> {
  onProgress?.({ stage: 'Writing the records' })
  return { file, written: await lake.writeRecords(file) }
}

/** Logs by layout, and every file of unknown layout: what it begins with tells whether it is a log. */
function logFilesOf(files: readonly DigestedFile[]): readonly LogFile[] {
  return files.flatMap(({ layout, path, absolutePath, sha256, sizeBytes }): LogFile[] => {
    if (layout === 's3-access-log' || layout === 'aws-cloudtrail') return [{ path, absolutePath, sha256, sizeBytes, layout }]
    return layout === 'unknown' && sizeBytes > 0 ? [{ path, absolutePath, sha256, sizeBytes }] : []
  })
}

/** Everything that was not read, or not to its end, each file once; a log that discovery does not know is no such file. */
function notRead(given: GivenFiles, ingested: IngestReport, knowledge: LoggingKnowledge): readonly Unread[] {
  const tried = new Set(ingested.files.map(({ path }) => path))
  const all = [
    ...ingested.unread.map((each) => (each.code === 'unknown-layout' ? { ...each, ...NO_LOG } : each)),
    ...given.unread.filter(({ what, code }) => !(tried.has(what) && (code === 'unknown-layout' || code === 'unsupported'))),
    ...knowledge.unread,
  ]
  const first = new Map<string, Unread>()
  for (const each of all) {
    const name = `${each.what}\n${each.place?.offset ?? ''}`
    if (!first.has(name) && !(first.has(`${each.what}\n`) && each.place?.offset === undefined)) first.set(name, each)
  }
  return [...first.values()].sort((a, b) => compareText(a.what, b.what) || (a.place?.offset ?? 0) - (b.place?.offset ?? 0))
}

const NO_LOG = {
  detail: 'What it begins with is no log and no configuration that is known; it was not read.',
  lost: 'Whatever it says.',
}
const MOST_NAMED = 5

function refuseWithoutLogs(
  { paths }: AccessOptions,
  { files }: GivenFiles,
  ingested: IngestReport,
  { loggingHistory }: LoggingKnowledge,
  unread: readonly Unread[],
): void {
  if (ingested.lines.read > 0 || loggingHistory.length > 0) return
  const reasons = unread.slice(0, MOST_NAMED).map(({ what, detail }) => `\n  ${what}: ${detail}`)
  const more = unread.length > MOST_NAMED ? `\n  and ${unread.length - MOST_NAMED} more` : ''
  throw new LogFilesError(
    `No log line is in ${paths.join(', ')} (${files.length} ${files.length === 1 ? 'file' : 'files'}). ` +
      `Give S3 server access logs, CloudTrail files or another log as it was delivered, plain or compressed.${reasons.join('')}${more}`,
  )
}

async function zoneFound(lake: Lake, { accounts, resources }: LoggingKnowledge): Promise<ZoneOfTrust & { source: string }> {
  const recipients = await lake.recipientAccounts()
  const found = zoneFromEvidence(accounts, resources)
  const all = [...new Set([...found.accounts, ...recipients])].sort(compareText)
  return {
    ...found,
    accounts: all,
    source: all.length === 0 && found.organizations.length === 0 ? 'none: only a bucket’s own owner is inside' : found.source,
  }
}
