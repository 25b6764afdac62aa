import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { generateEstate, type GroundTruth, type TrueExposure } from '../../estate/index.ts'
import type { AccessAnswer } from './answer.ts'
import type { AccessOptions } from './options.ts'
import { surveyAccess } from './survey-access.ts'

// The logs of the reference estate, held against what their writer knows.

const BATCH = '2023-05-31'
const work = mkdtempSync(join(tmpdir(), 'ajar-access-estate-'))
const recordsFile = join(work, 'records.jsonl')
let exposures: readonly TrueExposure[]
let answer: AccessAnswer

// A test of its own, for a busy machine takes longer over it than a hook may.
it('is generated and surveyed', async () => {
  const directory = join(work, 'estate')
  await generateEstate({ directory, seed: 7, scale: 0.003 })
  const truth: GroundTruth = JSON.parse(readFileSync(`${directory}.truth.json`, 'utf8'))
  exposures = truth.batches.find(({ name }) => name === BATCH)!.exposures
  answer = await survey({ recordsFile })
  expect(exposures.length).toBeGreaterThan(10)
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

function survey(change: Partial<AccessOptions>): Promise<AccessAnswer> {
  return surveyAccess({
    paths: [join(work, 'estate', BATCH)],
    resource: null,
    from: null,
    to: null,
    zone: null,
    knownNetworks: [],
    namedNetworks: [],
    asOf: '2023-05-31T09:00:00Z',
    lakeDirectory: join(work, 'lake'),
    recordsFile: null,
    ...change,
  })
}

/** Reads, listings and doubtful lines of one store over all its openings: while it was shut, nobody outside was served. */
function trueTotals(resource: string) {
  const openings = exposures.filter((exposure) => exposure.resource === resource)
  const sum = (of: (exposure: TrueExposure) => number) => openings.reduce((total, each) => total + of(each), 0)
  return {
    reads: sum(({ access }) => access.outsideReads),
    lists: sum(({ access }) => access.outsideLists),
    doubtful: sum(({ access }) => access.ambiguousReads),
  }
}

it('counts the reads and listings of outsiders in every store', () => {
  expect(answer.resources.length).toBeGreaterThan(5)
  for (const { resource, reads, lists, doubtful } of answer.resources) {
    const truth = trueTotals(resource)
    expect([resource, lists]).toEqual([resource, truth.lists])
    // A second source may settle a line that reads two ways.
    expect([resource, reads + doubtful]).toEqual([resource, truth.reads + truth.doubtful])
    expect(reads).toBeGreaterThanOrEqual(truth.reads)
  }
})

it('reads every line and writes every record', () => {
  expect(answer.lines.rejected).toBe(0)
  expect(answer.records!.written).toBe(answer.lines.parsed + answer.lines.ambiguous)
  const records = readFileSync(recordsFile, 'utf8').trimEnd().split('\n')
  expect(records.length).toBe(answer.records!.written)
  const times = records.map((line) => JSON.parse(line).time as string)
  expect(times).toEqual([...times].sort())
})

it('names the snapshot that was shared with everybody', () => {
  const shared = exposures.find(({ resource }) => resource.includes(':snapshot:'))!
  expect(answer.copies.map(({ kind, resource, destination }) => [kind, resource, destination])).toEqual([
    ['snapshot-shared', shared.resource.split(':').at(-1), 'all'],
  ])
})

it.each([
  'telematics-archive-jp',
  'recall-campaign-banners',
  'press-kit-archive',
  'parts-catalog-share',
  'overseas-dealer-inquiries',
])('concludes of %s what its logs bear over the time it was open', async (name) => {
  const exposure = exposures.find(({ resource }) => resource === `arn:aws:s3:::${name}`)!
  const { opened, closed } = exposure.window
  const found = await survey({ resource: exposure.resource, from: opened.notBefore ?? opened.notAfter, to: closed!.notAfter })
  expect(found.conclusion.code).toBe(exposure.access.conclusion)
  expect(found.objectsReadCount).toBe(exposure.access.objectsRead)
})
