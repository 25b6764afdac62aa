import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { BUILT_IN_RULES } from '../rule-set.ts'
import { CHECKS } from './registry.ts'

const FRAME = ['check.ts', 'registry.ts', 'registry.test.ts', 'checks.test.ts']

it('lists every check of the folder, and nothing else', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !FRAME.includes(file))
  expect(CHECKS.map((check) => `${check.id}.ts`).sort()).toEqual(files.sort())
})

it('holds one rule a check, by the same id', () => {
  expect(BUILT_IN_RULES.rules.map((rule) => rule.id)).toEqual(CHECKS.map((check) => check.id))
})
