import { MAX_READINGS } from '../log-format.ts'

/** A line with more quotes than this has its readings not told apart one by one. */
export const MOST_QUOTES = 512

/** Where the quotes of a text stand; null where there are more than are told apart. */
export function quotesIn(text: string, from: number): readonly number[] | null {
  const quotes: number[] = []
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (quotes.length === MOST_QUOTES) return null
    quotes.push(at)
  }
  return quotes
}

/** Collects readings up to the number that is told apart, and counts them. */
export class Readings<Reading> {
  readonly kept: Reading[] = []

  get isFull(): boolean {
    return this.kept.length >= MAX_READINGS
  }

  add(reading: Reading): void {
    if (!this.isFull) this.kept.push(reading)
  }
}
