import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { read, utils } from '@e965/xlsx'
import { parquetReadObjects } from 'hyparquet'
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GroundTruth, generateEstate, type TrueExposure } from '../index.ts'

// The truth must follow from the delivered bytes by the linking rules, read here by a second and simple hand.
const HEADERS: readonly (readonly [RegExp, string])[] = [
  [/^customer ?_?id$/i, 'customer-id'],
  [/name$/i, 'person-name'],
  [/address$/i, 'postal-address'],
  [/^(phone|telephone)$/i, 'phone-number'],
  [/^e-?mail$/i, 'email-address'],
  [/^(registration|rego|registrationNumber)$/i, 'number-plate'],
  [/^(vin|vehicle identification number)$/i, 'vin'],
  [/^customer$/i, 'person-name'],
]

type Row = Readonly<Record<string, string>>

describe.each([
  { seed: 1, scale: 0.003 },
  { seed: 2, scale: 0.01 },
  { seed: 3, scale: 0.05 },
])('seed $seed at scale $scale', ({ seed, scale }) => {
  let root: string
  let evidence: string
  let truth: GroundTruth

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'estate-truth-'))
    truth = await generateEstate({ directory: join(root, 'estate'), seed, scale })
    evidence = join(root, 'estate/2023-05-31')
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('tells the dealers’ people apart by the rules, with their markets and elements', () => {
    const batch = truth.batches[1]!
    const files = batch.files.filter(({ resource }) => resource === 'arn:aws:s3:::overseas-dealer-inquiries')
    const rows = files.flatMap(({ key, records }) => {
      const found = rowsOf(join(evidence, 'objects/overseas-dealer-inquiries', key), key)
      expect(found.length).toBe(records)
      return found
    })
    const people = link(rows)
    const exposure = exposureOf(truth, 'overseas-dealer-inquiries')
    expect(people.length).toBe(exposure.people.total)
    expect(tally(people.map((records) => records[0]!.market!))).toEqual(exposure.people.byMarket)
    const sets = tally(people.map((records) => [...new Set(records.flatMap((record) => elementsIn(record)))].sort().join()))
    const expected = batch.people.byElementSet.filter(({ elements }) => !elements.includes('chassis-number'))
    expect(sets).toEqual(Object.fromEntries(expected.map(({ elements, people: count }) => [elements.join(), count])))
  })

  it('bounds the dealers’ window by the captures that saw it closed and open', () => {
    const seen = configurationItems(evidence, '777788889999')
      .filter((item) => item.resourceType === 'AWS::S3::Bucket' && item.resourceId === 'overseas-dealer-inquiries')
      .map((item) => ({
        at: String(item.configurationItemCaptureTime),
        open: JSON.parse(item.supplementaryConfiguration.BucketPolicy!).policyText !== null,
      }))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
    const first = seen.findIndex(({ open }) => open)
    const last = seen.findLastIndex(({ open }) => open)
    const { opened, closed } = exposureOf(truth, 'overseas-dealer-inquiries').window
    expect(opened).toMatchObject({ notBefore: seen[first - 1]!.at, notAfter: seen[first]!.at })
    expect(closed).toMatchObject({ notBefore: seen[last]!.at, notAfter: seen[last + 1]!.at })
  })

  it.each(['overseas-dealer-inquiries', 'www-brand-au', 'fleet-partner-exchange', 'mapdata-distribution-prod'])(
    'counts outsiders of %s as its log lines do',
    (store) => {
      const { access, window } = exposureOf(truth, store)
      const lines = logLines(evidence, store).filter(
        ({ at }) => window.opened.actual <= at && (window.closed === null || at < window.closed.actual),
      )
      const outside = lines.filter(
        ({ requester, status }) => status === 200 && !/:(111122223333|444455556666|777788889999|123456789012):/.test(requester),
      )
      const plain = outside.filter(({ forged }) => !forged)
      expect(plain.filter(({ operation }) => operation.endsWith('GET.OBJECT')).length).toBe(access.outsideReads)
      expect(plain.filter(({ operation }) => operation === 'REST.GET.BUCKET').length).toBe(access.outsideLists)
      expect(outside.filter(({ forged }) => forged).length).toBe(access.ambiguousReads)
    },
  )

  it('leaves no doubt which of the dealers’ files were there while the store was open', () => {
    const store = 'overseas-dealer-inquiries'
    const { opened, closed } = exposureOf(truth, store).window
    const listings = inventories(evidence, store)
    const exposedKeys = new Set(truth.batches[1]!.files.filter(({ resource }) => resource.endsWith(store)).map(({ key }) => key))
    for (const key of filesUnder(join(evidence, 'objects', store)).filter((name) => !name.includes('/NZ/'))) {
      const listed = listings.filter(({ lastModified }) => lastModified.has(key))
      const sure = listed.some(({ at }) => opened.notAfter! <= at && at <= closed!.notBefore!)
      const gone = logLines(evidence, store).some(
        (line) => line.key === key && /DELETE|EXPIRE/.test(line.operation) && line.at < opened.notBefore!,
      )
      const late = listed.length > 0 && listed.every(({ lastModified }) => lastModified.get(key)! > closed!.notAfter!)
      expect({ key, sure, unexposed: gone || late }).toEqual({
        key,
        sure: exposedKeys.has(key),
        unexposed: !exposedKeys.has(key),
      })
    }
  })

  it('counts the map service’s customers and their elements as its files do', async () => {
    const folder = join(evidence, 'objects/mapdata-distribution-prod/updates')
    const situated = new Map<string, boolean>()
    for (const name of filesUnder(folder)) {
      for (const { terminal, placed } of await mapRows(join(folder, name)))
        situated.set(terminal, placed || situated.get(terminal) === true)
    }
    expect(situated.size).toBe(exposureOf(truth, 'mapdata-distribution-prod').people.total)
    for (const name of [
      '2021/07/05/part-0000.parquet',
      '2021/07/12/part-0000.csv.gz',
      '2021/07/19/part-0000.parquet',
      '2021/08/16/part-0000.csv.gz',
    ]) {
      for (const { terminal } of await mapRows(join(evidence, 'objects/telematics-archive-jp/trips', name)))
        situated.set(terminal, true)
    }
    const japanese = truth.batches[0]!.people.byElementSet
    const placed = [...situated.values()].filter(Boolean).length
    expect(japanese).toEqual([
      { elements: ['chassis-number', 'location', 'location-track', 'terminal-id'], people: placed },
      { elements: ['chassis-number', 'terminal-id'], people: situated.size - placed },
    ])
  })

  it('puts every window’s truth between its bounds', () => {
    for (const { window } of truth.batches.flatMap(({ exposures }) => exposures)) {
      for (const bounds of [window.opened, window.closed]) {
        if (!bounds) continue
        expect(Date.parse(bounds.notBefore!)).toBeLessThanOrEqual(Date.parse(bounds.actual))
        if (bounds.notAfter) expect(Date.parse(bounds.actual)).toBeLessThanOrEqual(Date.parse(bounds.notAfter))
      }
    }
  })
})

