// versitygw (Apache-2.0): an S3 gateway in front of a directory.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory, commandExists, freePort, run, startServer, workDirectory } from './server-process.mjs'

const VERSION = 'v1.8.0'
const DIRECTORY = () => cacheDirectory('versitygw', VERSION)
const PROGRAM = () => join(DIRECTORY(), 'versitygw')

export const isInstalled = () => existsSync(PROGRAM())
export const canInstall = () => commandExists('go')

export function install() {
  run('go', ['install', `github.com/versity/versitygw/cmd/versitygw@${VERSION}`], { GOBIN: DIRECTORY() })
}

export async function start() {
  const port = await freePort()
  const directory = workDirectory('versitygw')
  const folders = { data: join(directory, 'data'), users: join(directory, 'users'), versions: join(directory, 'versions') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  return startServer({
    command: PROGRAM(),
    args: [
      ...['--access', '111111111111', '--secret', 'test-password', '--port', `127.0.0.1:${port}`, '--quiet'],
      ...['--iam-dir', folders.users, 'posix', '--versioning-dir', folders.versions, folders.data],
    ],
    env: { HOME: directory },
    endpoint: `http://127.0.0.1:${port}`,
    directory,
  })
}
