import { parquetWriteBuffer } from 'hyparquet-writer'
import { at, DAY, HOUR, MINUTE, SECOND } from '../moments.ts'
import { type Random, random } from '../random.ts'
import { elementMask } from '../truth/census.ts'
import { planMonths, terminalId } from '../world/map-customers.ts'
import { MAP_STORE, THREE_HOUR_STORE } from '../world/stores.ts'
import { chassisNumber } from '../world/vehicles.ts'
import { gzip } from './delivery.ts'
import type { Shelf } from './shelf.ts'

const SITUATED = elementMask(['terminal-id', 'chassis-number', 'location', 'location-track'])
const UNSITUATED = elementMask(['terminal-id', 'chassis-number'])
const TRIP = elementMask(['terminal-id', 'location', 'location-track'])
const VERSIONS = ['2014.2', '2015.1', '2016.1', '2017.2', '2018.1', '2019.1', '2020.2', '2021.1']

/** Rows of one file as columns; positions in millionths of a degree. */
interface Track {
  readonly customers: Uint32Array
  readonly latitudes: Int32Array
  readonly longitudes: Int32Array
  readonly moments: Float64Array
}

/** The map service's monthly files: compressed CSV, JSON Lines and Parquet in turn; each eighth month's request log has no positions. */
export function* shelveMapFiles(seed: number, scale: number, customerCount: number, shelf: Shelf): Generator<string> {
  for (const month of planMonths(seed, scale, customerCount)) {
    const rows = random(seed, 'map rows', month.name)
    const track = driveAround(rows, month.customers, month.start, month.end)
    const situated = month.index % 8 !== 5
    const kind = (['csv.gz', 'jsonl', 'parquet'] as const)[month.index % 3]!
    const key = `updates/${month.name.replace('-', '/')}/map-update-${month.name}.${kind}`
    const putAt = month.end + 4 * HOUR + 10 * MINUTE + (month.index % 50) * SECOND
    shelf.put(
      { store: MAP_STORE, key, putAt },
      encode(kind, track, situated, rows, VERSIONS[month.index % VERSIONS.length]!),
      (say) => {
        for (const customer of track.customers) say(customer, situated ? SITUATED : UNSITUATED)
      },
    )
    yield `map service ${month.name}`
  }
  shelf.put(
    { store: MAP_STORE, key: 'README.txt', putAt: at('2015-01-14T06:00:00Z') },
    'Map data for on-demand update. One folder a month.\n',
  )
  shelf.put(
    { store: MAP_STORE, key: 'releases/2021.1/index.json', putAt: at('2021-04-02T05:30:00Z') },
    `${JSON.stringify({ release: '2021.1', areas: 47 })}\n`,
  )
}

/** A twelfth of the same terminals once more, in the store that was open for three hours: two of six files were not there then. */
export function shelveTripFiles(seed: number, customerCount: number, shelf: Shelf): void {
  const fates = [
    { putAt: '2021-06-28T05:00:00Z', deletedAt: '2021-08-10T06:30:00Z' },
    { putAt: '2021-07-05T05:00:00Z', deletedAt: null },
    { putAt: '2021-07-12T05:00:00Z', deletedAt: null },
    { putAt: '2021-07-19T05:00:00Z', deletedAt: '2022-02-17T05:40:00Z' },
    { putAt: '2021-08-16T05:00:00Z', deletedAt: null },
    { putAt: '2021-08-25T05:00:00Z', deletedAt: null },
  ]
  fates.forEach((fate, index) => {
    const rows = random(seed, 'trips', index)
    const putAt = at(fate.putAt)
    const here = customersOfTripFile(customerCount, index)
    const track = driveAround(rows, here, putAt - 6 * DAY, putAt - HOUR)
    const kind = index % 2 === 0 ? 'csv.gz' : 'parquet'
    const key = `trips/${fate.putAt.slice(0, 10).replaceAll('-', '/')}/part-0000.${kind}`
    const placement = { store: THREE_HOUR_STORE, key, putAt, deletedAt: fate.deletedAt === null ? null : at(fate.deletedAt) }
    shelf.put(placement, kind === 'parquet' ? tripParquet(track) : gzip(tripCsv(track)), (say) => {
      for (const customer of track.customers) say(customer, TRIP)
    })
  })
}

function customersOfTripFile(customerCount: number, file: number): Uint32Array {
  const here: number[] = []
  for (let customer = 0; customer < customerCount; customer++) {
    if (customer % 25 < 3 && Math.floor(customer / 25) % 6 === file) here.push(customer, customer, customer)
  }
  return Uint32Array.from(here)
}

function driveAround(rows: Random, customers: Uint32Array, start: number, end: number): Track {
  const count = customers.length
  const track = {
    customers,
    latitudes: new Int32Array(count),
    longitudes: new Int32Array(count),
    moments: new Float64Array(count),
  }
  const seconds = (end - start) / SECOND
  for (let row = 0; row < count; row++) {
    // Japan's main islands, roughly; a few of the points lie in the sea.
    track.latitudes[row] = 31_200_000 + rows.below(13_000_000)
    track.longitudes[row] = 130_100_000 + rows.below(14_000_000)
    track.moments[row] = start + rows.below(seconds) * SECOND
  }
  return track
}