function exposureOf({ batches }: GroundTruth, store: string): TrueExposure {
  return batches[1]!.exposures.find(({ resource }) => resource === `arn:aws:s3:::${store}`)!
}

function rowsOf(path: string, key: string): Row[] {
  const bytes = readFileSync(path)
  const market = key.split('/')[2]!
  const tables = () => utils.sheet_to_json<string[]>(read(bytes).Sheets.Inquiries!, { header: 1, defval: '' })
  const named = (pairs: readonly (readonly [string, string])[]) => {
    const fields = pairs.flatMap(([name, value]) => {
      const element = HEADERS.find(([pattern]) => pattern.test(name))?.[1]
      return element && value !== '' ? [[element, value] as const] : []
    })
    return { market, ...Object.fromEntries(fields) }
  }
  const asRows = ([header, ...rest]: string[][]) =>
    rest.map((cells) => named(header!.map((name, column) => [name, cells[column] ?? ''] as const)))
  if (key.endsWith('.xlsx')) return asRows(tables())
  if (key.endsWith('.csv')) return asRows(parseCsv(bytes.toString('utf8')))
  if (key.endsWith('.jsonl'))
    return bytes
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => named(Object.entries(JSON.parse(line)).map(([name, value]) => [name, String(value)] as const)))
  const text = bytes.toString('utf8')
  const inText = /Vehicle (\w{17}) was/.exec(text)
  return [
    {
      ...named(
        text
          .split('\n')
          .map((line) => line.split(': ') as [string, string])
          .filter(({ length }) => length === 2),
      ),
      ...(inText ? { vin: inText[1]! } : {}),
    },
  ]
}

