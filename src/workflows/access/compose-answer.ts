import { conclude, describePattern, type Findings, logCoverage, type LogCoverage, printable } from '../../forensics/index.ts'
import { compareInstants, compareText, COVERAGE_STATES, type CoverageState, type RequestCounts } from '../../model/index.ts'
import type { StoreTotals } from '../../query-engines/index.ts'
import type { AccessAnswer, AccessCopy, AccessSession, ResourceAnswer } from './answer.ts'
import { type AskedStore, deliveredHours, periodOf } from './asked-stores.ts'
import { notesOn } from './answer-notes.ts'
import type { Found } from './found.ts'
import type { AccessOptions } from './options.ts'

/** Puts the answer together: coverage and a conclusion for each store, and one conclusion over all. */
export function composeAnswer(found: Found, options: AccessOptions): AccessAnswer {
  const { survey, stores, ingested, given, unread, zone } = found
  const measured = stores.map((store) => measure(store, found, options))
  const resourceOf = new Map(stores.map(({ name, resource }) => [printable(name), printable(resource)]))
  const named = (bucket: string) => resourceOf.get(bucket) ?? bucket
  const passedOver = ingested.files.reduce((sum, file) => sum + file.passedOver, 0)
  const answer: Omit<AccessAnswer, 'notes'> = {
    schema: 'https://leftajar.example/schema/access-1.json',
    asOf: options.asOf,
    asked: { resource: options.resource, from: options.from, to: options.to },
    zone,
    files: {
      given: given.files.length,
      logs: ingested.files.filter(({ read }) => read > 0).length,
      notRead: new Set(unread.map(({ what }) => what)).size,
    },
    lines: { ...ingested.lines, passedOver },
    coverage: measured.flatMap(({ answer: { resource }, coverage }) =>
      (coverage?.stretches ?? []).map((stretch) => ({ resource, ...stretch })),
    ),
    requests: sumCounts(measured.map((each) => each.answer.requests)),
    readsBy: sumCounts(measured.map((each) => each.answer.readsBy)),
    outsiders: survey.outsiders,
    outsiderCount: survey.outsiderCount,
    objectsRead: [...new Set(survey.objects.map(({ key }) => key))].sort(compareText),
    objectsReadCount: survey.objectCount,
    objects: survey.objects.map((object) => ({ resource: named(object.bucket), ...object })),
    firstAnonymousRead: survey.firstAnonymousRead,
    firstRead: survey.firstRead,
    firstListing: survey.firstListing,
    patterns: survey.patterns.map((pattern) => ({ ...pattern, meaning: describePattern(pattern.pattern, pattern.keys) })),
    copies: copiesOf(found, named, options),
    sessions: sessionsOf(found),
    resources: measured.map((each) => each.answer),
    servedHours: survey.servedHours.map(({ bucket, ...hour }) => ({ resource: named(printable(bucket)), ...hour })),
    unread,
    records: found.records,
    conclusion: conclude({ ...overall(measured, survey.rejected), withoutZone: isEmpty(zone) }),
  }
  return { ...answer, notes: notesOn(answer, found, options) }
}

interface Measured {
  readonly answer: ResourceAnswer
  readonly coverage: LogCoverage | null
}

const NO_COUNTS: RequestCounts = { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 }

function measure(store: AskedStore, found: Found, options: AccessOptions): Measured {
  const period = periodOf(options, [store]) ?? (store.seen === null ? found.period : null)
  const coverage =
    period &&
    logCoverage({
      resource: store.resource,
      window: period,
      loggingHistory: found.knowledge.loggingHistory.filter(
        ({ resource }) => resource.type === 'AWS::CloudTrail::Trail' || resource.id === store.resource,
      ),
      delivered: deliveredHours(found.hours, store.name),
      asOf: options.asOf,
    })
  const totals = found.survey.stores.find(({ bucket }) => bucket === store.name) ?? NO_TOTALS
  const hours = coverage?.hours ?? NO_HOURS
  const hourCount = coverage?.hourCount ?? 0
  return {
    coverage,
    answer: {
      resource: printable(store.resource),
      name: printable(store.name),
      from: period?.from ?? null,
      to: period?.to ?? null,
      lines: store.lines,
      hours,
      hourCount,
      requests: totals.requests,
      readsBy: totals.readsBy,
      reads: totals.reads,
      lists: totals.lists,
      doubtful: totals.doubtful,
      others: totals.others,
      conclusion: conclude({
        ...findingsOf(totals, { hours, hourCount, twice: coverage?.hoursCoveredTwice ?? 0, rejected: found.survey.rejected }),
        withoutZone: isEmpty(found.zone),
      }),
    },
  }
}

function isEmpty({ source: _, ...zone }: Found['zone']): boolean {
  return Object.values(zone).every((names) => names.length === 0)
}

