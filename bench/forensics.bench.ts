import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import {
  ColumnBatch,
  LOG_FORMATS,
  type LogFormat,
  type NumberColumn,
  sourceClassifier,
  type TextColumn,
} from '../src/forensics/index.ts'
import { openLake } from '../src/query-engines/index.ts'
import { randomNumbers, type TrueLine, trueLines, writeAccessLogs, writeTrailFiles } from './forensics-lines.ts'

// Figures of the log parsers and of the lake's ingest, each as rows per second of one core: CPU seconds of all threads, not wall
// time, so that a busy machine tells the same. What is compared runs in the same run, each part in a process of its own.
// Options: --rows=1000000, --trail-files=100, --only=NAME.

interface Result {
  readonly rows: number
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly note?: string
}

const SEED = 7
const option = (name: string, otherwise: string) => new RegExp(`--${name}=(\\S+)`).exec(process.argv.join(' '))?.[1] ?? otherwise
const ROWS = Number(option('rows', '1000000'))
const TRAIL_FILES = Number(option('trail-files', '100'))
const LOG_FILES = 20

/** Every part, by name: it gets the directory with the logs, and says what it did. */
const PARTS: Readonly<Record<string, (directory: string) => Promise<Result>>> = {
  's3 lines: Ajar, all columns': (directory) =>
    measured(() => parseFiles(formatOf('s3-access-log'), join(directory, 's3'), false)),
  's3 lines: DuckDB read_csv, all columns': (directory) => measured(() => readCsv(join(directory, 's3'))),
  's3 lines: DuckDB read_csv into a table': (directory) => measured(() => readCsvToTable(join(directory, 's3'))),
  's3 lines: Ajar against what was written': (directory) => measured(() => compareWithTruth(join(directory, 's3'))),
  'trail: Ajar, gunzip and all columns': (directory) =>
    measured(() => parseFiles(formatOf('cloudtrail-data-event'), join(directory, 'trail'), true)),
  'trail: DuckDB read_json, the same columns': (directory) => measured(() => readJson(join(directory, 'trail'))),
  'trail: gunzip and JSON.parse alone': (directory) => measured(async () => jsonAlone(join(directory, 'trail'))),
  'lake: text to Parquet, one thread': (directory) => measured(() => ingestAll(directory, 1)),
  'lake: text to Parquet, two threads': (directory) => measured(() => ingestAll(directory, 2)),
  'sources: 10,000 prefixes, each distinct address': () => measured(async () => classifyDistinct()),
  'sources: 10,000 prefixes, rows joined by address': () => measured(classifyRows),
}

function runAll(): void {
  const directory = mkdtempSync(join(tmpdir(), 'ajar-bench-'))
  try {
    mkdirSync(join(directory, 's3'))
    mkdirSync(join(directory, 'trail'))
    const bytes = writeAccessLogs(
      (file) => join(directory, 's3', `2021-01-${String(file + 1).padStart(2, '0')}`),
      LOG_FILES,
      ROWS,
      SEED,
    )
    writeTrailFiles((file) => join(directory, 'trail', `${String(file).padStart(5, '0')}.json.gz`), TRAIL_FILES, SEED)
    console.log(`${ROWS} lines, ${(bytes / 2 ** 20).toFixed(0)} MiB, 5 % hostile; ${TRAIL_FILES} trail files of 500 events`)
    const results = new Map<string, Result>()
    for (const name of Object.keys(PARTS).filter((each) => each.includes(option('only', '')))) {
      const result = spawnPart(name, directory)
      results.set(name, result)
      console.log(row(name, result))
    }
    ratio(results, 's3 lines: Ajar, all columns', 's3 lines: DuckDB read_csv, all columns')
    ratio(results, 's3 lines: Ajar, all columns', 's3 lines: DuckDB read_csv into a table')
    ratio(results, 'trail: Ajar, gunzip and all columns', 'trail: DuckDB read_json, the same columns')
    const [one, two] = [results.get('lake: text to Parquet, one thread'), results.get('lake: text to Parquet, two threads')]
    if (one && two) console.log(`two threads / one: ${(one.wallSeconds / two.wallSeconds).toFixed(2)} × as fast by the clock`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function row(name: string, { rows, cpuSeconds, wallSeconds, note }: Result): string {
  const rate = Math.round(rows / cpuSeconds / 1000)
  return `${name.padEnd(52)} ${String(rate).padStart(6)}k rows / core-s ${cpuSeconds.toFixed(2).padStart(8)} CPU-s ${wallSeconds.toFixed(2).padStart(8)} s${note ? `  ${note}` : ''}`
}

function ratio(results: ReadonlyMap<string, Result>, ours: string, theirs: string): void {
  const [a, b] = [results.get(ours), results.get(theirs)]
  if (a && b) console.log(`${ours} / ${theirs}: ${(a.rows / a.cpuSeconds / (b.rows / b.cpuSeconds)).toFixed(2)} ×`)
}

function spawnPart(name: string, directory: string): Result {
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, 'forensics.bench.ts'),
      `--part=${encodeURIComponent(name)}`,
      `--in=${directory}`,
      `--rows=${ROWS}`,
    ],
    // As the launcher sets it.
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', env: { ...process.env, MALLOC_ARENA_MAX: '2' } },
  )
  if (status !== 0) throw new Error(`${name} ended with ${status}`)
  return JSON.parse(stdout) as Result
}

