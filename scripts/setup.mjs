// Installs exactly the lock file when what is installed does not match it. Plain JavaScript for the outer Node (20 or newer).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const home = dirname(dirname(fileURLToPath(import.meta.url)))

const marker = join(home, 'node_modules', '.ajar-installed')
const pinnedNode = join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Ends the process with a sentence when the installation fails. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(home, 'package-lock.json')))
    .digest('hex')
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    console.error('Installing the locked dependencies (npm ci)…')
    const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: home,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    })
    if (error || status !== 0)
      fail(`npm ci failed (${error?.message ?? `exit ${status}`}). Run \`npm ci\` in ${home} and read what it says.`)
    writeFileSync(marker, wanted)
  }
  if (!existsSync(pinnedNode))
    fail(
      `the pinned Node is missing (install scripts may be disabled). Run \`npm rebuild node --ignore-scripts=false\` in ${home}.`,
    )
  return { node: pinnedNode }
}

function fail(sentence) {
  console.error(`ajar: ${sentence}`)
  process.exit(1)
}
