import type { LogFormat, LogSettings } from './log-format.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { LineReader, NO_RECORD } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * PostgreSQL logs, of RDS and others: who connected, was let in, was refused, and left. Statements and other messages are
 * passed over. The prefix of a line is read for its time, `host(port)`, `[process]` and `user@database`, in whatever order
 * `log_line_prefix` puts them; an authorized connection without an address in its prefix gets that of its process. Names are
 * chosen by the client and stand bare, so that a message can have several readings. A database's name is its store.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.overview.parameter-groups.html
 */
export const postgresqlConnections: LogFormat = {
  id: 'postgresql-connection',
  recognises: ({ lines }) => lines.some((line) => LINE.test(line)),
  open: (settings) => connectionReader(settings),
}

const LINE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [A-Za-z]{2,5}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? ?[+-]\d\d(?::?\d\d)?)(.{0,600}?)(LOG|FATAL|ERROR|WARNING|NOTICE|INFO|DETAIL|HINT|STATEMENT|CONTEXT|PANIC|DEBUG\d?|QUERY|LOCATION): {2}/
const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
/** Processes whose address is remembered; a server has far fewer connections at once. */
const MOST_PROCESSES = 65_536

interface Prefix {
  readonly address: string | null
  readonly process: string | null
  readonly user: string | null
  readonly database: string | null
}

/** One way to read a message. */
interface Message {
  readonly operation: string
  readonly succeeded: boolean | null
  readonly user?: string
  readonly database?: string
  readonly address?: string
  readonly port?: string
  readonly application?: string
  readonly method?: string
  readonly tls?: string
  readonly cipher?: string
}

function connectionReader(settings: LogSettings | undefined): LineReader {
  const writer = new RowWriter()
  const addresses = new Map<string, string>()
  return new LineReader((bytes, start, end, row, batch) => {
    const line = DECODER.decode(bytes.subarray(start, end))
    const match = LINE.exec(line)
    // Messages of several lines go on without a prefix, mostly after a tab.
    if (!match) return NO_RECORD
    const messages = readingsOfMessage(match[3]!, line.slice(match[0].length))
    if (messages.length === 0) return NO_RECORD
    const time = parseIsoTime(match[1]!)
    if (Number.isNaN(time)) return 0
    const prefix = readPrefix(match[2]!)
    const message = messages[0]!
    const address = message.address ?? prefix.address ?? addresses.get(prefix.process ?? '') ?? null
    if (prefix.process !== null && address !== null && addresses.size < MOST_PROCESSES) addresses.set(prefix.process, address)
    if (message.operation === 'disconnection' && prefix.process !== null) addresses.delete(prefix.process)
    writeMessage(writer.at(batch, row), message, prefix, address, time, settings?.store ?? null)
    return messages.length
  })
}

function writeMessage(
  row: RowWriter,
  message: Message,
  prefix: Prefix,
  address: string | null,
  time: number,
  store: string | null,
): void {
  const database = message.database ?? prefix.database
  row
    .number('time_ms', time)
    .text('bucket', store ?? database)
    .text('remote_ip', address)
    .text('requester', message.user ?? prefix.user)
    .text('operation', message.operation)
    .access('other')
    .text('user_agent', message.application)
    .text('authentication_type', message.method)
    .text('cipher_suite', message.cipher)
    .text('tls_version', message.tls)
    .succeeded(message.succeeded)
    .extra({ database: store === null ? null : database, process: prefix.process, port: message.port })
}

function readPrefix(prefix: string): Prefix {
  const host =
    /(?:^|[\s:=,])((?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{1,4}:[0-9a-fA-F:]*:[0-9a-fA-F:.]*|::[0-9a-fA-F:.]+)(?:\((\d{1,5})\)|(?=[\s:,]|$))/.exec(
      prefix,
    )
  const process = /\[(\d{1,10})\]/.exec(prefix)
  const who = /(?:^|[\s:])([^\s:@\][]*)@([^\s:@\][]*)/.exec(prefix)
  const named = (name: string | undefined) => (name === undefined || name === '' || name === '[unknown]' ? null : name)
  return { address: host?.[1] ?? null, process: process?.[1] ?? null, user: named(who?.[1]), database: named(who?.[2]) }
}

const RECEIVED = /^connection received: host=(\S+)(?: port=(\d{1,5}))?$/
const IDENTIFIED = /^connection authenticated: (?:user|identity)="(.*)" method=(\S+)/
const AUTHORIZED = /^(?:replication )?connection authorized: user=/
const LEFT = /^disconnection: session time: \S+ user=/
const REFUSED: readonly RegExp[] = [
  /^password authentication failed for user "(?<user>.*)"$/,
  /^\S+ authentication failed for user "(?<user>.*)"$/,
  /^no pg_hba\.conf entry for (?:replication connection from )?host "(?<address>[^"]*)", user "(?<user>.*)", database "(?<database>.*)", .*$/,
  /^no pg_hba\.conf entry for (?:replication connection from )?host "(?<address>[^"]*)", user "(?<user>.*)", database "(?<database>.*)"$/,
  /^pg_hba\.conf rejects connection for host "(?<address>[^"]*)", user "(?<user>.*)", database "(?<database>.*)", .*$/,
  /^role "(?<user>.*)" does not exist$/,
  /^database "(?<database>.*)" does not exist$/,
]

