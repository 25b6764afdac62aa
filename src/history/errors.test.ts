import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  StoreAddressError,
  StoreDamagedError,
  StoreInUseError,
  StoreNotWritableError,
  StoreTooNewError,
  StoreUnreachableError,
} from './errors.ts'
import { openHistory } from './open-history.ts'
import { file, observed } from './testing/invented.ts'
import { createDatabase } from './testing/postgres-cluster.ts'
import { hasServer, provideServer } from './testing/test-server.ts'
import { withoutPassword } from './server-engine.ts'

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ajar-errors-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

describe('a directory', () => {
  it('below a file', async () => {
    const directory = await emptyDirectory()
    await writeFile(join(directory, 'file'), '')
    const opening = openHistory({ store: join(directory, 'file', 'store') })
    await expect(opening).rejects.toThrow(StoreNotWritableError)
    await expect(opening).rejects.toThrow(/a part of its path is a file/)
    await expect(openHistory({ store: join(directory, 'file') })).rejects.toThrow(StoreNotWritableError)
  })

  it.skipIf(process.getuid?.() === 0)('without the right to write', async () => {
    const directory = await emptyDirectory()
    await chmod(directory, 0o500)
    await expect(openHistory({ store: join(directory, 'store') })).rejects.toThrow(StoreNotWritableError)
    await expect(openHistory({ store: directory })).rejects.toThrow(StoreNotWritableError)
  })

  it('whose lake cannot be made leaves the store free', async () => {
    const store = await emptyDirectory()
    await writeFile(join(store, 'lake'), '')
    await expect(openHistory({ store })).rejects.toThrow(`The lake's directory ${join(store, 'lake')} cannot be written`)
    await rm(join(store, 'lake'))
    await (await openHistory({ store })).close()
  })

  it('that a newer Ajar has written', async () => {
    const store = await emptyDirectory()
    await (await openHistory({ store })).close()
    const database = await PGlite.create({ dataDir: join(store, 'db') })
    await database.exec(`insert into ajar.migration values (999, 'from the future')`)
    await database.close()
    const opening = openHistory({ store })
    await expect(opening).rejects.toThrow(StoreTooNewError)
    await expect(opening).rejects.toThrow(/its layout is 999, this one knows up to \d+\)\. Update Ajar/)
  })

  it('with a database that is none', async () => {
    const store = await emptyDirectory()
    await mkdir(join(store, 'db'))
    await writeFile(join(store, 'db', 'PG_VERSION'), '18\n')
    const opening = openHistory({ store })
    await expect(opening).rejects.toThrow(StoreDamagedError)
    await expect(opening).rejects.toThrow(`The database in ${join(store, 'db')} does not open`)
  })

  it('in which the first opening was killed', async () => {
    const store = await emptyDirectory()
    await mkdir(join(store, 'db.making'))
    await writeFile(join(store, 'db.making', 'PG_VERSION'), '18\n')
    await (await openHistory({ store })).close()
  })
})

describe('an address', () => {
  it.each([
    { store: 'mysql://host/database', says: /neither a directory nor a postgres:\/\/ address/ },
    { store: 'postgres://user:secret@host:none/database', says: /not a database address/ },
    { store: 'postgres://host/database', says: /needs a directory for its lake/ },
  ])('$store is refused', async ({ store, says }) => {
    const opening = openHistory({ store, ...(store.includes('none') && { lakeDirectory: 'unused' }) })
    await expect(opening).rejects.toThrow(StoreAddressError)
    await expect(opening).rejects.toThrow(says)
    await expect(opening).rejects.not.toThrow(/secret/)
  })

  it('where nobody listens, without its password', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const opening = openHistory({
      store: `postgres://ajar:secret@127.0.0.1:${port}/cases`,
      lakeDirectory: await emptyDirectory(),
    })
    await expect(opening).rejects.toThrow(StoreUnreachableError)
    await expect(opening).rejects.toThrow(
      `The database postgres://ajar@127.0.0.1:${port}/cases cannot be reached (ECONNREFUSED).`,
    )
  })

  it.each([
    { address: 'postgres://ajar:secret@db.example/cases', shown: 'postgres://ajar@db.example/cases' },
    {
      address: 'postgresql://db.example:5433/cases?password=secret&sslmode=require',
      shown: 'postgresql://db.example:5433/cases?password=…&sslmode=require',
    },
  ])('$shown is shown without its password', ({ address, shown }) => {
    expect(withoutPassword(address)).toBe(shown)
  })
})

describe.skipIf(!hasServer)('a database server', () => {
  const serverUrl = provideServer()

  it('lets one in at a time, and names the holder', async () => {
    const database = await createDatabase(serverUrl())
    onTestFinished(() => database.drop())
    const lakeDirectory = await emptyDirectory()
    const first = await openHistory({ store: database.url, lakeDirectory })
    const second = openHistory({ store: database.url, lakeDirectory })
    await expect(second).rejects.toThrow(StoreInUseError)
    await expect(second).rejects.toMatchObject({ pid: process.pid })
    await first.close()
    await (await openHistory({ store: database.url, lakeDirectory })).close()
  })

  it('that does not know the database, or the password', async () => {
    const lakeDirectory = await emptyDirectory()
    const url = new URL(serverUrl())
    url.pathname = '/no-such-database'
    await expect(openHistory({ store: url.href, lakeDirectory })).rejects.toThrow(/does not exist\. Make it with createdb/)
    url.password = 'wrong'
    await expect(openHistory({ store: url.href, lakeDirectory })).rejects.toThrow(/refuses this user/)
  })

  it('that ends the session has taken the lock with it: every statement says so until the store is opened again', async () => {
    const database = await createDatabase(serverUrl())
    onTestFinished(() => database.drop())
    const lakeDirectory = await emptyDirectory()
    const history = await openHistory({ store: database.url, lakeDirectory })
    const batch = await history.beginBatch({ recordedAt: '2023-05-12T00:00:00Z', name: 'batch' })
    async function* parts() {
      yield { observations: [observed('1.json', '2020-01-01T00:00:00Z', 1)] }
      await endSessions(serverUrl(), database.url)
      yield { observations: [observed('1.json', '2020-01-01T00:00:00Z', 2)] }
    }
    await expect(history.recordEvidence(batch, file('1.json'), parts())).rejects.toThrow(StoreUnreachableError)
    await expect(history.recordEvidence(batch, file('2.json'), {})).rejects.toThrow(/was lost\. Run the same command again/)
    await history.close()
    const again = await openHistory({ store: database.url, lakeDirectory })
    expect(await again.beginBatch({ recordedAt: '2023-05-12T00:00:00Z', name: 'batch' })).toMatchObject({
      continued: { filesDone: 0 },
    })
    await again.close()
  })
})

async function endSessions(server: string, url: string): Promise<void> {
  const client = new pg.Client(server)
  await client.connect()
  const name = new URL(url).pathname.slice(1)
  await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [name])
  await client.end()
}
