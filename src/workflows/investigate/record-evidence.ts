import { createHash } from 'node:crypto'
import { digestFiles, type Discovery, type EvidenceItem, readEvidence } from '../../connectors/index.ts'
import type { BatchHandle, EvidenceItems, History, RecordedContent, RecordedFile } from '../../history/index.ts'
import type {
  ContentReport,
  EvidenceFile,
  InventoryMark,
  ObjectSighting,
  Observation,
  OrganizationAccount,
  Unread,
} from '../../model/index.ts'
import type { Lake } from '../../query-engines/index.ts'
import { scanFiles } from '../../workers/index.ts'
import type { InvestigateOptions } from './options.ts'

const ITEMS_PER_PART = 5_000
const CONTENTS_PER_WRITE = 16
const UNREAD_CODES: readonly Unread['code'][] = [
  'unreadable',
  'truncated',
  'unsupported',
  'too-large',
  'bomb',
  'encrypted',
  'empty',
]

interface Places {
  readonly history: History
  readonly lake: Lake
  readonly batch: BatchHandle
  readonly key: Uint8Array
}

type ProblemsByFile = ReadonlyMap<string, readonly Unread[]>
type DigestedFile = EvidenceFile & { readonly sha256: string }

/** Records everything in what was found that was not recorded before; every file counts once, by its digest. */
export async function recordEvidence(places: Places, discovery: Discovery, options: InvestigateOptions): Promise<void> {
  const { history, batch } = places
  const { files, unread } = await digest(discovery.files, options)
  await history.recordUnread(batch, [...discovery.unread, ...unread])
  await history.recordGiven(batch, files)
  await recordObjects(places, files)
  const seen = await history.seen([...new Set(files.map(({ sha256 }) => sha256))])
  const fresh = firstOfEachDigest(files).filter(({ sha256 }) => !seen.has(sha256))
  const problems = await ingestLogs(places, fresh, options)
  await recordAccessLogs(places, fresh, problems)
  await recordDescriptions(places, fresh, discovery.files, problems, options)
  await scanObjects(places, fresh, options)
}

/** Digests of all files; one that cannot be read is named, and the others go on. */
async function digest(
  files: readonly EvidenceFile[],
  options: InvestigateOptions,
): Promise<{ files: DigestedFile[]; unread: Unread[] }> {
  options.onProgress?.({ stage: 'Taking digests', total: files.length, unit: 'files' })
  const digests = await digestFiles(
    files.map(({ absolutePath }) => absolutePath),
    options.signal,
  )
  const digested = files.flatMap((file, index): DigestedFile[] => {
    const result = digests[index]
    return result ? [{ ...file, sha256: identity(file, result.sha256), sizeBytes: result.sizeBytes }] : []
  })
  const unread = files
    .filter((_, index) => !digests[index])
    .map(
      ({ path }): Unread => ({
        what: path,
        place: { file: path },
        code: 'unreadable',
        detail: 'The file could not be read from the disk.',
        lost: 'Whatever it holds is not known.',
      }),
    )
  return { files: digested, unread }
}

/** What a command printed may mean another resource under another name: two such files are the same only if both agree. */
function identity({ layout, path }: EvidenceFile, sha256: string): string {
  return layout === 'aws-cli' ? createHash('sha256').update(`${sha256} ${path}`).digest('hex') : sha256
}

/** Access logs and trails go to the lake first: a file counts as recorded only when its lines are there. */
async function ingestLogs(
  { lake }: Places,
  fresh: readonly DigestedFile[],
  options: InvestigateOptions,
): Promise<ProblemsByFile> {
  const logs = fresh.flatMap(({ layout, ...file }) =>
    layout === 's3-access-log' || layout === 'aws-cloudtrail' ? [{ ...file, layout }] : [],
  )
  if (logs.length === 0) return new Map()
  const { unread } = await lake.ingest(logs, {
    ...withSignal(options),
    onProgress: ({ files, ofFiles }) =>
      options.onProgress?.({ stage: 'Reading access logs into the lake', done: files, total: ofFiles, unit: 'files' }),
  })
  return Map.groupBy(unread, ({ place, what }) => place?.file ?? what)
}

async function recordAccessLogs(
  { history, batch }: Places,
  fresh: readonly DigestedFile[],
  problems: ProblemsByFile,
): Promise<void> {
  const logs = fresh.filter(({ layout }) => layout === 's3-access-log')
  await history.recordFiles(
    batch,
    logs.map((file) => ({ file: recorded(file), unread: problems.get(file.path) ?? [] })),
  )
}

