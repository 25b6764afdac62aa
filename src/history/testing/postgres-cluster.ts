import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const DEBIAN_PROGRAMS = '/usr/lib/postgresql'
const READY_WITHIN_MS = 30_000

/** A private PostgreSQL server for tests: on a free loopback port, in a directory of its own. */
export interface PostgresCluster {
  /** `postgres://` address of its database `postgres`. */
  readonly url: string
  /** The server's process id. */
  readonly pid: number
  stop(): Promise<void>
}

/** The programs' folder of an installed PostgreSQL 15 or newer, or undefined. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN_PROGRAMS)) return undefined
  const versions = readdirSync(DEBIAN_PROGRAMS)
    .map(Number)
    .filter((version) => version >= 15)
  const folders = versions.sort((left, right) => left - right).map((version) => join(DEBIAN_PROGRAMS, String(version), 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'initdb')))
}

/** Starts a server; as root it runs as `postgres` or `nobody`, because PostgreSQL refuses to run as root. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const programs = postgresPrograms()
  if (!programs) throw new Error(`No PostgreSQL 15 or newer below ${DEBIAN_PROGRAMS}. Install the package postgresql.`)
  const user = await serverUser()
  const directory = await mkdtemp(join(tmpdir(), 'ajar-postgres-'))
  const password = randomUUID()
  const passwordFile = join(directory, 'password')
  const data = join(directory, 'data')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user) for (const path of [directory, passwordFile]) await chown(path, user.uid, user.gid)
  const asUser = { cwd: directory, ...(user ?? {}) }
  const cluster = ['--pgdata', data, '--username', 'ajar', '--encoding', 'UTF8', '--locale', 'C', '--auth', 'scram-sha-256']
  await run(join(programs, 'initdb'), [...cluster, '--pwfile', passwordFile, '--no-sync'], asUser)
  const port = await freePort()
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${directory}`,
    'fsync=off',
    'max_connections=20',
  ]
  const options = settings.flatMap((setting) => ['-c', setting])
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...options], { ...asUser, stdio: ['ignore', 'ignore', 'pipe'] })
  const url = `postgres://ajar:${password}@127.0.0.1:${port}/postgres`
  const stop = async () => {
    await stopServer(server)
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await answering(url, server)
  } catch (failure) {
    await stop()
    throw failure
  }
  return { url, pid: server.pid as number, stop }
}

/** Makes an empty database on a server and gives its address. */
export async function createDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `ajar_test_${randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, `create database ${name} encoding 'UTF8' template template0`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(serverUrl, `drop database ${name} with (force)`) }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(
      ['-u', '-g'].map((which) => run('id', [which, name]).then(({ stdout }) => Number(stdout))),
    ).catch(() => null)
    if (ids) return { uid: ids[0] as number, gid: ids[1] as number }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  let said = ''
  server.stderr?.on('data', (part) => {
    said = (said + part).slice(-4_000)
  })
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    const failure = await onServer(url, 'select 1').then(
      () => null,
      (reason: unknown) => reason,
    )
    if (failure === null) return
    if (server.exitCode !== null || Date.now() > until) throw new Error(`PostgreSQL did not start: ${said}`, { cause: failure })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** An immediate stop by the server's own process id; its data are thrown away. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGQUIT')
  await ended
}
