import type { AccessAnswer } from '../../workflows/index.ts'
import type { Paint } from './paint.ts'
import { truncate } from './text.ts'

/** What every section of the view of an answer is drawn from. */
export interface AccessView {
  readonly answer: AccessAnswer
  readonly paint: Paint
  readonly columns: number
}

/** A section's name and what stands beside it, together no wider than the view. */
export function headed({ paint, columns }: AccessView, name: string, rest: string): string {
  return `${paint.strong(name)}${truncate(rest, columns - name.length)}`
}

/** A number with its thousands set apart, in every locale the same. */
export function number(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `2021-02-06 10:00:38`, in UTC. */
export function stamp(moment: string): string {
  return moment.slice(0, 19).replace('T', ' ')
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes in the largest unit that leaves at least one before the point. */
export function bytes(count: number): string {
  const unit = Math.min(UNITS.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3))
  const value = count / 1000 ** unit
  return `${unit === 0 ? count : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`
}
