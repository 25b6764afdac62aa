import type { Format } from '../format.ts'

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Counted nouns and spans as English says them, in one format. */
export function englishPhrases(format: Format) {
  const { count } = format
  const small = (n: number): string => SMALL[n] ?? count(n)
  const stores = (n: number): string => (n === 1 ? `${small(n)} store` : `${small(n)} stores`)
  const things = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`
  return {
    small,
    Small: (n: number): string => capital(small(n)),
    stores,
    Stores: (n: number): string => capital(stores(n)),
    things,
    people: (n: number): string => things(n, 'person', 'people'),
    between: (from: string, to: string): string => between(format, from, to),
    spanInWords: (hours: number): string => spanInWords(hours, small, count),
  }
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `11 and 26 May 2023`: as much of the first day as differs from the second. */
function between(format: Format, from: string, to: string): string {
  const a = format.parts(from)
  const b = format.parts(to)
  if (a.year === b.year && a.month === b.month) return `${a.day} and ${format.day(to)}`
  return `${format.day(from)} and ${format.day(to)}`
}

/** Half years, months, days or hours, rounded up: "up to" must hold. */
function spanInWords(hours: number, small: (n: number) => string, count: (n: number) => string): string {
  const plural = (n: number, unit: string): string => `${n > 10 ? count(n) : small(n)} ${unit}${n === 1 ? '' : 's'}`
  if (hours < 48) return plural(Math.max(1, Math.ceil(hours)), 'hour')
  const days = hours / 24
  if (days < 60) return plural(Math.ceil(days), 'day')
  if (days < 730) return plural(Math.ceil(days / 30.44), 'month')
  const halves = Math.ceil((days / 365.2425) * 2)
  return halves % 2 === 0 ? plural(halves / 2, 'year') : `${small((halves - 1) / 2)} and a half years`
}
