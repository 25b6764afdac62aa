import { at, DAY, HOUR, MINUTE, type Moment } from '../moments.ts'
import type { Random } from '../random.ts'
import { type Field, PROFILES, type RecordOf, recordOf, type Situated } from './dealer-records.ts'
import type { Market } from './people.ts'
import { DEALER_STORE } from './stores.ts'

export type FileFormat = 'csv' | 'jsonl' | 'xlsx' | 'txt'

/** What became of a file against the store's opening (19 October 2016 to 18 May 2023). */
export type Fate = 'stayed' | 'there-before' | 'deleted-while-open' | 'deleted-before-opening' | 'put-after-closing'

export interface DealerFile {
  readonly key: string
  readonly format: FileFormat
  readonly market: Market | 'NZ'
  readonly profile: readonly Field[]
  readonly fate: Fate
  readonly putAt: Moment
  readonly deletedAt: Moment | null
  readonly records: RecordOf[]
}

/** Whether strangers could read it at some time. */
export function wasExposed(file: DealerFile): boolean {
  return file.fate !== 'deleted-before-opening' && file.fate !== 'put-after-closing'
}

const MARKETS = ['AU', 'ID', 'TH', 'PH'] as const
const SHARES = { AU: 0.72, ID: 0.12, TH: 0.09, PH: 0.07 }
const FORMATS: readonly FileFormat[] = ['csv', 'txt', 'xlsx', 'jsonl', 'txt', 'csv', 'xlsx']
const SYSTEMS: Readonly<Record<FileFormat, string>> = {
  csv: 'maintenance',
  xlsx: 'maintenance',
  jsonl: 'warranty',
  txt: 'investigation',
}
const NAMES: Readonly<Record<FileFormat, string>> = { csv: 'inquiry', xlsx: 'inquiry', jsonl: 'claims', txt: 'case note' }

/**
 * Plans the dealers' files and says in which of them each person is mentioned. Every exposed person is in at least one
 * exposed file; the others only in files that were gone before the store opened or came after it was shut. Each record
 * shares an identifier that ties with an exposed record of the same person, so that who is who can be told exactly.
 */
export function planDealerFiles(
  random: Random,
  fileCount: number,
  exposed: readonly Situated[],
  hidden: readonly Situated[],
): DealerFile[] {
  const files = MARKETS.flatMap((market) => planMarket(random, market, Math.max(4, Math.round(fileCount * SHARES[market]))))
  // Enough customers with the dealer's own address in one file: nobody can take it for one person's.
  for (const situated of exposed.filter(({ person }) => person.emailIsDealers))
    mention(random, files[0]!, situated, { whole: true })
  for (const file of files.filter(({ format, fate }) => format === 'txt' && wasExposed({ fate } as DealerFile))) {
    mention(random, file, random.pick(exposed.filter(({ person }) => person.market === file.market)))
  }
  for (const situated of exposed)
    mentionEverywhere(random, files.filter(wasExposed), situated, random.pick([1, 1, 2, 2, 3, 3, 4, 5]))
  const unexposed = files.filter((file) => !wasExposed(file))
  for (const situated of hidden) mentionEverywhere(random, unexposed, situated, random.between(1, 2))
  // Exposed people are in some of those files as well, with elements that must not be counted for them.
  for (const situated of random.shuffled(exposed).slice(0, Math.ceil(exposed.length / 20)))
    mentionEverywhere(random, unexposed, situated, 1)
  return [...files.filter(({ records }) => records.length > 0), emptyFile()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function planMarket(random: Random, market: Market, count: number): DealerFile[] {
  const unexposed = market === 'AU' ? Math.max(4, Math.round(count * 0.06)) : market === 'ID' ? 2 : 0
  return Array.from({ length: count + unexposed }, (_, index) => {
    const fate: Fate =
      index >= count ? (index % 2 === 0 ? 'deleted-before-opening' : 'put-after-closing') : ordinaryFate(random, index)
    // The first file and the ones nobody could read hold every element, so that everybody fits somewhere.
    const format = index === 0 ? 'csv' : index >= count ? 'jsonl' : FORMATS[index % FORMATS.length]!
    const profile = index === 0 || index >= count || format === 'txt' ? PROFILES[0]! : random.pick(PROFILES)
    const putAt = putMoment(random, fate)
    const year = Math.max(2016, new Date(putAt).getUTCFullYear())
    const number = String(MARKETS.indexOf(market as 'AU') * 2_000 + index + 17).padStart(6, '0')
    const key = `${SYSTEMS[format]}/${year}/${market}/${NAMES[format]}-${number}.${format}`
    return { key, format, market, profile, fate, putAt, deletedAt: deleteMoment(random, fate, putAt), records: [] }
  })
}

function ordinaryFate(random: Random, index: number): Fate {
  const roll = random.unit()
  return index === 0 ? 'stayed' : roll < 0.06 ? 'there-before' : roll < 0.24 ? 'deleted-while-open' : 'stayed'
}

function putMoment(random: Random, fate: Fate): Moment {
  switch (fate) {
    case 'there-before':
    case 'deleted-before-opening':
      return officeHour(random, at('2016-07-04'), at('2016-08-20'))
    case 'put-after-closing':
      return officeHour(random, at('2023-05-28'), at('2023-05-30'))
    default:
      return officeHour(random, at('2016-11-07'), at('2023-04-20'))
  }
}

function deleteMoment(random: Random, fate: Fate, putAt: Moment): Moment | null {
  if (fate === 'deleted-before-opening') return officeHour(random, at('2016-08-25'), at('2016-09-15'))
  if (fate !== 'deleted-while-open') return null
  // Each file is in one inventory at least before it goes: otherwise nothing would tell that it was ever there.
  const listed = DEALER_STORE.inventories.find((moment) => moment > putAt)!
  return officeHour(random, Math.min(listed + 3 * DAY, at('2023-05-08')), at('2023-05-09'))
}

/** A second between 05:00 and 20:00 of one of the days, away from the hours in which inventories are made. */
function officeHour(random: Random, first: Moment, last: Moment): Moment {
  return (
    first +
    random.below(Math.max(1, Math.round((last - first) / DAY))) * DAY +
    5 * HOUR +
    random.below((15 * HOUR) / 1_000) * 1_000
  )
}

function mentionEverywhere(random: Random, files: readonly DealerFile[], situated: Situated, times: number): void {
  const tables = files.filter(({ market, format }) => market === situated.person.market && format !== 'txt')
  if (tables.length === 0) return
  for (let mentions = 0; mentions < times; mentions++) mention(random, random.pick(tables), situated)
  if (situated.mentions === 0) mention(random, tables.find(({ profile }) => profile === PROFILES[0])!, situated, { whole: true })
}

function mention(random: Random, file: DealerFile, situated: Situated, { whole = false } = {}): void {
  const record = recordOf(random, situated, file.profile, whole)
  if (record) file.records.push(record)
}

/** New Zealand was looked at too: its one file names no owner. */
function emptyFile(): DealerFile {
  const putAt = at('2021-03-09T08:12:44Z') + MINUTE
  return {
    key: 'maintenance/2021/NZ/inquiry-009001.csv',
    format: 'csv',
    market: 'NZ',
    profile: [],
    fate: 'stayed',
    putAt,
    deletedAt: null,
    records: [],
  }
}
