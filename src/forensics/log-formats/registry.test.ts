import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { LOG_FORMATS, TABLE_LOG_FORMATS } from './registry.ts'

it('lists every log format of this folder, and each layout and partition once', async () => {
  const modules = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('.ts') && !/\.test\.ts$|^registry\.ts$/.test(name),
  )
  const members = new Set<unknown>()
  for (const name of modules) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(import.meta.dirname, name)).href)
    for (const value of Object.values(exported)) {
      if (typeof value === 'object' && value !== null && ('recognises' in value || 'recognisesColumns' in value))
        members.add(value)
    }
  }
  const listed = [...LOG_FORMATS, ...TABLE_LOG_FORMATS]
  expect(new Set(listed)).toEqual(members)
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
  const layouts = LOG_FORMATS.flatMap(({ layout }) => layout ?? [])
  expect(new Set(layouts).size).toBe(layouts.length)
})