function encode(
  kind: 'csv.gz' | 'jsonl' | 'parquet',
  track: Track,
  situated: boolean,
  rows: Random,
  version: string,
): Uint8Array {
  if (kind === 'parquet') return mapParquet(track, situated, rows, version)
  const text = kind === 'jsonl' ? mapJsonLines(track, situated, version) : mapCsv(track, situated, rows, version)
  return kind === 'jsonl' ? new TextEncoder().encode(text) : gzip(text)
}

function mapCsv(track: Track, situated: boolean, rows: Random, version: string): string {
  let out = `terminal_id,chassis_number,${situated ? 'latitude,longitude,' : ''}recorded_at,map_version,update_order_no\n`
  for (let row = 0; row < track.customers.length; row++) {
    const customer = track.customers[row]!
    const place = situated ? `${degrees(track.latitudes[row]!)},${degrees(track.longitudes[row]!)},` : ''
    out += `${terminalId(customer)},${chassisNumber(customer)},${place}${tokyoTime(track.moments[row]!)},${version},${orderNumber(rows)}\n`
  }
  return out
}

function mapJsonLines(track: Track, situated: boolean, version: string): string {
  let out = ''
  for (let row = 0; row < track.customers.length; row++) {
    const customer = track.customers[row]!
    const place = situated
      ? `"position":{"latitude":${degrees(track.latitudes[row]!)},"longitude":${degrees(track.longitudes[row]!)}},`
      : ''
    out += `{"terminalId":"${terminalId(customer)}","chassisNumber":"${chassisNumber(customer)}",${place}"recordedAt":"${tokyoTime(track.moments[row]!)}","mapVersion":"${version}"}\n`
  }
  return out
}

function mapParquet(track: Track, situated: boolean, rows: Random, version: string): Uint8Array {
  const customers = Array.from(track.customers)
  const place = [
    { name: 'latitude', data: Float64Array.from(track.latitudes, (value) => value / 1e6), type: 'DOUBLE' as const },
    { name: 'longitude', data: Float64Array.from(track.longitudes, (value) => value / 1e6), type: 'DOUBLE' as const },
  ]
  const columnData = [
    { name: 'terminal_id', data: customers.map(terminalId), type: 'STRING' as const },
    { name: 'chassis_number', data: customers.map(chassisNumber), type: 'STRING' as const },
    ...(situated ? place : []),
    { name: 'recorded_at', data: Array.from(track.moments, (moment) => new Date(moment)), type: 'TIMESTAMP' as const },
    { name: 'map_version', data: customers.map(() => version), type: 'STRING' as const },
    { name: 'update_order_no', data: customers.map(() => orderNumber(rows)), type: 'STRING' as const },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

function tripCsv(track: Track): string {
  let out = 'terminal_id,latitude,longitude,recorded_at\n'
  for (let row = 0; row < track.customers.length; row++) {
    out += `${terminalId(track.customers[row]!)},${degrees(track.latitudes[row]!)},${degrees(track.longitudes[row]!)},${tokyoTime(track.moments[row]!)}\n`
  }
  return out
}

function tripParquet(track: Track): Uint8Array {
  const columnData = [
    { name: 'terminal_id', data: Array.from(track.customers, terminalId), type: 'STRING' as const },
    { name: 'latitude', data: Float64Array.from(track.latitudes, (value) => value / 1e6), type: 'DOUBLE' as const },
    { name: 'longitude', data: Float64Array.from(track.longitudes, (value) => value / 1e6), type: 'DOUBLE' as const },
    { name: 'recorded_at', data: Array.from(track.moments, (moment) => new Date(moment)), type: 'TIMESTAMP' as const },
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

/** Sixteen digits that are no card: a tenth of them pass Luhn's check, as chance has it. */
function orderNumber(rows: Random): string {
  return `${10_000_000 + rows.below(90_000_000)}${10_000_000 + rows.below(90_000_000)}`
}

function degrees(millionths: number): string {
  const whole = Math.floor(millionths / 1e6)
  return `${whole}.${String(1e6 + millionths - whole * 1e6).slice(1)}`
}

const PADDED = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const days = new Map<number, string>()

/** `2015-02-14T08:21:33+09:00`; days are remembered, because making dates is what takes the time. */
function tokyoTime(moment: number): string {
  const local = moment + 9 * HOUR
  const dayNumber = Math.floor(local / DAY)
  let text = days.get(dayNumber)
  if (text === undefined) {
    text = new Date(local).toISOString().slice(0, 11)
    days.set(dayNumber, text)
  }
  const second = Math.floor((local - dayNumber * DAY) / SECOND)
  return `${text}${PADDED[Math.floor(second / 3600)]}:${PADDED[Math.floor(second / 60) % 60]}:${PADDED[second % 60]}+09:00`
}