function parseCsv(text: string): string[][] {
  // A comma before each line gives every cell one in front of it, the empty first ones too.
  const cells = (line: string) =>
    Array.from(
      `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g),
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    )
  return text.trimEnd().split('\r\n').map(cells)
}

function elementsIn(row: Row): string[] {
  return Object.keys(row).filter((name) => name !== 'market')
}

/** Groups of rows about one person: customer id; an email or a phone with the name that five customers at most share; a vehicle unless its owners' names conflict. */
function link(rows: readonly Row[]): Row[][] {
  const folded = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  const keyed = rows.map((row) => {
    const phone =
      row['phone-number'] && parsePhoneNumberFromString(row['phone-number'].normalize('NFKC'), row.market as CountryCode)?.number
    const name = row['person-name'] && folded(row['person-name'])
    return {
      customer: row['customer-id'] && folded(row['customer-id']),
      email: row['email-address'] && folded(row['email-address']),
      phone: phone && name && `${phone} ${name}`,
      vin: row.vin && folded(row.vin),
      name,
    }
  })
  const spread = (kind: 'email' | 'phone' | 'vin', by: 'customer' | 'name') => {
    const values = new Map<string, Set<string>>()
    for (const keys of keyed) if (keys[kind]) values.set(keys[kind], (values.get(keys[kind]) ?? new Set()).add(keys[by] || ''))
    return (value: string) => [...values.get(value)!].filter(Boolean).length
  }
  const limits = {
    customer: () => true,
    email: under(spread('email', 'customer'), 5),
    phone: under(spread('phone', 'customer'), 5),
    vin: under(spread('vin', 'name'), 1),
  }
  const parents = rows.map((_, index) => index)
  const root = (index: number): number => (parents[index] === index ? index : root(parents[index]!))
  const first = new Map<string, number>()
  for (const [index, keys] of keyed.entries()) {
    for (const kind of ['customer', 'email', 'phone', 'vin'] as const) {
      const value = keys[kind]
      if (!value || !limits[kind](value)) continue
      const other = first.get(`${kind} ${value}`)
      if (other === undefined) first.set(`${kind} ${value}`, index)
      else parents[root(index)] = root(other)
    }
  }
  return [...Map.groupBy(rows.keys(), root).values()].map((indexes) => indexes.map((index) => rows[index]!))
}

function under(count: (value: string) => number, most: number): (value: string) => boolean {
  return (value) => count(value) <= most
}

function tally(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length]))
}

async function mapRows(path: string): Promise<{ terminal: string; placed: boolean }[]> {
  const bytes = readFileSync(path)
  if (path.endsWith('.parquet')) {
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) })
    return rows.map((row) => ({ terminal: row.terminal_id, placed: row.latitude !== undefined }))
  }
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n')
  if (path.endsWith('.jsonl'))
    return text
      .map((line) => JSON.parse(line))
      .map(({ terminalId, position }) => ({ terminal: terminalId, placed: position !== undefined }))
  return text.slice(1).map((line) => ({ terminal: line.split(',')[0]!, placed: text[0]!.includes('latitude') }))
}

function inventories(evidence: string, store: string): { at: string; lastModified: Map<string, string> }[] {
  const folder = join(evidence, 's3-inventory', store, 'all-objects')
  return readdirSync(folder)
    .filter((name) => name !== 'data')
    .map((name) => {
      const manifest = JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8'))
      const columns = manifest.fileSchema.split(', ')
      const rows = (manifest.files as { key: string }[]).flatMap(({ key }) =>
        gunzipSync(readFileSync(join(evidence, 's3-inventory', key)))
          .toString('utf8')
          .trimEnd()
          .split('\n'),
      )
      const cells = rows.map((row) => row.slice(1, -1).split('","'))
      const keyOf = (row: string[]) => decodeURIComponent(row[columns.indexOf('Key')]!.replaceAll('+', ' '))
      return {
        at: new Date(Number(manifest.creationTimestamp)).toISOString(),
        lastModified: new Map(cells.map((row) => [keyOf(row), row[columns.indexOf('LastModifiedDate')]!])),
      }
    })
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

interface Item {
  readonly resourceType: string
  readonly resourceId: string
  readonly configurationItemCaptureTime: string
  readonly supplementaryConfiguration: Readonly<Record<string, string>>
}

function configurationItems(evidence: string, account: string): Item[] {
  const folder = join(evidence, 'AWSLogs', account, 'Config')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((name) => JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8')).configurationItems)
}

function logLines(evidence: string, store: string) {
  const folder = join(evidence, 's3-access-logs', store)
  const distinct = new Map<
    string,
    { at: string; requester: string; operation: string; key: string; status: number; forged: boolean }
  >()
  for (const line of readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))) {
    const [, time, requester, request, operation, key, status] =
      /\[([^\]]+)\] \S+ (\S+) (\S+) (\S+) (\S+) (?:-|"[^"]*") (\d+|-)/.exec(line)!
    const forged = /HTTP\/1\.1" 403 .* HTTP\/1\.1" 403|" 200 .*HTTP\/1\.1" 403/.test(line)
    const at = new Date(time!.replace(/^(\d+)\/(\w+)\/(\d+):/, '$1 $2 $3 ')).toISOString().replace('.000Z', 'Z')
    distinct.set(`${request} ${operation} ${key}`, {
      at,
      requester: requester!,
      operation: operation!,
      key: decodeURIComponent(decodeURIComponent(key!)),
      status: Number(status),
      forged,
    })
  }
  return [...distinct.values()]
}
