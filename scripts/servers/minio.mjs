// MinIO (AGPL): a server to test against, built and run as a program of its own; nothing of it is linked or shipped.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory, commandExists, freePort, run, startServer, workDirectory } from './server-process.mjs'

const VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c'
const DIRECTORY = () => cacheDirectory('minio', VERSION)
const PROGRAM = () => join(DIRECTORY(), 'minio')

export const isInstalled = () => existsSync(PROGRAM())
export const canInstall = () => commandExists('go')

export function install() {
  run('go', ['install', `github.com/minio/minio@${VERSION}`], { GOBIN: DIRECTORY() })
}

export async function start() {
  const port = await freePort()
  const directory = workDirectory('minio')
  return startServer({
    command: PROGRAM(),
    args: ['server', join(directory, 'data'), '--address', `127.0.0.1:${port}`, '--console-address', '127.0.0.1:0', '--quiet'],
    env: { MINIO_ROOT_USER: '111111111111', MINIO_ROOT_PASSWORD: 'test-password', MINIO_UPDATE: 'off', HOME: directory },
    endpoint: `http://127.0.0.1:${port}`,
    directory,
  })
}
