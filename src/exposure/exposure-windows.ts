import {
  ACCESSES,
  type Access,
  type Audience,
  type Bounds,
  compareInstants,
  type ExposureWindow,
  type Instant,
  type ResourceConfiguration,
  type ResourceRef,
  type Verdict,
  type Verdicts,
  type Window,
} from '../model/index.ts'
import { reasonsForChange } from './change-reasons.ts'
import type { ConfigurationTimeline, Lifetime, TimelineInterval } from './configuration-timeline.ts'
import { compareAudiences, type IntervalVerdicts, intervalDecider, widestAudience } from './interval-verdicts.ts'
import { marksWithin } from './timeline-marks.ts'

type OpenAudience = Exclude<Audience, 'none'>
const OPEN_AUDIENCES: readonly OpenAudience[] = ['anyone', 'any-identity', 'named', 'undecided']

interface Decided extends TimelineInterval {
  readonly verdicts: IntervalVerdicts
  /** The widest audiences that the possible, and the far-fetched, configurations give. */
  readonly audiences: ReadonlySet<Audience>
  readonly farFetchedAudiences: ReadonlySet<Audience>
}

/** Intervals `first` to `last`, over which an audience is possible. */
interface Run {
  readonly audience: OpenAudience
  readonly first: number
  readonly last: number
}

/**
 * When outsiders could reach the resource, and how far each end is pinned down; one window for each stretch with the same
 * widest audience. `decide` is reachability's; it is called once for each distinct configuration. `asOf` is the timeline's.
 */
export function exposureWindows(
  resource: ResourceRef,
  timeline: ConfigurationTimeline,
  decide: (configuration: ResourceConfiguration) => Verdicts,
  options: { readonly asOf: Instant },
): ExposureWindow[] {
  const verdictsOf = intervalDecider(resource, decide)
  return timeline.lifetimes.flatMap((lifetime, index) => {
    const intervals = timeline.intervals
      .filter((interval) => interval.lifetime === index)
      .map((interval) => decided(interval, verdictsOf(interval)))
    const runs = OPEN_AUDIENCES.flatMap((audience) => runsOf(intervals, audience))
    return runs
      .filter((run) => isNeeded(run, runs, intervals))
      .flatMap((run) => windowsOf(run, { resource, lifetime, intervals, asOf: options.asOf }))
      .sort(compareWindows)
  })
}

function decided(interval: TimelineInterval, verdicts: IntervalVerdicts): Decided {
  return {
    ...interval,
    verdicts,
    audiences: new Set(verdicts.possible.map(widestAudience)),
    farFetchedAudiences: new Set(verdicts.farFetched.map(widestAudience)),
  }
}

/** Maximal runs; a far-fetched possibility only carries back what is possible right after it. */
function runsOf(intervals: readonly Decided[], audience: OpenAudience): Run[] {
  const runs: Run[] = []
  for (let index = intervals.length - 1; index >= 0; index -= 1) {
    const current = runs.at(-1)
    const touches = current !== undefined && current.first === index + 1
    const { audiences, farFetchedAudiences } = intervals[index]!
    if (!audiences.has(audience) && !(touches && farFetchedAudiences.has(audience))) continue
    if (touches) runs[runs.length - 1] = { ...current, first: index }
    else runs.push({ audience, first: index, last: index })
  }
  return runs.reverse()
}

/** An unproved run within wider ones, but for single moments, is the blurred end of those, and no window of its own. */
function isNeeded(run: Run, runs: readonly Run[], intervals: readonly Decided[]): boolean {
  const wider = runs.filter((other) => compareAudiences(other.audience, run.audience) > 0)
  for (let index = run.first; index <= run.last; index += 1) {
    if (intervals[index]!.verdicts.provedAudience === run.audience) return true
    const { from, to } = intervals[index]!
    if (from !== to && !wider.some((other) => other.first <= index && index <= other.last)) return true
  }
  return false
}

interface Setting {
  readonly resource: ResourceRef
  readonly lifetime: Lifetime
  readonly intervals: readonly Decided[]
  readonly asOf: Instant
}

/** One window for each proved stretch of the run; between two of them it may have been shut. Where nothing is proved, one. */
function windowsOf(run: Run, setting: Setting): ExposureWindow[] {
  const cores = stretchesOf(run, (index) => setting.intervals[index]!.verdicts.provedAudience === run.audience)
  if (cores.length === 0) return [windowOver(run, null, setting)]
  return cores.map((core, position) => {
    const first = (cores[position - 1]?.last ?? run.first - 1) + 1
    const last = (cores[position + 1]?.first ?? run.last + 1) - 1
    return windowOver({ audience: run.audience, first, last }, core, setting)
  })
}

