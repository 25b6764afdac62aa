import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import addFormats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDocument } from '../src/model/index.ts'
import { CLOSED, OPENED, smallCompany, writeFiles } from './evidence/small-company.ts'

const home = join(import.meta.dirname, '..')
const work = mkdtempSync(join(tmpdir(), 'ajar-investigate-'))
const evidence = join(work, 'evidence')

beforeAll(() => writeFiles(evidence, smallCompany()))
afterAll(() => rmSync(work, { recursive: true, force: true }))

interface Run {
  readonly store?: string
  readonly key?: string
  readonly flags?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs the command as a person would, in another process. */
function ajar(args: readonly string[], { store = 'store', key = 'key', flags = [], environment = {} }: Run = {}) {
  const program = join(home, 'bin', 'ajar.mjs')
  return spawnSync(process.execPath, [program, ...args, '--store', join(work, store), ...flags], {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: { ...process.env, AJAR_KEY_FILE: join(work, key), ...environment },
  })
}

function investigate(directory: string, run: Run = {}): CaseDocument {
  const { stdout, stderr, status } = ajar(['investigate', directory, '--recorded-at', '2022-10-01', '--format', 'json'], run)
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

describe('a directory of evidence becomes a case', () => {
  let document: CaseDocument
  beforeAll(() => {
    document = investigate(evidence, { store: 'main' })
  })

  it('is written as the published JSON Schema says', () => {
    const validate = addFormats
      .default(new Ajv2020({ strict: false }))
      .compile(JSON.parse(readFileSync(join(home, 'schema', 'case.schema.json'), 'utf8')))
    validate(document)
    expect(validate.errors ?? []).toEqual([])
  })

  it('finds the one store that was open, from the moment it was opened to the moment it was shut', () => {
    expect(document.exposures.map(({ name, audience }) => [name, audience])).toEqual([['inquiry-files', 'anyone']])
    const [{ window }] = document.exposures as [CaseDocument['exposures'][0]]
    expect([window.opened.notBefore, window.opened.notAfter, window.closed?.notBefore, window.closed?.notAfter]).toEqual([
      OPENED,
      OPENED,
      CLOSED,
      CLOSED,
    ])
  })

  it('counts the people in the files that were there, each once', () => {
    expect(document.people.total).toBe(5)
    expect(document.people.byMarket).toEqual({ AU: 5 })
  })

  it('says who read what, and that most of the time no log could have shown it', () => {
    const { access } = document.exposures[0]!
    expect(access.conclusion).toBe('read')
    expect(access.objectsRead).toEqual(['AU/first.csv'])
    expect(access.requests).toEqual({ inside: 1, knownGood: 0, knownScanner: 0, outside: 2, unknown: 0 })
    expect(access.coverage.covered).toBe(0)
  })

  it('owes Australia an assessment within 30 days and invents no deadline beside it', () => {
    const duties = document.obligations.map(({ regime, duty, due }) => [regime, duty, due])
    expect(duties).toContainEqual(['AU-NDB', 'assess', '2022-10-31T12:59:59Z'])
    expect(duties).toContainEqual(['AU-NDB', 'individuals', null])
  })

  it('keeps no raw value anywhere', () => {
    const values = ['ada@example.com', 'Ada Example', 'C-100001', '491 570 156', '491570156']
    const stored = readdirSync(join(work, 'main'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const places = stored.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    for (const value of values) {
      expect(JSON.stringify(document)).not.toContain(value)
      expect(places.some((text) => text.includes(value))).toBe(false)
    }
    expect(places.length).toBeGreaterThan(0)
  })
})

describe('the same evidence gives the same bytes', () => {
  const answer = (run: Run) =>
    ajar(['investigate', run.environment?.COPY ?? evidence, '--recorded-at', '2022-10-01', '--format', 'json'], run).stdout

  it('whatever the threads, the clock’s zone, the locale, the key and the order in which files were written', () => {
    const copy = join(work, 'elsewhere', 'evidence')
    writeFiles(copy, Object.fromEntries(Object.entries(smallCompany()).reverse()))
    const first = answer({ store: 'a' })
    expect(first).toContain('"revision": 1')
    expect(
      answer({
        store: 'b',
        key: 'other-key',
        flags: ['--threads', '1'],
        environment: { TZ: 'Asia/Tokyo', LC_ALL: 'ja_JP.UTF-8', COPY: copy },
      }),
    ).toBe(first)
  })
})

describe('a second batch', () => {
  it('reads nothing twice and says that nothing changed', () => {
    investigate(evidence, { store: 'twice' })
    const again = investigate(evidence, { store: 'twice' })
    expect([again.revision, again.supersedes, again.batches.at(-1)?.newFiles, again.changes]).toEqual([2, 1, 0, []])
    expect(ajar(['ledger', 'verify'], { store: 'twice' }).stdout).toContain('entries ok')
  })

  it('adds what it brings, and `case diff` says what changed', () => {
    const more = join(work, 'more')
    investigate(evidence, { store: 'grows' })
    writeFiles(more, {
      'objects/inquiry-files/NZ/third.csv':
        'Customer ID,Name,Phone\nC-300001,Flo Example,+64 21 000 0001\nC-300002,Gus Example,+64 21 000 0002\n',
    })
    const second = investigate(more, { store: 'grows' })
    expect(second.people.total).toBe(7)
    expect(second.changes.map(({ field }) => field)).toContain('people')
    expect(ajar(['case', 'diff'], { store: 'grows' }).stdout).toContain('people: 5 → 7')
  })
})

describe('bad input', () => {
  it.each([
    { name: 'a directory that is not there', args: ['investigate', 'nowhere'], says: 'nowhere' },
    { name: 'a file given as a directory', args: ['investigate', 'a-file'], says: 'a-file' },
    { name: 'an empty directory', args: ['investigate', 'nothing'], says: 'nothing' },
  ])('$name ends with exit code 1 and names it', ({ args, says }) => {
    writeFileSync(join(work, 'a-file'), 'x')
    mkdirSync(join(work, 'nothing'), { recursive: true })
    const { status, stderr } = ajar(args, { store: 'bad' })
    expect(status).toBe(1)
    expect(stderr).toContain(says)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('refuses a store among the evidence', () => {
    const { status, stderr } = ajar(['investigate', evidence], { store: 'evidence/store' })
    expect(status).toBe(1)
    expect(stderr).toContain('--store')
  })

  it.each([
    { name: 'a word that is no command', args: ['frobnicate'] },
    { name: 'a flag that is none', args: ['investigate', '.', '--frobnicate'] },
    { name: 'a moment without a zone', args: ['investigate', '.', '--as-of', '2023-05-31T10:00'] },
  ])('$name is wrong usage, exit code 2', ({ args }) => {
    expect(ajar(args, { store: 'usage' }).status).toBe(2)
  })

  it('uses what can be read of broken evidence and names the rest', () => {
    const broken = join(work, 'broken-evidence')
    const files = smallCompany()
    const trail = Object.keys(files).find((path) => path.includes('CloudTrail') && path.includes('2022/09'))!
    writeFiles(broken, {
      ...files,
      'objects/inquiry-files/AU/noise.bin': Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251),
      'objects/inquiry-files/AU/zeros.csv.gz': gzipSync(new Uint8Array(80_000_000)),
      'objects/inquiry-files/AU/latin.csv': Buffer.from([0x43, 0x75, 0x73, 0xff, 0xfe, 0x0a, 0x80, 0x81, 0x0a]),
      'objects/inquiry-files/AU/cut.parquet': Buffer.from('PAR1 and then nothing'),
      'notes/about-this.txt': 'collected by hand\n',
    })
    truncateSync(join(broken, trail), 40)
    symlinkSync(broken, join(broken, 'loop'))
    const document = investigate(broken, { store: 'broken' })
    const named = document.unread.map(({ what, code, also }) => [code, what, ...(also ?? [])].join(' ')).join('\n')
    expect(document.people.total).toBeGreaterThanOrEqual(5)
    expect(document.exposures[0]?.window.closed).toBeNull()
    for (const path of [trail, 'AU/noise.bin', 'AU/zeros.csv.gz', 'AU/cut.parquet', 'about-this.txt', 'loop'])
      expect(named).toContain(path)
  })

  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', () => {
    const shut = join(work, 'shut-evidence')
    writeFiles(shut, smallCompany())
    chmodSync(join(shut, 'objects/archive/closed.csv'), 0)
    expect(investigate(shut, { store: 'shut' }).unread.map(({ what }) => what)).toContain('objects/archive/closed.csv')
  })

  it('names a store of which there are objects and no configuration: it is neither open nor shut', () => {
    const directory = join(work, 'unconfigured-evidence')
    writeFiles(directory, {
      ...smallCompany(),
      'objects/forgotten-bucket/AU/one.csv': 'Customer ID,Name\nC-700001,Hal Example\nC-700002,Ivy Example\n',
    })
    const document = investigate(directory, { store: 'unconfigured' })
    expect(document.unread.map(({ what }) => what)).toContain('arn:aws:s3:::forgotten-bucket')
    expect(document.exposures.map(({ name }) => name)).toEqual(['inquiry-files'])
  })

  it('a policy that is not JSON leaves the store undecided, never closed', () => {
    const garbled = join(work, 'garbled-evidence')
    const files = Object.fromEntries(Object.entries(smallCompany()).filter(([path]) => !path.includes('CloudTrail')))
    const config = Object.keys(files).find((path) => path.includes('ConfigSnapshot'))!
    const original = JSON.parse(gunzipSync(files[config]!).toString())
    original.configurationItems[0].supplementaryConfiguration.BucketPolicy = '{"policyText":"{not json"}'
    writeFiles(garbled, { ...files, [config]: gzipSync(JSON.stringify(original)) })
    const document = investigate(garbled, { store: 'garbled' })
    expect(document.exposures.map(({ name, audience }) => [name, audience])).toEqual([['inquiry-files', 'undecided']])
  })
})
