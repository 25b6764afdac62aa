import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DETECTORS, RECORD_DETECTORS } from './registry.ts'

const CONTRACTS = new Set(['detector', 'record-detector', 'registry'])

it('lists every detector of the folder, each under the name of its element', () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => !CONTRACTS.has(name))
  expect([...DETECTORS, ...RECORD_DETECTORS].map(({ element }) => element).sort()).toEqual(files.sort())
})
