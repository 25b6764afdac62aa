import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MIGRATIONS } from './registry.ts'

it('lists every step of the folder, numbered from 1 in the order of its files', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^\d{4}-/.test(file))
  const names = MIGRATIONS.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`)
  expect(names).toEqual(files.sort())
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1))
})
