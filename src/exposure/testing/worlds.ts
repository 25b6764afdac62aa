import fc from 'fast-check'
import { type Instant, instant, type Json, type Observation } from '../../model/index.ts'
import { ALL_ON, created, seen } from './observations.ts'

/** A true history: what each facet was from each moment on, and which moments somebody looked or wrote a change down. */
export interface World {
  readonly observations: readonly Observation[]
  /** Whether anyone could read at that minute, in the real world. */
  readonly isOpenAt: (minute: number) => boolean
  readonly lastMinute: number
}

// After the public access block was first offered, so that no setting is known to be absent without being seen.
const EPOCH = Date.UTC(2021, 0, 1)

export function momentOf(minute: number): Instant {
  return instant(EPOCH + minute * 60_000)
}

interface Switch {
  readonly after: number
  readonly value: number
  /** Written down as a change, or only seen later: then somebody looks before the next switch. */
  readonly isRecorded: boolean
  readonly seenAfter: number
  readonly looks: readonly number[]
}

const VALUES: Readonly<Record<string, readonly Json[]>> = {
  policy: [null, 'anyone', 'none'],
  publicAccessBlock: [null, ALL_ON],
  accountPublicAccessBlock: [null, ALL_ON],
}

const switches = fc.array(
  fc.record({
    after: fc.integer({ min: 2, max: 40 }),
    value: fc.integer({ min: 0, max: 2 }),
    isRecorded: fc.boolean(),
    seenAfter: fc.integer({ min: 0, max: 39 }),
    looks: fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 3 }),
  }),
  { maxLength: 5 },
)

/**
 * Worlds in which every switch leaves a trace: a change at its very moment, or a sighting before the next one. At its
 * beginning each facet is written down, or was what it was first seen to be, before anything changed.
 */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    beginnings: fc.array(fc.record({ value: fc.integer({ min: 0, max: 2 }), seenAfter: fc.integer({ min: 0, max: 1 }) }), {
      minLength: 3,
      maxLength: 3,
    }),
    policy: switches,
    publicAccessBlock: switches,
    accountPublicAccessBlock: switches,
    isBeginningRecorded: fc.boolean(),
  })
  .map(({ isBeginningRecorded, beginnings, ...facets }) => {
    const histories = Object.entries(facets).map(([facet, list], index) =>
      traced(facet, [{ after: 0, isRecorded: isBeginningRecorded, looks: [], ...beginnings[index]! }, ...list]),
    )
    const lastMinute = Math.max(1, ...histories.flatMap(({ steps }) => steps.map(({ minute }) => minute))) + 10
    const valueAt = (index: number, minute: number) => histories[index]!.steps.findLast((step) => step.minute <= minute)!.value
    return {
      observations: [created(momentOf(0)), ...histories.flatMap(({ observations }) => observations)],
      lastMinute,
      isOpenAt: (minute) => valueAt(0, minute) === 'anyone' && valueAt(1, minute) !== ALL_ON && valueAt(2, minute) !== ALL_ON,
    }
  })

function traced(facet: string, list: readonly Switch[]) {
  const values = VALUES[facet]!
  const steps: { minute: number; value: Json }[] = []
  const observations: Observation[] = []
  let minute = 0
  list.forEach((change, index) => {
    minute += change.after
    const span = (list[index + 1]?.after ?? 10) - 1
    const value = values[change.value % values.length]!
    steps.push({ minute, value })
    if (change.isRecorded) observations.push(seen('change', facet, momentOf(minute), value))
    const looks = change.isRecorded ? change.looks : [change.seenAfter, ...change.looks]
    for (const look of looks) observations.push(seen('point', facet, momentOf(minute + Math.min(look, span)), value))
  })
  return { steps, observations }
}
