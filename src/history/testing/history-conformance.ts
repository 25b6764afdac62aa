import { describe, expect, it, onTestFinished } from 'vitest'
import type { ContentReport, Observation, Unread } from '../../model/index.ts'
import { RecordedAtOrderError } from '../errors.ts'
import type { History } from '../history.ts'
import type { EvidenceItems } from '../recording-input.ts'
import { bucket, documentOf, file, mentions, observed } from './invented.ts'

/** An empty store: opened, closed and opened again as a case wants. */
export interface TestStore {
  open(notices?: string[]): Promise<History>
  drop(): Promise<void>
}

const MAY_12 = '2023-05-12T00:00:00Z'
const MAY_31 = '2023-05-31T00:00:00Z'

/** What every engine must do alike. */
export function historyConformance(makeStore: () => Promise<TestStore>): void {
  async function emptyStore(): Promise<TestStore> {
    const store = await makeStore()
    onTestFinished(() => store.drop())
    return store
  }

  async function emptyHistory(): Promise<History> {
    const history = await (await emptyStore()).open()
    onTestFinished(() => history.close())
    return history
  }

  async function finish(history: History, batch: Awaited<ReturnType<History['beginBatch']>>, note?: string) {
    await history.finishBatch(batch, documentOf(batch, await history.ledger.pending(batch), note))
  }

  describe('what is recorded', () => {
    it('comes back as it was, whatever the texts and values are', async () => {
      const history = await emptyHistory()
      const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      const hostile = 'a\\b\u0000c\ud800d\udc00\ud83d\ude97 \\u0000 \u2028'
      const place = { file: 'a.json.gz', offset: 2 ** 40, record: hostile }
      const observations: Observation[] = [
        observed(
          'a.json.gz',
          '0001-01-01T00:00:00.001Z',
          { [hostile]: [hostile, 1e300, -0.1, null, { __proto__x: true }] },
          { evidence: place },
        ),
        observed('a.json.gz', '2015-02-09T00:00:00Z', null, { value: { status: 'absent' }, evidence: { file: 'other.json' } }),
        observed('a.json.gz', '2015-02-09T00:00:00Z', null, {
          facet: 'acl',
          kind: 'change',
          source: 'cloudtrail',
          resource: { ...bucket(hostile), region: '' },
          value: { status: 'not-read', reason: hostile, missingPermission: 's3:GetBucketAcl' },
        }),
      ]
      const sighting = {
        store: hostile,
        key: `${hostile}${'k'.repeat(4_000)}`,
        versionId: null,
        kind: 'put',
        at: MAY_12,
        lastModified: null,
        sizeBytes: null,
        evidence: place,
      } as const
      const listed = {
        store: hostile,
        key: hostile,
        versionId: hostile,
        kind: 'listed',
        at: MAY_12,
        lastModified: MAY_31,
        sizeBytes: 2 ** 42,
        evidence: { file: 'a.json.gz' },
      } as const
      const account = { id: '111122223333', name: hostile, organization: null, status: 'ACTIVE' }
      const inventory = { store: hostile, at: MAY_12, evidence: place }
      const unread: Unread = { what: hostile, place, code: 'malformed', detail: hostile, lost: 'nothing' }
      const object = { store: hostile, key: hostile, sha256: file('o').sha256, path: hostile, sizeBytes: 3 }
      const items: EvidenceItems = {
        observations,
        sightings: [sighting, listed],
        accounts: [account],
        inventories: [inventory],
        unread: [unread],
      }
      await history.recordEvidence(batch, file('a.json.gz'), items)
      await history.recordObject(batch, [object, object])
      expect(await history.observations()).toEqual([observations[0], observations[2], observations[1]])
      expect(new Set(await history.sightings())).toEqual(new Set([sighting, listed]))
      expect(await history.accounts()).toEqual([account])
      expect(await history.inventories()).toEqual([inventory])
      expect(await history.unread()).toEqual([unread])
      expect(await history.objects()).toEqual([{ ...object, revision: 1 }])
      expect(await history.evidenceFiles()).toEqual([{ ...file('a.json.gz'), revision: 1 }])
    })

    it('is the same in the same order, whatever the order of recording', async () => {
      const one = observed('one.json', MAY_12, { b: 1, a: { d: 1, c: 2 } })
      const two = observed('two.json', MAY_12, { a: { c: 2, d: 1 }, b: 1 })
      const three = observed('two.json', MAY_12, { b: 2 })
      const stores = await Promise.all([emptyHistory(), emptyHistory()])
      const orders = [
        [one, two, three],
        [three, two, one],
      ]
      const answers: string[] = []
      for (const [index, history] of stores.entries()) {
        const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
        for (const path of new Set(orders[index]?.map((each) => each.evidence.file))) {
          await history.recordEvidence(batch, file(path), {
            observations: orders[index]?.filter((each) => each.evidence.file === path) ?? [],
          })
        }
        await finish(history, batch)
        const asOf = await history.configurationAsOf(bucket('map-files').id, MAY_31)
        answers.push(JSON.stringify([await history.observations(), asOf, await history.ledger.head()]))
      }
      expect(answers[0]).toBe(answers[1])
    })

    it('is recorded once by its digest, and named by the first path it was given under', async () => {
      const history = await emptyHistory()
      const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      for (const path of ['z.json', 'a.json']) {
        await history.recordEvidence(batch, file(path, 'same bytes'), { observations: [observed(path, MAY_12, 1)] })
      }
      expect(await history.observations()).toEqual([observed('a.json', MAY_12, 1)])
      expect(await history.seen([file('x', 'same bytes').sha256, file('y').sha256])).toEqual(
        new Set([file('x', 'same bytes').sha256]),
      )
      expect(await history.batches()).toMatchObject([{ revision: 1, files: 2, newFiles: 1, finished: false }])
    })

    it('may be files alone, whose contents are kept elsewhere', async () => {
      const history = await emptyHistory()
      const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      const unread: Unread = {
        what: '2.log',
        place: { file: '2.log' },
        code: 'truncated',
        detail: 'Cut short.',
        lost: 'The rest.',
      }
      const outcomes = [
        { file: file('1.log'), unread: [] },
        { file: file('2.log'), unread: [unread] },
      ]
      await history.recordFiles(batch, outcomes)
      await history.recordFiles(batch, outcomes)
      expect(await history.evidenceFiles()).toEqual([
        { ...file('1.log'), revision: 1 },
        { ...file('2.log'), revision: 1 },
      ])
      expect(await history.unread()).toEqual([unread])
      expect(await history.batches()).toMatchObject([{ files: 2, newFiles: 2 }])
    })

    it('comes in parts inside one transaction, of which a failing one leaves nothing', async () => {
      const history = await emptyHistory()
      const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      async function* parts(failing: boolean) {
        yield {
          observations: Array.from({ length: 12_000 }, (_, offset) =>
            observed('big.json', MAY_12, offset % 7, { evidence: { file: 'big.json', offset } }),
          ),
        }
        if (failing) throw new Error('cut short')
        yield { observations: [observed('big.json', MAY_31, 'last')] }
      }
      await expect(history.recordEvidence(batch, file('big.json'), parts(true))).rejects.toThrow('cut short')
      expect(await history.observations()).toEqual([])
      expect(await history.seen([file('big.json').sha256])).toEqual(new Set())
      await history.recordEvidence(batch, file('big.json'), parts(false))
      expect(await history.observations()).toHaveLength(12_001)
    })

    it('may be recorded and asked for at the same time', async () => {
      const history = await emptyHistory()
      const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      const paths = Array.from({ length: 20 }, (_, index) => `file-${index}.json`)
      await Promise.all(
        paths.flatMap((path) => [
          history.recordEvidence(batch, file(path), { observations: [observed(path, MAY_12, path)] }),
          history.seen([file(path).sha256]),
          history.remember('stage', path, path),
        ]),
      )
      expect(await history.observations()).toHaveLength(20)
    })

    it('keeps what could not be opened until it is', async () => {
      const history = await emptyHistory()
      const unread: Unread = {
        what: 'locked.json',
        code: 'unreadable',
        detail: 'The file could not be opened.',
        lost: 'Its content.',
      }
      const first = await history.beginBatch({ recordedAt: MAY_12, name: 'first' })
      await history.recordUnread(first, [unread])
      await history.recordUnread(first, [unread])
      expect(await history.unread()).toEqual([unread])
      await finish(history, first)
      const second = await history.beginBatch({ recordedAt: MAY_31, name: 'second' })
      expect(await history.unread()).toEqual([unread])
      await history.recordEvidence(second, file('locked.json'), {})
      expect(await history.unread()).toEqual([])
      expect(await history.unread(MAY_12)).toEqual([unread])
    })
  })

  describe('what was true and what was known', () => {
    it('are two questions', async () => {
      const history = await emptyHistory()
      const ask = async (validAt: string, knownAt: string) =>
        (await history.configurationAsOf(bucket('map-files').id, validAt, knownAt)).map((item) => [
          item.value,
          item.validTo,
          item.recordedAt,
        ])
      const first = await history.beginBatch({ recordedAt: MAY_12, name: 'first' })
      await history.recordEvidence(first, file('1.json'), {
        observations: [observed('1.json', '2015-01-01T00:00:00Z', 'open'), observed('1.json', '2023-05-01T00:00:00Z', 'closed')],
      })
      await finish(history, first)
      const second = await history.beginBatch({ recordedAt: MAY_31, name: 'second' })
      await history.recordEvidence(second, file('2.json'), {
        observations: [
          observed('2.json', '2020-01-01T00:00:00Z', 'closed for a while'),
          observed('2.json', '2015-01-01T00:00:00Z', 'corrected'),
        ],
      })
      const read = (value: string) => ({ status: 'read', value })
      expect(await ask('2021-01-01T00:00:00Z', MAY_12)).toEqual([[read('open'), '2023-05-01T00:00:00Z', MAY_12]])
      expect(await ask('2021-01-01T00:00:00Z', MAY_31)).toEqual([[read('closed for a while'), '2023-05-01T00:00:00Z', MAY_31]])
      expect(await ask('2016-01-01T00:00:00Z', MAY_31)).toEqual([[read('corrected'), '2020-01-01T00:00:00Z', MAY_31]])
      expect(await ask('2016-01-01T00:00:00Z', MAY_12)).toEqual([[read('open'), '2023-05-01T00:00:00Z', MAY_12]])
      expect(await ask('2014-12-31T23:59:59.999Z', MAY_31)).toEqual([])
      expect(await ask('2023-05-01T00:00:00Z', MAY_31)).toEqual([[read('closed'), null, MAY_12]])
      expect(await ask('2023-05-01T00:00:00Z', '2023-05-11T00:00:00Z')).toEqual([])
      expect(await history.observations(MAY_12)).toHaveLength(2)
    })

    it('refuses to learn today what it would have had to know yesterday', async () => {
      const history = await emptyHistory()
      await finish(history, await history.beginBatch({ recordedAt: MAY_31, name: 'later' }))
      await expect(history.beginBatch({ recordedAt: MAY_12, name: 'earlier' })).rejects.toThrow(RecordedAtOrderError)
      await expect(history.beginBatch({ recordedAt: MAY_31, name: 'same moment' })).resolves.toMatchObject({ revision: 2 })
    })
  })

  describe('a batch', () => {
    it('that was not finished is not known of, and the next run continues it', async () => {
      const store = await emptyStore()
      const interrupted = await store.open()
      const begun = await interrupted.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      await interrupted.recordEvidence(begun, file('1.json'), { observations: [observed('1.json', MAY_12, 1)] })
      await interrupted.close()
      const notices: string[] = []
      const history = await store.open(notices)
      expect(await history.observations()).toEqual([])
      expect(await history.seen([file('1.json').sha256])).toHaveProperty('size', 1)
      const batch = await history.beginBatch({ recordedAt: MAY_31, name: 'batch' })
      expect(batch).toMatchObject({
        revision: 1,
        recordedAt: MAY_31,
        continued: { recordedAt: MAY_12, name: 'batch', filesDone: 1 },
      })
      expect(notices).toEqual(['Continuing revision 1: 1 files were recorded before the run was interrupted.'])
      await history.recordEvidence(batch, file('1.json'), { observations: [observed('1.json', MAY_12, 1)] })
      expect(await history.observations()).toHaveLength(1)
      await history.close()
    })

    it('ends with a revision that never changes', async () => {
      const store = await emptyStore()
      const history = await store.open()
      const batch = await history.beginBatch({ recordedAt: MAY_12, name: 'batch' })
      await history.recordEvidence(batch, file('1.json'), {})
      await expect(history.finishBatch(batch, documentOf(batch, { entries: 0, head: '' }))).rejects.toThrow(
        /not that of revision 1/,
      )
      await finish(history, batch, 'NUL \u0000 and half a pair \ud800')
      await expect(history.recordEvidence(batch, file('2.json'), {})).rejects.toThrow(/not open/)
      await history.close()
      const again = await store.open()
      expect(await again.revisions()).toEqual([
        { revision: 1, recordedAt: MAY_12, name: 'batch', files: 1, newFiles: 1, finished: true },
      ])
      expect((await again.revision(1))?.notes).toEqual([{ text: 'NUL \u0000 and half a pair \ud800', evidence: null }])
      expect(await again.revision(2)).toBeUndefined()
      await again.close()
    })
  })

  describe('conclusions', () => {
    it('keeps contents with their mentions, and what stages remember', async () => {
      const history = await emptyHistory()
      const report = {
        sha256: file('x').sha256,
        format: 'csv',
        problems: [{ code: 'x', detail: '\u0000' }],
      } as unknown as ContentReport
      const empty = { ...report, sha256: file('y').sha256 }
      await history.recordContent([
        { report, mentions: mentions() },
        { report: empty, mentions: { ...mentions(), rowCount: 0 } },
      ])
      await history.recordContent([{ report, mentions: mentions() }])
      expect(await history.contentReports()).toEqual(
        new Map([
          [report.sha256, report],
          [empty.sha256, empty],
        ]),
      )
      expect(await history.readMentions(report.sha256)).toEqual(mentions())
      expect(await history.readMentions(empty.sha256)).toMatchObject({ rowCount: 0, markets: [] })
      await expect(history.readMentions(file('z').sha256)).rejects.toThrow(RangeError)
      expect(await history.memo('stage', 'digest')).toBeUndefined()
      await history.remember('stage', 'digest', { a: ['\u0000', 1.5, null] })
      expect(await history.memo('stage', 'digest')).toEqual({ a: ['\u0000', 1.5, null] })
      expect([await history.keepSetting('key', 'first'), await history.keepSetting('key', 'second')]).toEqual(['first', 'first'])
    })
  })
}
