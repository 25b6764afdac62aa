import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareText } from '../../model/index.ts'
import { REGIMES } from './registry.ts'

describe('the regimes', () => {
  it('are all in the list, each in a file of its name', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z]{2}-.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
    expect(REGIMES.map(({ id }) => `${id.toLowerCase()}.ts`)).toEqual(files.sort(compareText))
  })

  it.each(REGIMES.map((regime) => [regime.id, regime] as const))('%s hangs together', (_, regime) => {
    const tests = new Set(regime.trigger.tests.map(({ id }) => id))
    const named = [
      ...regime.clocks.flatMap(({ condition }) =>
        condition === undefined ? [] : 'test' in condition ? [condition.test] : [condition.not],
      ),
      ...regime.trigger.tests.flatMap(({ requires }) => requires ?? []),
    ]
    expect(named.filter((id) => !tests.has(id))).toEqual([])
    expect(new Set(regime.clocks.map(({ id }) => id)).size).toBe(regime.clocks.length)
    expect(regime.clocks.filter(({ duration, rule }) => (duration === null) !== (rule.kind === 'none'))).toEqual([])
    expect(regime.effective).toMatch(/^\d{4}-\d\d-\d\d$/)
  })
})
