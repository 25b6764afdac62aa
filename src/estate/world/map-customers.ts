import { type Moment, months } from '../moments.ts'
import { random } from '../random.ts'

/** Who asked for maps in one month: a customer for each row. */
export interface MapMonth {
  readonly index: number
  readonly name: string
  readonly start: Moment
  readonly end: Moment
  readonly customers: Uint32Array
}

/** The maker's own number of the terminal in that customer's car. */
export function terminalId(customer: number): string {
  return `NTS${100_000_003 + customer * 7}`
}

/**
 * Customers join in the order of their numbers, as many each month; all have a row in the month in which they join.
 * A third never comes again; the others share the remaining rows, more of them the later it gets.
 */
export function* planMonths(seed: number, scale: number, customerCount: number): Generator<MapMonth> {
  const all = months('2015-02', '2022-03')
  const rowsLeft = Math.max(0, Math.round(3_000_000 * scale) - customerCount)
  const weights = (all.length * (all.length + 1)) / 2
  for (const [index, { name, start, end }] of all.entries()) {
    const first = Math.floor((customerCount * index) / all.length)
    const joined = Math.floor((customerCount * (index + 1)) / all.length)
    const returning = Math.floor((rowsLeft * (index + 1)) / weights)
    const choice = random(seed, 'map months', name)
    const rows = new Uint32Array(joined - first + (joined > 0 ? returning : 0))
    for (let row = 0; row < rows.length; row++) {
      rows[row] = row < joined - first ? first + row : returningCustomer(choice, joined)
    }
    yield { index, name, start, end, customers: rows }
  }
}

function returningCustomer(choice: { below(limit: number): number }, joined: number): number {
  // A few draws are enough: two of three customers return, and the last draw counts whoever it is where all are new.
  let customer = choice.below(joined)
  for (let draw = 0; draw < 20 && customer % 20 < 7; draw++) customer = choice.below(joined)
  return customer
}
