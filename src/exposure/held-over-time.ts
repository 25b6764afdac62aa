import { compareInstants, epochMs, type Instant, instant, type ObjectPresence, type Window } from '../model/index.ts'

// A hundred years: what claims to be older is a mistake in the evidence.
const MAX_MONTHS = 1_200

/**
 * How much of the personal data was there, by month of a window: the most that was held at any moment of the month, as a
 * share of the most at any moment of the window, 0 to 1, rounded to four decimals. `weightOf` gives a key's records or
 * people. Empty where nothing weighs anything. Presences of uncertain length count for as long as they may have lasted.
 */
export function heldOverTime(
  window: Window,
  presences: readonly ObjectPresence[],
  options: { readonly weightOf: (key: string) => number; readonly asOf: Instant },
): { readonly at: Instant; readonly share: number }[] {
  const start = window.opened.notBefore ?? window.opened.notAfter
  const end = window.closed?.notAfter ?? options.asOf
  if (start === null || compareInstants(start, end) >= 0) return []
  const steps = stepsOf(presences, options.weightOf)
  const months = monthsBetween(start, end).map((month) => ({ at: month.at, most: mostWithin(steps, month.from, month.to) }))
  const most = Math.max(0, ...months.map((month) => month.most))
  return most === 0 ? [] : months.map((month) => ({ at: month.at, share: Math.round((month.most / most) * 10_000) / 10_000 }))
}

/** What is held from `at` on, until the next step. */
interface Step {
  readonly at: number
  readonly held: number
}

function stepsOf(presences: readonly ObjectPresence[], weightOf: (key: string) => number): Step[] {
  const changes = new Map<number, number>()
  const add = (at: number, weight: number) => changes.set(at, (changes.get(at) ?? 0) + weight)
  for (const { key, present } of presences) {
    const weight = weightOf(key)
    if (weight <= 0) continue
    const { notBefore, notAfter } = present.opened
    const from = notBefore ?? notAfter
    add(from === null ? Number.NEGATIVE_INFINITY : epochMs(from), weight)
    if (present.closed?.notAfter != null) add(epochMs(present.closed.notAfter), -weight)
  }
  let held = 0
  return [...changes]
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([at, weight]) => {
      held += weight
      return { at, held }
    })
}

/** The most that is held at any moment from `from` to before `to`. */
function mostWithin(steps: readonly Step[], from: number, to: number): number {
  let most = 0
  for (const [index, step] of steps.entries()) {
    if (step.at >= to) break
    const until = steps[index + 1]?.at ?? Number.POSITIVE_INFINITY
    if (until > from) most = Math.max(most, step.held)
  }
  return most
}

/** The months that the span touches; `at` is the month's first moment, `from` and `to` its part of the span. */
function monthsBetween(start: Instant, end: Instant): { readonly at: Instant; readonly from: number; readonly to: number }[] {
  const months = []
  const first = new Date(start)
  for (let offset = 0; offset < MAX_MONTHS; offset += 1) {
    const begin = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + offset)
    const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + offset + 1)
    if (begin >= epochMs(end)) break
    months.push({ at: instant(begin), from: Math.max(begin, epochMs(start)), to: Math.min(next, epochMs(end)) })
  }
  return months
}
