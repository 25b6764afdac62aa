import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { compareInstants, compareText, instant, type Instant, type Observation } from '../model/index.ts'
import type { History } from './history.ts'
import { openHistory } from './open-history.ts'
import { createDatabase } from './testing/postgres-cluster.ts'
import { hasServer, provideServer } from './testing/test-server.ts'
import { bucket, documentOf, file, observed } from './testing/invented.ts'

/** What a file says: for a facet and a source, from some day on, some value. Few of each, so that they collide. */
const aFact = fc.record({
  facet: fc.constantFrom('policy', 'acl'),
  source: fc.constantFrom('aws-config', 'cloudtrail'),
  day: fc.nat(5),
  value: fc.nat(2),
})
const batches = fc.array(fc.array(fc.array(aFact, { maxLength: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 4 })
const questions = fc.array(fc.record({ validDay: fc.nat(6), known: fc.nat(5) }), { minLength: 1, maxLength: 6 })

interface Told {
  readonly observation: Observation
  readonly recordedAt: Instant
}

/** The same question put to a list: of what was known, the latest that had begun; of equals, the one told last. */
function answer(told: readonly Told[], resource: string, validAt: Instant, knownAt: Instant) {
  const known = told.filter((each) => each.observation.resource.id === resource && compareInstants(each.recordedAt, knownAt) <= 0)
  const series = Map.groupBy(known, ({ observation }) => `${observation.facet} ${observation.source}`)
  return Array.from(series.keys())
    .sort(compareText)
    .flatMap((name) => {
      const items = series.get(name) as Told[]
      const held = items.filter((each) => compareInstants(each.observation.validFrom, validAt) <= 0)
      if (held.length === 0) return []
      const item = held.reduce((best, next) =>
        compareInstants(next.observation.validFrom, best.observation.validFrom) >= 0 ? next : best,
      )
      const later = items.map((each) => each.observation.validFrom).filter((from) => compareInstants(from, validAt) > 0)
      const validTo = later.sort(compareInstants)[0] ?? null
      return [{ name, value: item.observation.value, validTo, recordedAt: item.recordedAt }]
    })
}

const day = (number: number): Instant => instant(Date.UTC(2020, 0, 1 + number))
let runs = 0
let clock = 0

describe('answers as a list of facts would, in any order of recording', () => {
  it('on the embedded engine', async () => {
    const directory = await emptyDirectory()
    await agreesWithList(await openHistory({ store: directory }))
  })

  describe.skipIf(!hasServer)('on a server', () => {
    const serverUrl = provideServer()
    it('on PostgreSQL', async () => {
      const database = await createDatabase(serverUrl())
      onTestFinished(() => database.drop())
      await agreesWithList(await openHistory({ store: database.url, lakeDirectory: await emptyDirectory() }))
    })
  })
})

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ajar-model-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function agreesWithList(history: History): Promise<void> {
  await fc.assert(
    fc.asyncProperty(batches, questions, fc.boolean(), async (told, asked, reversed) => {
      const resource = bucket(`run-${++runs}`)
      const facts: Told[] = []
      const moments: Instant[] = [instant(Date.UTC(2030, 0, 1) + clock * 1_000)]
      for (const files of told) {
        const recordedAt = instant(Date.UTC(2030, 0, 1) + ++clock * 1_000)
        moments.push(recordedAt)
        const batch = await history.beginBatch({ recordedAt, name: 'batch' })
        const written = files.map((items, index) => {
          const path = `run-${runs}/${recordedAt}/${index}.json`
          const observations = items.map(({ facet, source, day: from, value }, offset) =>
            observed(path, day(from), value, {
              resource,
              facet,
              source: source as Observation['source'],
              evidence: { file: path, offset },
            }),
          )
          return { path, observations }
        })
        facts.push(...written.flatMap(({ observations }) => observations.map((observation) => ({ observation, recordedAt }))))
        for (const { path, observations } of reversed ? written.toReversed() : written) {
          await history.recordEvidence(batch, file(path), { observations: reversed ? observations.toReversed() : observations })
        }
        await history.finishBatch(batch, documentOf(batch, await history.ledger.pending(batch)))
      }
      for (const { validDay, known } of asked) {
        const knownAt = moments[Math.min(known, moments.length - 1)] as Instant
        const items = await history.configurationAsOf(resource.id, day(validDay), knownAt)
        const said = items.map(({ facet, source, value, validTo, recordedAt }) => ({
          name: `${facet} ${source}`,
          value,
          validTo,
          recordedAt,
        }))
        expect(said).toEqual(answer(facts, resource.id, day(validDay), knownAt))
      }
    }),
    { numRuns: 40 },
  )
  expect((await history.ledger.verify()).broken).toBeUndefined()
  await history.close()
}
