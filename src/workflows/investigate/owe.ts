import {
  type CaseDocument,
  compareInstants,
  compareText,
  type ConclusionCode,
  type DataElement,
  earliest,
  type Instant,
  type NoticeDraft,
  type Obligation,
  type RegimeStanding,
  type Window,
} from '../../model/index.ts'
import { assessRegimes, draftNotices, type NoticeFacts, type NoticeOccasion } from '../../notices/index.ts'
import type { Facts } from './facts.ts'
import type { MeasuredExposure } from './measure-exposures.ts'
import type { InvestigateOptions } from './options.ts'

const WEAKEST_FIRST: readonly ConclusionCode[] = [
  'read',
  'ambiguous',
  'listed',
  'undecided',
  'dark',
  'silent-part',
  'silent-full',
]

interface Owed {
  readonly obligations: readonly Obligation[]
  readonly regimes: readonly RegimeStanding[]
  readonly notices: readonly NoticeDraft[]
}

/** Which laws ask for what by when. Each market's clocks start when that market was first known to be concerned. */
export function owe(facts: Facts, options: InvestigateOptions): Owed {
  const { people } = facts.measured
  const known = awarenessByMarket(facts, options.recordedAt)
  const awareness = earliest(options.recordedAt, ...known.values())
  const common = commonFacts(facts, options)
  const obligations = [...known].flatMap(([market, since]) =>
    assessRegimes({
      ...common,
      awareness: since,
      peopleByMarket: { [market]: people.overall.byMarket[market]! },
    }).obligations.filter((obligation) => obligation.market === market || !known.has(obligation.market)),
  )
  const occasion = occasionOf(facts.measured.exposures)
  return {
    obligations: distinctObligations(obligations),
    regimes: assessRegimes({ ...common, awareness, peopleByMarket: people.overall.byMarket }).regimes,
    notices: draftNotices({
      asOf: options.asOf,
      awareness,
      byElementSet: people.byElementSet,
      occasions: { '*': occasion, ...occasionsByMarket(facts) },
      undecidedPeople: common.undecidedPeople,
    }),
  }
}

/** The first revision that counted people of a market, or this one. */
function awarenessByMarket({ measured, earlier }: Facts, recordedAt: Instant): Map<string, Instant> {
  const markets = Object.entries(measured.people.overall.byMarket).filter(([, count]) => count > 0)
  return new Map(
    markets
      .map(([market]): [string, Instant] => [market, firstKnown(earlier, market) ?? recordedAt])
      .sort(([left], [right]) => compareText(left, right)),
  )
}

function firstKnown(earlier: readonly CaseDocument[], market: string): Instant | undefined {
  return earlier.find(({ people }) => (people.byMarket[market] ?? 0) > 0)?.knownAt
}

function commonFacts(
  { knowledge, stores, measured }: Facts,
  { asOf }: InvestigateOptions,
): Omit<NoticeFacts, 'awareness' | 'peopleByMarket'> {
  const strangers = measured.exposures.filter(
    ({ window }) => window.verdicts.read.audience !== 'none' && window.verdicts.read.audience !== 'named',
  )
  const conclusions = strangers.map(({ access }) => access.conclusion)
  const accountsSeen = new Set(stores.map(({ resource }) => resource.account))
  return {
    asOf,
    elementsByMarket: elementsByMarket(measured.people.byElementSet),
    // An account without any configuration in the evidence may hold other markets' data.
    assessedMarkets: knowledge.accounts.every(({ id }) => accountsSeen.has(id))
      ? 'all'
      : Object.keys(measured.people.overall.byMarket),
    undecidedPeople: strangers.some(
      ({ resource, window, objects }) =>
        resource.type !== 'AWS::S3::Bucket' ||
        window.audience === 'undecided' ||
        objects.some(({ reports }) => reports.length === 0),
    ),
    outsiderReads: conclusions.includes('read') ? true : conclusions.every((code) => code === 'silent-full') ? false : 'unknown',
  }
}

function elementsByMarket(sets: CaseDocument['people']['byElementSet']): Record<string, readonly DataElement[]> {
  const found = new Map<string, Set<DataElement>>()
  for (const { elements, byMarket } of sets)
    for (const market of Object.keys(byMarket)) {
      const known = found.get(market) ?? new Set()
      for (const element of elements) known.add(element)
      found.set(market, known)
    }
  return Object.fromEntries([...found].map(([market, elements]) => [market, [...elements].sort(compareText)]))
}

/** For each market, what is true of the doors that its people's data lay behind. */
function occasionsByMarket({ measured }: Facts): Record<string, NoticeOccasion> {
  const markets = Object.keys(measured.people.overall.byMarket)
  return Object.fromEntries(
    markets.map((market) => [
      market,
      occasionOf(measured.exposures.filter(({ id }) => (measured.people.byExposure[id]?.people.byMarket[market] ?? 0) > 0)),
    ]),
  )
}

function occasionOf(exposures: readonly MeasuredExposure[]): NoticeOccasion {
  const open = exposures.filter(({ window }) => window.audience !== 'named')
  if (open.length === 0) return { window: null, conclusion: null, shut: 'unknown' }
  return {
    window: hull(open.map(({ window }) => window.window)),
    conclusion: WEAKEST_FIRST.find((code) => open.some(({ access }) => access.conclusion === code)) ?? null,
    shut: open.some(({ window }) => window.audience === 'undecided' && window.window.closed === null)
      ? 'unknown'
      : open.every(({ window }) => window.window.closed !== null),
  }
}

/** From the earliest opening to the latest closing. */
function hull(windows: readonly Window[]): Window {
  const opened = windows.toSorted((left, right) => compareInstants(left.opened.notBefore ?? '', right.opened.notBefore ?? ''))[0]!
    .opened
  if (windows.some(({ closed }) => closed === null)) return { opened, closed: null }
  const closed = windows
    .map((window) => window.closed!)
    .toSorted((left, right) => compareInstants(right.notAfter ?? '', left.notAfter ?? ''))[0]!
  return { opened, closed }
}

function distinctObligations(obligations: readonly Obligation[]): Obligation[] {
  const byDuty = new Map(
    obligations.map((obligation) => [
      `${obligation.regime} ${obligation.market} ${obligation.duty} ${obligation.recipient}`,
      obligation,
    ]),
  )
  return [...byDuty.values()].sort(
    (left, right) =>
      compareText(left.due ?? '9999', right.due ?? '9999') ||
      compareText(left.regime, right.regime) ||
      compareText(left.duty, right.duty),
  )
}