async function runPart(name: string, directory: string): Promise<void> {
  process.stdout.write(JSON.stringify(await PARTS[name]!(directory)))
}

async function measured(work: () => Promise<{ rows: number; note?: string }>): Promise<Result> {
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  const done = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ...done, cpuSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - startedAt) / 1000 }
}

function formatOf(id: string): LogFormat {
  return LOG_FORMATS.find((format) => format.id === id)!
}

const CHUNK_BYTES = 2 << 20

async function parseFiles(format: LogFormat, directory: string, packed: boolean): Promise<{ rows: number; note: string }> {
  const batch = new ColumnBatch()
  let rows = 0
  let ambiguous = 0
  await eachBatch(format, directory, packed, batch, () => {
    rows += batch.rowCount
    for (let row = 0; row < batch.rowCount; row++) if (batch.numbers.readings[row]! !== 1) ambiguous += 1
  })
  return { rows, note: `${ambiguous} not certain` }
}

async function eachBatch(
  format: LogFormat,
  directory: string,
  packed: boolean,
  batch: ColumnBatch,
  done: () => void,
): Promise<void> {
  const buffer = new Uint8Array(CHUNK_BYTES)
  for (const name of readdirSync(directory).sort()) {
    const reader = format.open()
    if (packed) {
      const bytes = gunzipSync(readFileSync(join(directory, name)))
      for (let from = 0; from < bytes.length; ) {
        const to = Math.min(bytes.length, from + CHUNK_BYTES)
        from += reader.push(bytes.subarray(from, to), from, to === bytes.length, batch)
        done()
        if (to === bytes.length) break
      }
      continue
    }
    const descriptor = openSync(join(directory, name), 'r')
    const { size } = statSync(join(directory, name))
    for (let from = 0; from < size; ) {
      const length = readSync(descriptor, buffer, 0, buffer.length, from)
      from += reader.push(buffer.subarray(0, length), from, from + length === size, batch)
      done()
    }
    closeSync(descriptor)
  }
}

const TEXTS: readonly (readonly [TextColumn, keyof TrueLine])[] = [
  ['remote_ip', 'ip'],
  ['requester', 'requester'],
  ['request_id', 'requestId'],
  ['operation', 'operation'],
  ['key', 'key'],
  ['request_uri', 'uri'],
  ['error_code', 'error'],
  ['referer', 'referer'],
  ['user_agent', 'userAgent'],
  ['version_id', 'versionId'],
  ['host_id', 'hostId'],
  ['host_header', 'host'],
]
const NUMBERS: readonly (readonly [NumberColumn, keyof TrueLine])[] = [
  ['status', 'status'],
  ['bytes_sent', 'bytes'],
  ['object_size', 'size'],
  ['total_time_ms', 'total'],
  ['turn_around_time_ms', 'turn'],
]

/** Every field of every line that is called certain, and the worst case of those that are not, against the generator. */
async function compareWithTruth(directory: string): Promise<{ rows: number; note: string }> {
  const truth = trueLines(ROWS, SEED)
  const batch = new ColumnBatch()
  const found = { rows: 0, wrong: 0, ambiguous: 0, rejected: 0, worstMissed: 0 }
  await eachBatch(formatOf('s3-access-log'), directory, false, batch, () => {
    for (let row = 0; row < batch.rowCount; row++) {
      const line = truth.next().value as TrueLine
      found.rows += 1
      const readings = batch.numbers.readings[row]!
      if (readings === 0) found.rejected += 1
      else if (readings > 1) {
        found.ambiguous += 1
        if (line.status === '200' && batch.numbers.succeeded[row] !== 1) found.worstMissed += 1
      } else found.wrong += wrongFields(batch, row, line)
    }
  })
  const { wrong, ambiguous, rejected, worstMissed } = found
  return {
    rows: found.rows,
    note: `${wrong} wrong fields, ${ambiguous} ambiguous, ${rejected} rejected, ${worstMissed} successes missed`,
  }
}

