// Compiles what is published to dist/ and writes the JSON Schemas. Runs on the pinned Node (npm puts it first on the path).
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { home } from './setup.mjs'

rmSync(join(home, 'dist'), { recursive: true, force: true })
const { status } = spawnSync(
  process.execPath,
  [join(home, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
  { cwd: home, stdio: 'inherit' },
)
if (status !== 0) process.exit(status ?? 1)

const load = (path) => import(pathToFileURL(join(home, 'dist', ...path)).href)
const { caseJsonSchema } = await load(['src', 'workflows', 'case', 'schema.js'])
const { settingsJsonSchema } = await load(['src', 'cli', 'settings.js'])
mkdirSync(join(home, 'schema'), { recursive: true })
for (const [name, schema] of [
  ['case', caseJsonSchema()],
  ['ajar-yaml', settingsJsonSchema()],
])
  writeFileSync(join(home, 'schema', `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`)
