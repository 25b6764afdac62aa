import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { openHistory } from '../open-history.ts'

/** Makes one empty embedded store for a test file, and gives a way to copy it: making a new one takes a second each time. */
export function provideEmbeddedStores(): () => Promise<{ readonly store: string; drop(): Promise<void> }> {
  let directory = ''
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ajar-history-'))
    await (await openHistory({ store: join(directory, 'empty') })).close()
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))
  let copies = 0
  return async () => {
    const store = join(directory, `copy-${++copies}`)
    await cp(join(directory, 'empty'), store, { recursive: true })
    return { store, drop: () => rm(store, { recursive: true, force: true }) }
  }
}