function wrongFields(batch: ColumnBatch, row: number, line: TrueLine): number {
  let wrong = batch.numbers.time_ms[row] === line.time * 1000 ? 0 : 1
  for (const [column, field] of TEXTS) if ((batch.text(column, row) ?? '-') !== line[field]) wrong += 1
  for (const [column, field] of NUMBERS) if (String(batch.number(column, row) ?? '-') !== line[field]) wrong += 1
  return wrong
}

async function duckdb() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  return instance.connect()
}

const CSV_COLUMNS = Array.from({ length: 28 }, (_, index) => `c${index}`)

/** The options that lose the fewest lines; every column as text. */
function csvOf(directory: string): string {
  return `read_csv('${directory}/*', delim = ' ', quote = '"', escape = '"', header = false, auto_detect = false, strict_mode = false,
    null_padding = true, ignore_errors = true, parallel = false, max_line_size = 1000000,
    columns = {${CSV_COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(', ')}})`
}

/** All columns are asked for, so that none is passed over. */
async function readCsv(directory: string): Promise<{ rows: number; note: string }> {
  const connection = await duckdb()
  const sums = CSV_COLUMNS.map((name) => `count(${name}) AS ${name}, max(${name}) AS m${name}`)
  const reader = await connection.runAndReadAll(
    `SELECT count(*) AS n, count(*) FILTER (WHERE try_cast(c12 AS INTEGER) IS NULL) AS odd, ${sums.join(', ')} FROM ${csvOf(directory)}`,
  )
  const [n, odd] = reader.getRows()[0]!
  return { rows: Number(n), note: `${ROWS - Number(n)} lines lost, ${odd} without a status where it should be` }
}

async function readCsvToTable(directory: string): Promise<{ rows: number }> {
  const connection = await duckdb()
  await connection.run(`CREATE TABLE line AS SELECT * FROM ${csvOf(directory)}`)
  const reader = await connection.runAndReadAll('SELECT count(*) FROM line')
  return { rows: Number(reader.getRows()[0]![0]) }
}

/** The columns that Ajar keeps, out of the records as DuckDB itself unpacks and reads them. */
async function readJson(directory: string): Promise<{ rows: number }> {
  const connection = await duckdb()
  const record = `STRUCT(eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR, userAgent VARCHAR,
    errorCode VARCHAR, requestID VARCHAR, eventID VARCHAR, eventCategory VARCHAR, recipientAccountId VARCHAR, vpcEndpointId VARCHAR,
    userIdentity STRUCT("type" VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, invokedBy VARCHAR), requestParameters JSON,
    additionalEventData STRUCT(SignatureVersion VARCHAR, CipherSuite VARCHAR, AuthenticationMethod VARCHAR, "x-amz-id-2" VARCHAR, bytesTransferredOut BIGINT, bytesTransferredIn BIGINT),
    resources JSON, tlsDetails STRUCT(tlsVersion VARCHAR, cipherSuite VARCHAR, clientProvidedHostHeader VARCHAR))[]`
  await connection.run(`CREATE TABLE event AS SELECT r.eventTime, r.eventName, r.awsRegion, r.sourceIPAddress, r.userAgent, r.errorCode, r.requestID, r.eventID,
      r.recipientAccountId, r.vpcEndpointId, r.userIdentity.arn, r.userIdentity.accountId, r.userIdentity."type" AS principal_type,
      r.requestParameters ->> 'bucketName' AS bucket, r.requestParameters ->> 'key' AS object_key, r.requestParameters AS parameters, r.resources,
      r.additionalEventData.SignatureVersion, r.additionalEventData.CipherSuite, r.additionalEventData.AuthenticationMethod,
      r.additionalEventData."x-amz-id-2" AS host_id, r.additionalEventData.bytesTransferredOut AS bytes_sent, r.tlsDetails.tlsVersion, r.tlsDetails.clientProvidedHostHeader
    FROM (SELECT unnest(Records) AS r FROM read_json('${directory}/*.json.gz', format = 'unstructured', maximum_object_size = 100000000, columns = {Records: '${record}'}))
    WHERE r.eventSource = 's3.amazonaws.com' AND r.eventCategory = 'Data'`)
  const reader = await connection.runAndReadAll('SELECT count(*) FROM event')
  return { rows: Number(reader.getRows()[0]![0]) }
}

