import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareInstants, type ExposureWindow, type Observation } from '../model/index.ts'
import { composeTimeline } from './compose-timeline.ts'
import { exposureWindows } from './exposure-windows.ts'
import { BUCKET, deciderFor, seen } from './testing/observations.ts'
import { momentOf, type World, worlds } from './testing/worlds.ts'
import { holdsAt } from './window-overlap.ts'

const RUNS = { numRuns: 400 }

function windowsOf(observations: readonly Observation[], lastMinute: number, facetsOf = observations): ExposureWindow[] {
  const asOf = momentOf(lastMinute)
  return exposureWindows(BUCKET, composeTimeline(observations, { asOf }), deciderFor(facetsOf), { asOf })
}

/** Whether the moment may lie in the window, by its outer bounds. */
function mayHoldAt({ window }: ExposureWindow, minute: number): boolean {
  const moment = momentOf(minute)
  const { opened, closed } = window
  const begun = opened.notBefore === null || compareInstants(opened.notBefore, moment) <= 0
  return begun && (closed?.notAfter == null || compareInstants(moment, closed.notAfter) < 0)
}

const minutesOf = ({ lastMinute }: World) => Array.from({ length: lastMinute + 1 }, (_, minute) => minute)

describe('laws of exposure windows', () => {
  it('lets no minute that was truly open lie outside every window', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const windows = windowsOf(world.observations, world.lastMinute)
        const missed = minutesOf(world).filter(
          (minute) => world.isOpenAt(minute) && !windows.some((window) => mayHoldAt(window, minute)),
        )
        expect(missed).toEqual([])
      }),
      RUNS,
    )
  })

  it('calls no minute proved open that was shut', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const windows = windowsOf(world.observations, world.lastMinute).filter(({ certain }) => certain)
        const proved = windows.flatMap(({ window, accessWindows }) => [window, accessWindows.read!])
        const wrong = minutesOf(world).filter(
          (minute) => !world.isOpenAt(minute) && proved.some((window) => holdsAt(window, momentOf(minute))),
        )
        expect(wrong).toEqual([])
      }),
      RUNS,
    )
  })

  it('does not depend on the order of observations', () => {
    const shuffled = worlds.chain((world) =>
      fc.shuffledSubarray([...world.observations], { minLength: world.observations.length }).map((order) => ({ world, order })),
    )
    fc.assert(
      fc.property(shuffled, ({ world, order }) => {
        expect(windowsOf(order, world.lastMinute)).toEqual(windowsOf(world.observations, world.lastMinute))
      }),
      RUNS,
    )
  })

  it('has exact ends where every change was recorded', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const recorded = world.observations.filter(({ kind }) => kind === 'change')
        const facets = new Set(recorded.map(({ facet }) => facet))
        fc.pre(
          ['policy', 'publicAccessBlock', 'accountPublicAccessBlock'].every((facet) =>
            recorded.some((change) => change.facet === facet && change.validFrom === momentOf(0)),
          ),
        )
        fc.pre(facets.size === 4)
        for (const { window } of windowsOf(recorded, world.lastMinute)) {
          expect(window.opened.notBefore).toBe(window.opened.notAfter)
          expect(window.closed?.notBefore).toBe(window.closed?.notAfter)
        }
      }),
      RUNS,
    )
  })

  it('gets no wider by one more look that confirms what was concluded', () => {
    const looks = worlds.chain((world) =>
      fc.record({ world: fc.constant(world), minute: fc.integer({ min: 0, max: world.lastMinute }) }),
    )
    fc.assert(
      fc.property(looks, ({ world, minute }) => {
        const moment = momentOf(minute)
        const timeline = composeTimeline(world.observations, { asOf: momentOf(world.lastMinute) })
        const here = timeline.intervals.find(({ from, to }) =>
          from === to ? to === moment : compareInstants(from!, moment) < 0 && compareInstants(moment, to) < 0,
        )
        const settled = here?.settled.get('policy')
        const value = settled?.[0]?.reading
        fc.pre(settled?.length === 1 && value !== undefined && value.status !== 'not-read')
        const confirmed = [...world.observations, seen('point', 'policy', moment, value!.status === 'read' ? value!.value : null)]
        const [before, after] = [world.observations, confirmed].map((list) =>
          windowsOf(list, world.lastMinute, world.observations),
        )
        const wider = minutesOf(world).filter(
          (at) => !before!.some((window) => mayHoldAt(window, at)) && after!.some((window) => mayHoldAt(window, at)),
        )
        expect(wider).toEqual([])
        const lessSure = minutesOf(world).filter(
          (at) =>
            before!.some(({ window }) => holdsAt(window, momentOf(at))) &&
            !after!.some(({ window }) => holdsAt(window, momentOf(at))),
        )
        expect(lessSure).toEqual([])
      }),
      RUNS,
    )
  })
})