/** Configuration, events, inventories, account lists and unknown files: everything but access logs and objects. */
async function recordDescriptions(
  { history, batch }: Places,
  fresh: readonly DigestedFile[],
  all: readonly EvidenceFile[],
  problems: ProblemsByFile,
  options: InvestigateOptions,
): Promise<void> {
  const described = fresh.filter(({ layout }) => layout !== 'object' && layout !== 's3-access-log')
  const byPath = new Map(all.map((file) => [file.path, file]))
  let done = 0
  for (const file of described) {
    options.signal?.throwIfAborted()
    const items = readEvidence(file, { related: (path) => byPath.get(path), takenAt: options.recordedAt, ...withSignal(options) })
    await history.recordEvidence(batch, recorded(file), inParts(items, problems.get(file.path) ?? []))
    done += 1
    options.onProgress?.({ stage: 'Reading configuration, events and inventories', done, total: described.length, unit: 'files' })
  }
}

/** Every copy of an object is noted with its store and key, whether its bytes were seen before or not. */
async function recordObjects(places: Places, files: readonly DigestedFile[]): Promise<void> {
  const copies = files.flatMap(({ object, sha256, path, sizeBytes }) =>
    object === undefined ? [] : [{ store: bucketArn(object.bucket), key: object.key, sha256, path, sizeBytes }],
  )
  await places.history.recordObject(places.batch, copies)
}

/** Contents are read once, whatever objects they are the bytes of; a file counts as recorded when its content is. */
async function scanObjects(places: Places, fresh: readonly DigestedFile[], options: InvestigateOptions): Promise<void> {
  const objects = fresh.filter(({ layout }) => layout === 'object')
  const bySha = new Map(objects.map((file) => [file.sha256, file]))
  let done = 0
  let waiting: RecordedContent[] = []
  const write = async () => {
    const contents = waiting
    waiting = []
    await places.history.recordContent(contents)
    await places.history.recordFiles(
      places.batch,
      contents.map(({ report }) => ({
        file: recorded(bySha.get(report.sha256)!),
        unread: unreadIn(report, bySha.get(report.sha256)!),
      })),
    )
  }
  await scanFiles(
    objects.map(({ sha256, absolutePath, path, sizeBytes }) => ({ sha256, absolutePath, name: path, sizeBytes })),
    {
      fingerprintKey: places.key,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      ...withSignal(options),
      onResult: async (content) => {
        waiting.push(content)
        done += 1
        options.onProgress?.({ stage: 'Looking for personal data in objects', done, total: objects.length, unit: 'files' })
        if (waiting.length >= CONTENTS_PER_WRITE) await write()
      },
    },
  )
  await write()
}

/** Items in parts that fit in memory, the problems that another reader of the same file met among them. */
async function* inParts(items: AsyncIterable<EvidenceItem>, problems: readonly Unread[]): AsyncGenerator<EvidenceItems> {
  let part = emptyPart()
  part.unread.push(...problems)
  let held = 0
  for await (const item of items) {
    addItem(part, item)
    held += 1
    if (held < ITEMS_PER_PART) continue
    yield part
    part = emptyPart()
    held = 0
  }
  yield part
}

/** What of an object could not be read, in the words of the case. */
function unreadIn(report: ContentReport, { path }: DigestedFile): Unread[] {
  return report.problems.map(({ code, detail, offset }) => ({
    what: path,
    place: { file: path, ...(offset === undefined ? {} : { offset }) },
    code: UNREAD_CODES.find((known) => known === code) ?? 'malformed',
    detail,
    lost: `${report.bytesRead} of ${report.sizeBytes} bytes were examined for personal data; the rest is held and not read.`,
  }))
}

function emptyPart() {
  return {
    observations: [] as Observation[],
    accounts: [] as OrganizationAccount[],
    sightings: [] as ObjectSighting[],
    inventories: [] as InventoryMark[],
    unread: [] as Unread[],
  }
}

function addItem(part: ReturnType<typeof emptyPart>, item: EvidenceItem): void {
  switch (item.kind) {
    case 'observation':
      part.observations.push(item.observation)
      break
    case 'account':
      part.accounts.push(item.account)
      break
    case 'sighting':
      part.sightings.push(item.sighting)
      break
    case 'inventory':
      part.inventories.push(item.mark)
      break
    case 'unread':
      part.unread.push(item.unread)
  }
}

function recorded({ path, sha256, sizeBytes, layout }: DigestedFile): RecordedFile {
  return { path, sha256, sizeBytes, layout }
}

function firstOfEachDigest(files: readonly DigestedFile[]): DigestedFile[] {
  const first = new Map<string, DigestedFile>()
  for (const file of files) if (!first.has(file.sha256)) first.set(file.sha256, file)
  return [...first.values()]
}

function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`
}

function withSignal({ signal }: InvestigateOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}