function jsonAlone(directory: string): { rows: number } {
  let rows = 0
  for (const name of readdirSync(directory)) {
    const { Records } = JSON.parse(gunzipSync(readFileSync(join(directory, name))).toString('utf8')) as { Records: unknown[] }
    rows += Records.length
  }
  return { rows }
}

async function ingestAll(directory: string, threads: number): Promise<{ rows: number; note: string }> {
  const lake = await openLake({ directory: join(directory, `lake-${threads}`), threads })
  const logs = readdirSync(join(directory, 's3')).map((name) => {
    const absolutePath = join(directory, 's3', name)
    return {
      path: name,
      absolutePath,
      sha256: createHash('sha256').update(name).digest('hex'),
      sizeBytes: statSync(absolutePath).size,
    }
  })
  const { lines } = await lake.ingest(logs)
  await lake.close()
  // Of this process alone: the kernel's usage figure is handed on from the one that started it.
  const peakKiB = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  return {
    rows: lines.read,
    note: `${lines.ambiguous} ambiguous, ${lines.rejected} rejected, ${(peakKiB / 1024).toFixed(0)} MiB resident at most`,
  }
}

const PREFIXES = 10_000

function classifier() {
  const random = randomNumbers(SEED)
  const byte = () => Math.floor(random() * 256)
  const knownNetworks = Array.from({ length: PREFIXES }, (_, index) => ({
    cidr: `${1 + Math.floor(random() * 222)}.${byte()}.${byte()}.0/${16 + Math.floor(random() * 9)}`,
    name: `network-${index}`,
    standing: index % 2 === 0 ? ('known-good' as const) : ('known-scanner' as const),
  }))
  const zone = {
    organizations: [],
    accounts: ['111122223333'],
    principals: [],
    cidrs: ['10.0.0.0/8'],
    vpcs: [],
    vpcEndpoints: [],
    tenants: [],
    domains: [],
  }
  return sourceClassifier({ zone: zone as never, knownNetworks: knownNetworks as never, asOf: '2021-06-01T00:00:00Z' })
}

function classifyDistinct(): { rows: number; note: string } {
  const standingOf = classifier()
  const random = randomNumbers(SEED + 1)
  const count = 1_000_000
  const seen = { known: 0 }
  for (let index = 0; index < count; index++) {
    const ip = `${1 + Math.floor(random() * 222)}.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}.${index & 255}`
    if (standingOf({ ip, requester: null }).network !== null) seen.known += 1
  }
  return { rows: count, note: `${seen.known} in a known network` }
}

/** As the lake does it: each distinct address is classified once, and rows are joined with it by equality. */
async function classifyRows(): Promise<{ rows: number; note: string }> {
  const rows = 10_000_000
  const connection = await duckdb()
  await connection.run(`CREATE TABLE request AS SELECT
    concat(1 + hash(i % 50000) % 222, '.', hash(i % 50000 + 1) % 256, '.', hash(i % 50000 + 2) % 256, '.', i % 200) AS remote_ip FROM range(${rows}) AS numbers(i)`)
  const before = process.cpuUsage()
  const standingOf = classifier()
  const distinct = await connection.runAndReadAll('SELECT DISTINCT remote_ip FROM request')
  const ips = distinct.getColumns()[0]! as string[]
  await connection.run('CREATE TABLE source (remote_ip VARCHAR, standing VARCHAR)')
  const appender = await connection.createAppender('source')
  for (const ip of ips) {
    appender.appendVarchar(ip)
    appender.appendVarchar(standingOf({ ip, requester: null }).standing)
    appender.endRow()
  }
  appender.closeSync()
  await connection.runAndReadAll('SELECT standing, count(*) FROM request JOIN source USING (remote_ip) GROUP BY 1')
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  return { rows, note: `${ips.length} distinct; without making the rows ${(rows / seconds / 1e6).toFixed(2)} M rows / core-s` }
}

const part = option('part', '')
if (part !== '') await runPart(decodeURIComponent(part), option('in', ''))
else runAll()
