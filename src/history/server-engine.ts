import { setTimeout } from 'node:timers/promises'
import { hostname } from 'node:os'
import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { createEngine, type Engine } from './engine.ts'
import { HistoryError, StoreAddressError, StoreDiskFullError, StoreInUseError, StoreUnreachableError } from './errors.ts'
import type { Tables } from './tables.ts'

/** "ajar" in ASCII: the number of the advisory lock that one Ajar holds in a database. */
const LOCK_NUMBER = 0x616a6172
const CONNECT_TIMEOUT_MS = 10_000
const OLDEST_VERSION = 150_000

/** Opens a PostgreSQL database, 15 or newer with UTF-8 text, under an advisory lock of its own session. */
export async function openServerEngine(address: string): Promise<Engine> {
  const place = withoutPassword(address)
  const { default: pg } = await import('pg')
  // One connection: the lock belongs to its session.
  const pool = new pg.Pool({
    connectionString: address,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: `ajar ${process.pid} ${hostname()}`.slice(0, 63),
  })
  // Without a listener, a connection that breaks while idle would end the process; the next statement reports it.
  pool.on('error', () => undefined)
  const explain = async (failure: unknown) => explainServer(place, failure)
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: lockingPool(pool, place) }) })
  const engine = createEngine({ place, database, explain, release: async () => undefined })
  try {
    await engine.transaction(async (trx) => checkServer((await SERVER_FACTS.execute(trx)).rows[0] as ServerFacts, place))
    return engine
  } catch (failure) {
    await engine.close().catch(() => undefined)
    throw failure
  }
}

/**
 * Hands out the one connection that holds the lock. When that is lost, another process may have gone on with the batch:
 * no second connection is used, and the caller starts again. (Kysely's own hook for new connections would leave one
 * that fails checked out for ever.)
 */
function lockingPool(pool: Pool, place: string): PostgresPool {
  let session: PoolClient | null = null
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      if (client === session) return client as unknown as PostgresPoolClient
      try {
        if (session) throw new StoreUnreachableError(place, lostSentence(place))
        await takeAdvisoryLock(client, place)
      } catch (failure) {
        client.release(true)
        throw failure
      }
      // A connection that breaks between two statements of a transaction would otherwise end the process.
      client.on('error', () => undefined)
      session = client
      return client as unknown as PostgresPoolClient
    },
  }
}

function lostSentence(place: string): string {
  return `The connection to the database ${place} was lost. Run the same command again: it goes on from the last file that was recorded.`
}

/** The address as it may be shown: without the password. */
export function withoutPassword(address: string): string {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    // The text is not repeated: it may hold a password.
    throw new StoreAddressError(
      'postgres://…',
      'The store is not a database address. Write it as postgres://user@host:5432/database.',
    )
  }
  const search = new URLSearchParams(url.search)
  if (search.has('password')) search.set('password', '…')
  const user = url.username ? `${url.username}@` : ''
  const rest = search.size > 0 ? `?${decodeURIComponent(search.toString())}` : ''
  return `${url.protocol}//${user}${url.host}${url.pathname}${rest}`
}

interface ServerFacts {
  readonly version: number
  readonly encoding: string
}

const SERVER_FACTS = sql<ServerFacts>`select current_setting('server_version_num')::integer as version,
  current_setting('server_encoding') as encoding`

function checkServer({ version, encoding }: ServerFacts, place: string): void {
  if (version < OLDEST_VERSION) {
    throw new StoreAddressError(
      place,
      `The database ${place} runs PostgreSQL ${Math.floor(version / 10_000)}. Ajar needs 15 or newer.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new StoreAddressError(
      place,
      `The database ${place} keeps its text as ${encoding}. Make one with: create database … encoding 'UTF8' template template0.`,
    )
  }
}

const HOLDER = `select activity.application_name as name, activity.pid as pid from pg_locks as held
  join pg_stat_activity as activity on activity.pid = held.pid
  where held.locktype = 'advisory' and held.granted and held.classid = 0 and held.objid = ${LOCK_NUMBER}
    and held.database = (select oid from pg_database where datname = current_database())`

// A server notices a moment late that a session ended: a run right after another must not be refused for that.
const LOCK_TRIES = 10
const LOCK_PAUSE_MS = 100

async function takeAdvisoryLock(client: PoolClient, place: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${LOCK_NUMBER}) as taken`)
    if (answer.rows[0]?.taken) return
    if (tries === LOCK_TRIES) break
    await setTimeout(LOCK_PAUSE_MS)
  }
  const holder = (await client.query<{ name: string; pid: number }>(HOLDER)).rows[0]
  const [, pid, host] = /^ajar (\d+) (.*)$/.exec(String(holder?.name ?? '')) ?? []
  const who = pid ? `process ${pid} on ${host}` : `another session${holder ? ` (server process ${holder.pid})` : ''}`
  const sentence = `The store ${place} is in use by ${who}. Wait until it ends, end it, or name another database with --store.`
  throw new StoreInUseError(place, pid ? Number(pid) : null, sentence)
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOENT',
])
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|connection timeout/

function explainServer(place: string, failure: unknown): unknown {
  if (failure instanceof HistoryError) return failure
  const { code, message = '' } = (failure instanceof AggregateError ? failure.errors[0] : failure) as {
    code?: string
    message?: string
  }
  const told = (sentence: string) => new StoreUnreachableError(place, sentence, { cause: failure })
  if (code === '53100') return new StoreDiskFullError(place, { cause: failure })
  if (code === '3D000')
    return told(`The database of ${place} does not exist. Make it with createdb, or correct the name in --store.`)
  if (code?.startsWith('28'))
    return told(`The server of ${place} refuses this user (${code}). Check user and password in --store or in PGPASSWORD.`)
  if (code === '42501')
    return told(
      `The user of ${place} may not make or use the schema "ajar" there. Grant it: create on database, or usage and create on the schema.`,
    )
  if (code?.startsWith('57P') || code === '53300' || (code && UNREACHABLE.has(code)) || LOST.test(message)) {
    return told(
      `The database ${place} cannot be reached (${code ?? message}). Start the server or correct --store; what was recorded before is kept.`,
    )
  }
  return failure
}
