// `npm run test:nightly`: everything, the long runs included.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, home } from './setup.mjs'

const { node } = ensureInstalled()
const { status } = spawnSync(
  node,
  [join(home, 'scripts', 'test.mjs'), '--config', 'vitest.nightly.config.ts', ...process.argv.slice(2)],
  {
    cwd: home,
    stdio: 'inherit',
    env: { ...process.env, AJAR_NIGHTLY: '1' },
  },
)
process.exit(status ?? 1)
