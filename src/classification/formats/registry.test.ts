import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FORMATS } from './registry.ts'

it('lists every format of the folder', () => {
  const folder = new URL('.', import.meta.url)
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'registry.ts',
  )
  const ids = sources.flatMap((file) => {
    const source = readFileSync(new URL(file, folder), 'utf8')
    return [...source.matchAll(/export const \w+: Format = \{\s*id: '([^']+)'/g)].map(([, id]) => id!)
  })
  expect(FORMATS.map(({ id }) => id).sort()).toEqual(ids.sort())
})
