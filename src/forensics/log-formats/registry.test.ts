import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { LOG_FORMATS } from './registry.ts'

it('lists every log format of this folder, and each layout and partition once', async () => {
  const modules = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('.ts') && !/\.test\.ts$|^registry\.ts$/.test(name),
  )
  const members = new Set<unknown>()
  for (const name of modules) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(import.meta.dirname, name)).href)
    for (const value of Object.values(exported)) {
      if (typeof value === 'object' && value !== null && 'layout' in value && 'open' in value) members.add(value)
    }
  }
  expect(new Set(LOG_FORMATS)).toEqual(members)
  expect(new Set(LOG_FORMATS.map(({ id }) => id)).size).toBe(LOG_FORMATS.length)
  expect(new Set(LOG_FORMATS.map(({ layout }) => layout)).size).toBe(LOG_FORMATS.length)
})
