import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareText } from '../../model/index.ts'
import { ACTIONS } from './registry.ts'

describe('the remediation actions', () => {
  it('are all in the list, each in a file of its name', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => !/^(action|registry)\.|\.test\.ts$/.test(file))
    expect(ACTIONS.map(({ id }) => `${id}.ts`).sort(compareText)).toEqual(files.sort(compareText))
  })
})
