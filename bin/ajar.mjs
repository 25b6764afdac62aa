#!/usr/bin/env node
// Runs Ajar on the Node it is pinned to, whatever `node` the machine has. Plain JavaScript, because an older Node reads it.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const sources = join(home, 'src', 'cli', 'main.ts')
const isCheckout = existsSync(sources)
const pinned = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).dependencies.node

function pinnedNode() {
  if (process.versions.node === pinned) return process.execPath
  try {
    const require = createRequire(import.meta.url)
    const folder = dirname(require.resolve('node/package.json'))
    const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(program) ? program : undefined
  } catch {
    return undefined
  }
}

const node = pinnedNode()
if (node === undefined) {
  const remedy = isCheckout ? 'npm ci --ignore-scripts=false' : 'npm rebuild node --ignore-scripts=false'
  console.error(
    `ajar: Node ${pinned} is not installed beside Ajar (install scripts may be disabled): run \`${remedy}\` in ${isCheckout ? home : 'the directory where leftajar is installed'}`,
  )
  process.exit(1)
}

const entry = isCheckout
  ? ['--import', pathToFileURL(join(home, 'scripts', 'tsx-sources.mjs')).href, sources]
  : [join(home, 'dist', 'src', 'cli', 'main.js')]
const child = spawn(
  node,
  ['--disable-proto=delete', '--disable-warning=ExperimentalWarning', ...entry, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    // Native memory of many threads is given back sooner with few arenas: a fifth less resident, measured at scale 1.
    env: { MALLOC_ARENA_MAX: '2', ...process.env },
  },
)
// The child decides what a signal means; a terminal's Ctrl-C reaches it twice, which it takes for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  console.error(`ajar: cannot run ${node}: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
