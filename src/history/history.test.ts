import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { openHistory } from './open-history.ts'
import { historyConformance } from './testing/history-conformance.ts'
import { createDatabase } from './testing/postgres-cluster.ts'

describe('on the embedded engine', () => {
  historyConformance(async () => {
    const store = await mkdtemp(join(tmpdir(), 'ajar-history-'))
    return {
      open: (notices) => openHistory({ store, onNotice: (text) => notices?.push(text) }),
      drop: () => rm(store, { recursive: true, force: true }),
    }
  })
})

// Needs a server: see testing/postgres-cluster.ts.
const serverUrl = process.env.AJAR_TEST_POSTGRES_URL
describe.skipIf(!serverUrl)('on PostgreSQL', () => {
  historyConformance(async () => {
    const database = await createDatabase(serverUrl as string)
    const lakeDirectory = await mkdtemp(join(tmpdir(), 'ajar-lake-'))
    return {
      open: (notices) => openHistory({ store: database.url, lakeDirectory, onNotice: (text) => notices?.push(text) }),
      drop: async () => {
        await database.drop()
        await rm(lakeDirectory, { recursive: true, force: true })
      },
    }
  })
})
