import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDatabase } from '../src/history/testing/postgres-cluster.ts'
import { hasServer, provideServer } from '../src/history/testing/test-server.ts'
import type { CaseDocument } from '../src/model/index.ts'
import { investigate, readRevisions } from '../src/workflows/index.ts'
import { smallCompany, writeFiles } from './evidence/small-company.ts'

// Needs a PostgreSQL server: AJAR_TEST_POSTGRES_URL, or AJAR_TEST_SERVERS=1 with Debian's postgresql-15 installed.
describe.skipIf(!hasServer)('a store on PostgreSQL', () => {
  const server = provideServer()

  it('gives the same case as the embedded one, to the byte, and keeps it', async () => {
    const work = mkdtempSync(join(tmpdir(), 'ajar-postgres-'))
    const database = await createDatabase(server())
    try {
      writeFiles(join(work, 'evidence'), smallCompany())
      const run = (store: string): Promise<CaseDocument> =>
        investigate({
          directories: [join(work, 'evidence')],
          store,
          lakeDirectory: join(work, 'lake'),
          keyFile: join(work, 'key'),
          zone: null,
          knownNetworks: [],
          rules: null,
          recordedAt: '2022-10-01T00:00:00Z',
          asOf: '2022-10-01T00:00:00Z',
        })
      const onServer = await run(database.url)
      expect(JSON.stringify(onServer)).toBe(JSON.stringify(await run(join(work, 'store'))))
      expect(onServer.people.total).toBe(5)
      expect(await readRevisions({ store: database.url, lakeDirectory: join(work, 'lake') })).toEqual([onServer])
    } finally {
      await database.drop()
      rmSync(work, { recursive: true, force: true })
    }
  })
})
