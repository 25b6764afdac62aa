// ministack (PyPI, MIT): a stand-in for AWS that enforces block public access, ACLs, ownership and conditions together.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory, commandExists, freePort, run, startServer, workDirectory } from './server-process.mjs'

const VERSION = '1.5.33'
const ENVIRONMENT = () => cacheDirectory('ministack', VERSION)
const PROGRAM = () => join(ENVIRONMENT(), 'bin', 'ministack')

export const isInstalled = () => existsSync(PROGRAM())
export const canInstall = () => commandExists('python3')

/** Installs into an environment of its own, because it pins an older botocore. */
export function install() {
  run('python3', ['-m', 'venv', ENVIRONMENT()])
  run(join(ENVIRONMENT(), 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `ministack==${VERSION}`])
}

/** Access keys of twelve digits are accounts; the secret of each is `test`. */
export async function start() {
  const port = await freePort()
  const directory = workDirectory('ministack')
  return startServer({
    command: PROGRAM(),
    args: [],
    env: { AUTH: 'true', BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), HOME: directory },
    endpoint: `http://127.0.0.1:${port}`,
    directory,
  })
}
