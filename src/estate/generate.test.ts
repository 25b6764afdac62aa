import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ESTATE_BATCHES, EstateDirectoryError, type GroundTruth, generateEstate, truthPath } from './index.ts'

const SCALE = 0.002
let root: string
let directory: string
let truth: GroundTruth

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'estate-'))
  directory = join(root, 'estate')
  truth = await generateEstate({ directory, seed: 7, scale: SCALE })
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('determinism', () => {
  it('writes the same bytes for the same seed and scale, over an earlier estate too', async () => {
    const before = digest(directory)
    await generateEstate({ directory, seed: 7, scale: SCALE })
    expect(digest(directory)).toBe(before)
    const other = join(root, 'other')
    await generateEstate({ directory: other, seed: 8, scale: SCALE })
    expect(digest(other)).not.toBe(before)
  })

  it('names its batches and when they were learned', () => {
    expect(ESTATE_BATCHES).toEqual([
      { name: '2023-05-12', recordedAt: '2023-05-12T09:00:00Z' },
      { name: '2023-05-31', recordedAt: '2023-05-31T09:00:00Z' },
    ])
    expect(readdirSync(directory).sort()).toEqual(['2023-05-12', '2023-05-31'])
  })
})

describe('the directory', () => {
  it('keeps the truth beside it, never inside', () => {
    expect(JSON.parse(readFileSync(truthPath(directory), 'utf8'))).toEqual(JSON.parse(JSON.stringify(truth)))
    expect(filesUnder(directory).filter((path) => /truth/i.test(path))).toEqual([])
  })

  it('leaves a directory alone that holds something else', async () => {
    const taken = join(root, 'taken')
    mkdirSync(taken)
    writeFileSync(join(taken, 'holiday.jpg'), 'x')
    await expect(generateEstate({ directory: taken, seed: 1, scale: SCALE })).rejects.toThrow(EstateDirectoryError)
    await expect(generateEstate({ directory: taken, seed: 1, scale: SCALE })).rejects.toThrow(/holiday\.jpg/)
    expect(readdirSync(taken)).toEqual(['holiday.jpg'])
  })

  it('leaves a folder alone that only has the name of a batch', async () => {
    const taken = join(root, 'namesake')
    mkdirSync(join(taken, '2023-05-12'), { recursive: true })
    writeFileSync(join(taken, '2023-05-12', 'notes.txt'), 'x')
    await expect(generateEstate({ directory: taken, seed: 1, scale: SCALE })).rejects.toThrow(EstateDirectoryError)
    expect(existsSync(join(taken, '2023-05-12', 'notes.txt'))).toBe(true)
  })

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(generateEstate({ directory: join(root, 'stopped'), seed: 1, scale: SCALE, signal })).rejects.toThrow('enough')
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses scale %s', async (scale) => {
    await expect(generateEstate({ directory: join(root, 'none'), seed: 1, scale })).rejects.toThrow(RangeError)
  })
})

describe('batches', () => {
  it('holds in the second batch what the first holds, as the same file', () => {
    const [first, second] = ESTATE_BATCHES.map(({ name }) => join(directory, name)) as [string, string]
    const early = filesUnder(first)
    expect(early.length).toBeGreaterThan(400)
    for (const path of early) expect(statSync(join(second, path)).ino).toBe(statSync(join(first, path)).ino)
    expect(filesUnder(second).length).toBeGreaterThan(early.length)
  })

  it('tells in the first batch of the Japanese accounts alone', () => {
    const first = join(directory, '2023-05-12')
    expect(readdirSync(join(first, 'AWSLogs')).sort()).toEqual(['111122223333', '444455556666'])
    expect(readdirSync(join(first, 'objects'))).not.toContain('overseas-dealer-inquiries')
    expect(existsSync(join(first, 'aws-cli'))).toBe(false)
    expect(Object.keys(truth.batches[0]!.people.byMarket)).toEqual(['JP'])
  })
})

describe('what is in it', () => {
  it('says nothing of real domains, real addresses or card numbers', () => {
    const text = filesUnder(join(directory, '2023-05-31'))
      .filter((path) => !/\.(gz|parquet|xlsx)$/.test(path))
      .map((path) => readFileSync(join(directory, '2023-05-31', path), 'utf8'))
      .join('\n')
    const domains = new Set(Array.from(text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/gi), ([, domain]) => domain!.toLowerCase()))
    expect([...domains].filter((domain) => !/(^|\.)example\.(com|net|org)$/.test(domain))).toEqual([])
    const addresses = new Set(Array.from(text.matchAll(/\+0000\] (\S+) /g), ([, address]) => address!))
    const documentation = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:|^-$/
    expect([...addresses].filter((address) => !documentation.test(address))).toEqual([])
  })

  it('holds four accounts, sixty stores and more, and a database', () => {
    const organization = JSON.parse(readFileSync(join(directory, '2023-05-31/organizations/accounts.json'), 'utf8'))
    expect(organization.Accounts).toHaveLength(4)
    expect(new Set(truth.batches[1]!.exposures.map(({ resource }) => resource.split(':')[2]))).toEqual(new Set(['rds', 's3']))
  })
})

describe('proportions', () => {
  it.each([0.004, 0.02])('at scale %s has that share of the reference case', async (scale) => {
    const place = join(root, `scale-${scale}`)
    const { batches } = await generateEstate({ directory: place, seed: 3, scale })
    expect(batches[1]!.people.byMarket).toMatchObject({
      JP: Math.round(260_000 * scale),
      AU: Math.max(20, Math.round(2_800 * scale)),
    })
    const map = batches[1]!.exposures.find(({ resource }) => resource.endsWith('mapdata-distribution-prod'))!
    expect(map.people.total).toBe(Math.round(260_000 * scale))
    const rows = batches[1]!.files
      .filter(({ resource }) => resource === map.resource)
      .reduce((sum, { records }) => sum + records, 0)
    expect(rows / (3_000_000 * scale)).toBeCloseTo(1, 1)
    expect(rows).toBeLessThanOrEqual(3_000_000 * scale)
    expect(batches[1]!.exposures.length).toBe(truth.batches[1]!.exposures.length)
  })
})

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

function digest(folder: string): string {
  const hash = createHash('sha256')
  for (const path of filesUnder(folder)) hash.update(`${path}\0`).update(readFileSync(join(folder, path)))
  return hash.digest('hex')
}
