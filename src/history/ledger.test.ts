import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import { expect, it, onTestFinished } from 'vitest'
import { openHistory } from './open-history.ts'
import { provideEmbeddedStores } from './testing/embedded-store.ts'
import { documentOf, file } from './testing/invented.ts'

const emptyStore = provideEmbeddedStores()

async function storeWithTwoRevisions(order: readonly string[]): Promise<string> {
  const { store, drop } = await emptyStore()
  onTestFinished(drop)
  const history = await openHistory({ store })
  for (const [index, recordedAt] of ['2023-05-12T00:00:00Z', '2023-05-31T00:00:00Z'].entries()) {
    const batch = await history.beginBatch({ recordedAt, name: `a directory of this machine: ${store}` })
    for (const name of order) await history.recordEvidence(batch, file(`${index}-${name}`), {})
    await history.recordObject(batch, [
      { store: 'arn:aws:s3:::maps', key: `${index}.csv`, sha256: file('o').sha256, path: 'o', sizeBytes: 1 },
    ])
    await history.finishBatch(batch, documentOf(batch, await history.ledger.pending(batch)))
  }
  await history.close()
  return store
}

async function verify(store: string) {
  const history = await openHistory({ store })
  try {
    return await history.ledger.verify()
  } finally {
    await history.close()
  }
}

/** The chain of a worked example, hashed here by hand from what was recorded. */
function workedHead(): string {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  let head = '0'.repeat(64)
  let entries = 0
  const append = (body: string) => {
    head = hash(head + body)
    entries++
  }
  for (const [index, recordedAt] of ['2023-05-12T00:00:00Z', '2023-05-31T00:00:00Z'].entries()) {
    const revision = index + 1
    for (const name of ['a', 'b', 'c']) {
      const { path, sha256, sizeBytes } = file(`${index}-${name}`)
      append(
        `{"kind":"evidence","layout":"aws-config","path":"${path}","revision":${revision},"sha256":"${sha256}","sizeBytes":${sizeBytes}}`,
      )
    }
    const copy = `"path":"o","revision":${revision},"sha256":"${file('o').sha256}","sizeBytes":1,"store":"arn:aws:s3:::maps"`
    append(`{"key":"${index}.csv","kind":"object",${copy}}`)
    const ledger = `{"entries":${entries},"head":"${head}"}`
    const document = `{"knownAt":"${recordedAt}","ledger":${ledger},"notes":[{"evidence":null,"text":""}],"revision":${revision}}`
    append(`{"document":"${hash(document)}","kind":"revision","recordedAt":"${recordedAt}","revision":${revision}}`)
  }
  return head
}

it('has one head for the same evidence, in any order and on any machine', async () => {
  const one = await verify(await storeWithTwoRevisions(['a', 'b', 'c']))
  expect(one).toEqual({ entries: 10, head: workedHead() })
  expect(await verify(await storeWithTwoRevisions(['c', 'a', 'b']))).toEqual(one)
})

it('names the first entry that something was done to', async () => {
  const store = await storeWithTwoRevisions(['a', 'b', 'c'])
  const forgeries = [
    {
      forged: `update ajar.ledger set body = replace(body, '0-b', '0-x') where entry = 2`,
      entry: 2,
      why: /hash is not that of the entry/,
    },
    { forged: `delete from ajar.ledger where entry = 3`, entry: 3, why: /Entry 3 is missing/ },
    { forged: `delete from ajar.ledger where entry = 10`, entry: 10, why: /entry is missing/ },
    {
      forged: `update ajar.evidence_file set sha256 = 'f' || substr(sha256, 2) where path = '1-b'; update ajar.given_file set sha256 = 'f' || substr(sha256, 2) where path = '1-b'`,
      entry: 7,
      why: /the store holds/,
    },
    {
      forged: `update ajar.revision set document = replace(document, '"text":""', '"text":"!"') where revision = 1`,
      entry: 5,
      why: /the store holds/,
    },
    {
      forged: `insert into ajar.ledger values (11, '{}', encode(sha256(((select hash from ajar.ledger where entry = 10) || '{}')::bytea), 'hex'))`,
      entry: 11,
      why: /no finished revision/,
    },
  ]
  const database = await PGlite.create({ dataDir: join(store, 'db') })
  const backup = await database.dumpDataDir('none')
  await database.close()
  for (const { forged, entry, why } of forgeries) {
    await rm(join(store, 'db'), { recursive: true })
    const tampered = await PGlite.create({ dataDir: join(store, 'db'), loadDataDir: backup })
    await tampered.exec(forged)
    await tampered.close()
    const { broken } = await verify(store)
    expect({ forged, entry: broken?.entry, why: broken?.why }).toEqual({ forged, entry, why: expect.stringMatching(why) })
  }
})
