// What the test servers share: a cache outside the checkout, a free port, a process that is stopped by its own id.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder that keeps an installed server, by name and version; made when it is not there. */
export function cacheDirectory(...parts) {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const directory = join(root, 'ajar-servers', ...parts)
  mkdirSync(directory, { recursive: true })
  return directory
}

/** Runs one installing command at low priority; throws with the end of its output when it fails. */
export function run(command, args, env = {}) {
  const { status, error, stdout, stderr } = spawnSync('nice', ['-n', '19', command, ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error || status !== 0) {
    const output = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-15).join('\n')
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${output}`)
  }
  return stdout
}

export function commandExists(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** A folder of its own for what a server writes. */
export function workDirectory(name) {
  return mkdtempSync(join(tmpdir(), `ajar-${name}-`))
}

const STARTS_WITHIN_MS = 60_000
const ENDS_WITHIN_MS = 10_000

/**
 * Starts a server and waits until it is `ready`: until its endpoint answers anything at all, where nothing else is said. `stop`
 * ends this very process and takes its folder away, unless others use it: `keeps`.
 */
export async function startServer({
  command,
  args,
  env = {},
  endpoint,
  directory,
  ready = () => answers(endpoint),
  keeps = false,
}) {
  const server = spawn(command, args, { cwd: directory, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text) => {
      output = (output + text).slice(-4_000)
    })
  }
  let ended = false
  const end = new Promise((resolve) => {
    server.once('error', (error) => {
      output += error.message
      ended = true
      resolve()
    })
    server.once('exit', () => {
      ended = true
      resolve()
    })
  })
  const stop = async () => {
    if (!ended) server.kill('SIGTERM')
    const late = setTimeout(() => server.kill('SIGKILL'), ENDS_WITHIN_MS)
    await end
    clearTimeout(late)
    if (!keeps) rmSync(directory, { recursive: true, force: true })
  }
  const until = Date.now() + STARTS_WITHIN_MS
  while (!(await ready())) {
    if (ended || Date.now() > until) {
      await stop()
      throw new Error(`${command} does not answer:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { endpoint, stop }
}

async function answers(endpoint) {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(2_000) })
    return true
  } catch {
    return false
  }
}
