// `npm run bench [name…] [-- options]`: the figures of bench/, each printed with the command that repeats it.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, home } from './setup.mjs'

const { node } = ensureInstalled()
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('-'))
const benches = readdirSync(join(home, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
const unknown = names.filter((name) => !benches.includes(name))
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${benches.join(', ')}.`)
  process.exit(2)
}
for (const name of names.length > 0 ? names : benches) {
  console.log(`# ${name}: npm run bench -- ${name}${flags.map((flag) => ` ${flag}`).join('')}`)
  const { status } = spawnSync(node, [join(home, 'bench', `${name}.bench.ts`), ...flags], { cwd: home, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
