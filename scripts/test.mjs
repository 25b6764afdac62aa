// `npm test`: every test that needs only npm. Arguments are handed to vitest.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, home } from './setup.mjs'

const { node } = ensureInstalled()
const { status } = spawnSync(
  node,
  [
    join(home, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${join(home, 'scripts', 'closing-line-reporter.mjs')}`,
    ...process.argv.slice(2),
  ],
  { cwd: home, stdio: ['ignore', 'inherit', 'inherit'] },
)
process.exit(status ?? 1)
