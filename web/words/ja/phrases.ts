import type { Format } from '../format.ts'

/** Markets whose common Japanese names are shorter than those of the data of Intl. */
const MARKETS: Readonly<Record<string, string>> = { AU: '豪州', NZ: 'NZ', UNKNOWN: '市場不明' }
const KANJI = ['零', '一つ', '二つ', '三つ', '四つ', '五つ', '六つ', '七つ', '八つ', '九つ']

/** Counters, days and spans as Japanese says them, in one format. */
export function japanesePhrases(format: Format) {
  const { count } = format
  return {
    market: (code: string): string => MARKETS[code] ?? format.market(code),
    list: (items: readonly string[]): string => items.join('・'),
    places: (n: number): string => KANJI[n] ?? `${count(n)} か所`,
    dayOfMonth: (moment: string): string => dayOfMonth(format, moment),
    between: (from: string, to: string): string => between(format, from, to),
    spanInWords: (hours: number): string => spanInWords(hours, count),
  }
}

function dayOfMonth(format: Format, moment: string): string {
  const { month, day } = format.parts(moment)
  return `${month}月${day}日`
}

/** As much of the second day as differs from the first. */
function between(format: Format, from: string, to: string): string {
  const a = format.parts(from)
  const b = format.parts(to)
  const end = a.year !== b.year ? format.day(to) : a.month !== b.month ? `${b.month}月${b.day}日` : `${b.day}日`
  return `${format.day(from)}から${end}の間`
}

/** Rounded up: 「最長」must hold. */
function spanInWords(hours: number, count: (n: number) => string): string {
  if (hours < 48) return `${count(Math.max(1, Math.ceil(hours)))}時間`
  const days = hours / 24
  if (days < 60) return `${count(Math.ceil(days))}日`
  if (days < 730) return `${count(Math.ceil(days / 30.44))}か月`
  const halves = Math.ceil((days / 365.2425) * 2)
  return halves % 2 === 0 ? `${count(halves / 2)}年` : `${count((halves - 1) / 2)}年半`
}