const NO_TOTALS: StoreTotals = {
  bucket: '',
  requests: NO_COUNTS,
  readsBy: NO_COUNTS,
  reads: 0,
  lists: 0,
  doubtful: 0,
  others: 0,
}
const NO_HOURS = Object.fromEntries(COVERAGE_STATES.map((state) => [state, 0])) as Record<CoverageState, number>

interface Covered {
  readonly hours: Readonly<Record<CoverageState, number>>
  readonly hourCount: number
  readonly twice: number
  readonly rejected: number
}

/** Whether the store could be reached is not asked here, so it is taken to have been open. */
function findingsOf(totals: Omit<StoreTotals, 'bucket'>, { hours, hourCount, twice, rejected }: Covered): Findings {
  const { reads, lists, doubtful, others } = totals
  return {
    reads,
    lists,
    ambiguous: doubtful,
    others,
    rejected,
    openHours: hourCount,
    hours,
    hoursCoveredTwice: twice,
    reach: 'anyone',
    hourNouns: ['hour in question', 'hours in question'],
  }
}

/** Hours of several stores add up to store-hours: one store well covered says nothing of another. */
function overall(measured: readonly Measured[], rejected: number): Findings {
  const sum = (of: (each: Measured) => number) => measured.reduce((total, each) => total + of(each), 0)
  const hours = Object.fromEntries(COVERAGE_STATES.map((state) => [state, sum(({ answer }) => answer.hours[state])])) as Record<
    CoverageState,
    number
  >
  const totals = {
    requests: NO_COUNTS,
    readsBy: NO_COUNTS,
    reads: sum(({ answer }) => answer.reads),
    lists: sum(({ answer }) => answer.lists),
    doubtful: sum(({ answer }) => answer.doubtful),
    others: sum(({ answer }) => answer.others),
  }
  const findings = findingsOf(totals, {
    hours,
    hourCount: sum(({ answer }) => answer.hourCount),
    twice: sum(({ coverage }) => coverage?.hoursCoveredTwice ?? 0),
    rejected,
  })
  return measured.length > 1 ? { ...findings, hourNouns: ['store-hour in question', 'store-hours in question'] } : findings
}

function sumCounts(all: readonly RequestCounts[]): RequestCounts {
  const sum = { ...NO_COUNTS } as Record<keyof RequestCounts, number>
  for (const counts of all) for (const name of Object.keys(sum) as (keyof RequestCounts)[]) sum[name] += counts[name]
  return sum
}

function copiesOf(
  { survey, trails, period, standingOf, zone }: Found,
  named: (bucket: string) => string,
  { resource }: AccessOptions,
): readonly AccessCopy[] {
  const objects = survey.copies.map(
    ({ bucket, ...copy }): AccessCopy => ({ kind: 'object-copied', resource: named(bucket), ...copy }),
  )
  const inside = new Set(zone.accounts)
  const snapshots = trails.snapshots.flatMap((event): AccessCopy[] => {
    const isInPeriod = period !== null && compareInstants(event.at, period.from) >= 0 && compareInstants(event.at, period.to) < 0
    const isAsked = isInPeriod && (resource === null || resource.endsWith(event.snapshot))
    const shared = event.sharedWith.filter((account) => !inside.has(account))
    const isOutside = standingOf({ requester: event.principal, account: event.account, ip: event.ip }).standing === 'outside'
    if (!isAsked || (event.kind === 'snapshot-shared' ? shared.length === 0 : !isOutside)) return []
    return [
      {
        kind: event.kind,
        resource: event.snapshot,
        at: event.at,
        key: null,
        ip: event.ip && printable(event.ip),
        principal: (event.principal ?? event.account) && printable((event.principal ?? event.account)!),
        network: null,
        operation: printable(event.operation),
        bytes: null,
        destination: event.kind === 'snapshot-shared' ? shared.join(', ') : event.account && printable(event.account),
      },
    ]
  })
  return [...objects, ...snapshots].sort((a, b) => compareInstants(a.at, b.at) || compareText(a.resource, b.resource))
}

/** Sessions that asked for data, with how they came about; and all that somebody outside began. */
function sessionsOf({ survey, chains, outsideSessions }: Found): readonly AccessSession[] {
  const bySession = Map.groupBy(chains, ({ session }) => session)
  return survey.sessions.flatMap((use): AccessSession[] => {
    const chain = bySession.get(use.session)?.at(-1)
    if (!chain) return []
    return [
      {
        ...use,
        session: printable(use.session),
        role: chain.links.at(-1)!.role && printable(chain.links.at(-1)!.role!),
        chain: chain.links.map(({ caller, at }) => ({
          principal: caller.principal && printable(caller.principal),
          account: caller.account && printable(caller.account),
          ip: caller.ip && printable(caller.ip),
          at,
        })),
        beganOutside: outsideSessions.has(use.session),
      },
    ]
  })
}