interface Stretch {
  readonly first: number
  readonly last: number
}

function stretchesOf({ first, last }: Stretch, holds: (index: number) => boolean): Stretch[] {
  const stretches: Stretch[] = []
  for (let index = first; index <= last; index += 1) {
    if (!holds(index)) continue
    const current = stretches.at(-1)
    if (current?.last === index - 1) stretches[stretches.length - 1] = { ...current, last: index }
    else stretches.push({ first: index, last: index })
  }
  return stretches
}

function windowOver(run: Run, core: Stretch | null, setting: Setting): ExposureWindow {
  const window = windowBetween(run, core, setting)
  const verdicts = widestVerdicts(run, setting.intervals)
  return {
    resource: setting.resource,
    audience: run.audience,
    certain: core !== null,
    window,
    verdicts,
    accessWindows: accessWindowsOf(run, verdicts, setting),
    changes: marksWithin(setting.lifetime, window),
  }
}

function windowBetween(run: Stretch, core: Stretch | null, { intervals, lifetime, asOf }: Setting): Window {
  const start = intervals[run.first]!.from
  const end = intervals[run.last]!.to
  const holdsOn = run.last === intervals.length - 1 && end === asOf && lifetime.died === null
  const bounds = (notBefore: Instant | null, notAfter: Instant | null): Bounds => ({
    notBefore,
    notAfter,
    because: reasonsForChange(lifetime, { notBefore, notAfter }),
  })
  if (core === null) return { opened: bounds(start, holdsOn ? null : end), closed: holdsOn ? null : bounds(start, end) }
  const coreEnd = intervals[core.last]!.to
  const stillProved = holdsOn && core.last === run.last
  return {
    opened: bounds(start, intervals[core.first]!.from),
    closed: stillProved ? null : bounds(coreEnd, holdsOn ? null : end),
  }
}

/** Verdicts that give the run its audience; what is proved comes first, so that its witness is the one shown. */
function verdictsOver(run: Run, intervals: readonly Decided[]): Verdicts[] {
  const within = intervals.slice(run.first, run.last + 1)
  const proved = within.filter((interval) => interval.verdicts.provedAudience === run.audience)
  const all = [...proved.flatMap(({ verdicts }) => verdicts.possible), ...within.flatMap(({ verdicts }) => verdicts.possible)]
  const farFetched = within.flatMap(({ verdicts }) => verdicts.farFetched)
  return [...all, ...farFetched].filter((verdicts) => widestAudience(verdicts) === run.audience)
}

function widestVerdicts(run: Run, intervals: readonly Decided[]): Verdicts {
  const candidates = verdictsOver(run, intervals)
  const widest = (access: Access): Verdict =>
    candidates
      .map((verdicts) => verdicts[access])
      .reduce((best, next) => (compareAudiences(next.audience, best.audience) > 0 ? next : best))
  return Object.fromEntries(ACCESSES.map((access) => [access, widest(access)])) as Record<Access, Verdict>
}

function accessWindowsOf(run: Run, verdicts: Verdicts, setting: Setting): Readonly<Partial<Record<Access, Window>>> {
  const open = ACCESSES.filter((access) => verdicts[access].audience !== 'none')
  return Object.fromEntries(open.map((access) => [access, accessWindow(run, access, setting)]))
}

function accessWindow(run: Run, access: Access, setting: Setting): Window {
  const mayHold = (index: number) =>
    verdictsOver({ ...run, first: index, last: index }, setting.intervals).some(
      (verdicts) => verdicts[access].audience !== 'none',
    )
  const [possible, ...more] = stretchesOf(run, mayHold)
  const hull = { first: possible!.first, last: more.at(-1)?.last ?? possible!.last }
  const cores = stretchesOf(hull, (index) => setting.intervals[index]!.verdicts.proved.has(access))
  const core = cores.length === 0 ? null : { first: cores[0]!.first, last: cores.at(-1)!.last }
  return windowBetween(hull, core, setting)
}

function compareWindows(left: ExposureWindow, right: ExposureWindow): number {
  const [a, b] = [left.window.opened.notBefore, right.window.opened.notBefore]
  const byStart = a === b ? 0 : a === null ? -1 : b === null ? 1 : compareInstants(a, b)
  return (
    byStart ||
    compareInstants(left.window.closed?.notAfter ?? '~', right.window.closed?.notAfter ?? '~') ||
    compareAudiences(right.audience, left.audience)
  )
}
