// `npm start`: the reference estate, investigated, printed and served.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, home } from './setup.mjs'

const { node } = ensureInstalled()
const child = spawn(node, [join(home, 'bin', 'ajar.mjs'), 'demo', ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