/** Every reading of a message about a connection; none for other messages. */
export function readingsOfMessage(severity: string, message: string): readonly Message[] {
  if (severity === 'FATAL') {
    const refused = REFUSED.map((pattern) => pattern.exec(message)).find((match) => match !== null)
    return refused ? [{ operation: 'authentication failed', succeeded: false, ...refused.groups }] : []
  }
  if (severity !== 'LOG') return []
  const received = RECEIVED.exec(message)
  if (received) {
    const [, host, port] = received
    return [
      {
        operation: 'connection received',
        succeeded: null,
        ...(host === '[local]' ? {} : { address: host! }),
        ...(port ? { port } : {}),
      },
    ]
  }
  const identified = IDENTIFIED.exec(message)
  if (identified)
    return [{ operation: 'connection authenticated', succeeded: null, user: identified[1]!, method: identified[2]! }]
  if (AUTHORIZED.test(message)) return authorizedReadings(message.slice(message.indexOf('user=') + 5))
  return LEFT.test(message) ? leftReadings(message.slice(message.indexOf('user=') + 5)) : []
}

/** `user=U database=D[ application_name=A][ SSL enabled (…)]`: U, D and A may hold what looks like the next part. */
function authorizedReadings(rest: string): readonly Message[] {
  const readings: Message[] = []
  for (const database of placesOf(rest, ' database=')) {
    const user = rest.slice(0, database.start)
    const after = rest.slice(database.end)
    const tails = [...after.matchAll(/ (?:SSL|GSS) (?:enabled )?\(/g)].map(({ index }) => index)
    for (const end of [after.length, ...tails]) {
      const secured =
        end === after.length
          ? null
          : /^ SSL enabled \(protocol=([^,)]+), cipher=([^,)]+)(?:, bits=\d+)?[^)]*\)$/.exec(after.slice(end))
      if (end < after.length && !secured && !/^ (?:SSL|GSS) (?:enabled )?\([^)]*\)$/.test(after.slice(end))) continue
      const named = after.slice(0, end)
      const whole = {
        operation: 'connection authorized',
        succeeded: true,
        user,
        ...(secured ? { tls: secured[1]!, cipher: secured[2]! } : {}),
      }
      const applications = placesOf(named, ' application_name=')
      if (readings.length + applications.length >= MOST_READINGS) return plainestFirst(readings)
      for (const { start, end: from } of applications)
        readings.push({ ...whole, database: named.slice(0, start), application: named.slice(from) })
      if (applications.length === 0 || end < after.length || tails.length === 0) readings.push({ ...whole, database: named })
    }
  }
  return plainestFirst(readings)
}

/** `user=U database=D host=H[ port=P]`. */
function leftReadings(rest: string): readonly Message[] {
  const readings: Message[] = []
  for (const database of placesOf(rest, ' database=')) {
    const named = rest.slice(database.end)
    for (const { start, end } of placesOf(named, ' host=')) {
      const at = /^(\S+)(?: port=(\d{1,5}))?$/.exec(named.slice(end))
      if (!at || readings.length === MOST_READINGS) continue
      const place = at[1] === '[local]' ? {} : { address: at[1]! }
      const port = at[2] === undefined ? {} : { port: at[2] }
      const user = rest.slice(0, database.start)
      readings.push({ operation: 'disconnection', succeeded: null, user, database: named.slice(0, start), ...place, ...port })
    }
  }
  return plainestFirst(readings)
}

const MOST_READINGS = 100

function placesOf(text: string, part: string): readonly { start: number; end: number }[] {
  const places: { start: number; end: number }[] = []
  for (let at = text.indexOf(part); at >= 0 && places.length < MOST_READINGS; at = text.indexOf(part, at + 1))
    places.push({ start: at, end: at + part.length })
  return places
}

/** PostgreSQL cuts names off here (NAMEDATALEN - 1), also `application_name`. */
const MOST_NAME_BYTES = 63

function hasPossibleNames({ user, database, application }: Message): boolean {
  return [user, database, application].every((name) => name === undefined || ENCODER.encode(name).length <= MOST_NAME_BYTES)
}

/** Only readings whose database has no space compete, where there are such: PostgreSQL allows others, hardly anybody makes them. */
function plainestFirst(all: readonly Message[]): readonly Message[] {
  const readings = all.filter(hasPossibleNames)
  const plain = readings.filter(({ database, user }) => !/\s/.test(database ?? '') && !/\s/.test(user ?? ''))
  return plain.length > 0 ? plain : readings
}
