import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { openHistory } from './open-history.ts'
import { provideEmbeddedStores } from './testing/embedded-store.ts'
import { historyConformance } from './testing/history-conformance.ts'
import { createDatabase } from './testing/postgres-cluster.ts'
import { hasServer, provideServer } from './testing/test-server.ts'

describe('on the embedded engine', () => {
  const emptyStore = provideEmbeddedStores()
  historyConformance(async () => {
    const { store, drop } = await emptyStore()
    return { open: (notices) => openHistory({ store, onNotice: (text) => notices?.push(text) }), drop }
  })
})

describe.skipIf(!hasServer)('on PostgreSQL', () => {
  const serverUrl = provideServer()
  historyConformance(async () => {
    const database = await createDatabase(serverUrl())
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
