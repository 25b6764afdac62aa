import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedKeyHeaders } from './signing.ts'

// Azurite (npm, MIT): a stand-in for Azure's storage services. It is no dependency: 245 MB for one test.
const VERSION = '3.37.0'

/** The invented account of the server, and its key. */
export const ACCOUNT = 'exampledata'
export const KEY = Buffer.from('an invented key of the test account, 44 bytes').toString('base64')

export interface BlobServer {
  readonly endpoint: string
  /** Sends a request; with `owner` signed by the account's key. The path is that behind the account's name. */
  readonly send: (request: BlobRequest) => Promise<number>
  readonly stop: () => Promise<void>
}

export interface BlobRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly owner?: boolean
}

interface Processes {
  readonly cacheDirectory: (...parts: readonly string[]) => string
  readonly run: (command: string, args: readonly string[]) => string
  readonly freePort: () => Promise<number>
  readonly workDirectory: (name: string) => string
  readonly startServer: (options: object) => Promise<{ readonly endpoint: string; readonly stop: () => Promise<void> }>
}

/** Whether to compare with Azurite: AJAR_TEST_SERVERS is 1 or names it. */
export function isWanted(): boolean {
  const wish = process.env.AJAR_TEST_SERVERS ?? ''
  return wish === '1' || wish.split(',').includes('azurite')
}

/** Installs Azurite into the cache of test servers where it is not there yet, and starts its blob service on a free loopback port. */
export async function startAzurite(): Promise<BlobServer> {
  const processes = (await import(new URL('../../scripts/servers/server-process.mjs', import.meta.url).href)) as Processes
  const home = processes.cacheDirectory('azurite', VERSION)
  const program = join(home, 'node_modules', 'azurite', 'dist', 'src', 'blob', 'main.js')
  if (!existsSync(program)) {
    writeFileSync(join(home, 'package.json'), '{"private":true}')
    processes.run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts', `azurite@${VERSION}`])
  }
  const directory = processes.workDirectory('azurite')
  const port = await processes.freePort()
  const options = ['--silent', '--disableTelemetry', '--inMemoryPersistence', '--skipApiVersionCheck']
  const { stop } = await processes.startServer({
    command: process.execPath,
    args: [program, ...options, '--blobHost', '127.0.0.1', '--blobPort', String(port)],
    env: { AZURITE_ACCOUNTS: `${ACCOUNT}:${KEY}` },
    endpoint: `http://127.0.0.1:${port}`,
    directory,
  })
  const endpoint = `http://127.0.0.1:${port}/${ACCOUNT}/`
  return { endpoint, stop, send: (request) => send(endpoint, request) }
}

async function send(endpoint: string, { method, path, headers = {}, body, owner = false }: BlobRequest): Promise<number> {
  const url = new URL(endpoint + path)
  const all = { 'x-ms-version': '2021-06-08', ...headers }
  const signed = owner ? sharedKeyHeaders(method, url, all, body?.length ?? 0, { account: ACCOUNT, key: KEY }) : all
  const response = await fetch(url, { method, headers: signed, ...(body === undefined ? {} : { body }) })
  await response.arrayBuffer()
  return response.status
}
