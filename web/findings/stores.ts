import type { Access, CaseDocument, CaseExposure, ConclusionCode, CoverageState } from '../../src/model/index.ts'

/** What is known of a store's contents; `not-read` is never taken for nothing. */
export type Contents = 'personal-data' | 'none-found' | 'partly-read' | 'not-read' | 'empty'

/** One store with all its exposure windows in order: a row of the timeline. */
export interface Store {
  readonly resource: string
  readonly name: string
  readonly type: string
  readonly account: string
  readonly region: string
  readonly exposures: readonly CaseExposure[]
  /** The widest audience of any of its windows. */
  readonly audience: CaseExposure['audience']
  readonly accesses: readonly Access[]
  readonly contents: Contents
  /** Distinct people in it, whichever window exposed them. */
  readonly people: number
  readonly openHours: number
  /** Open hours in which no log could have shown an access, or its log is lost. */
  readonly darkHours: number
  /** Share of the open hours in which a log was on and delivered. */
  readonly coveredShare: number
  readonly isStillOpen: boolean
  /** The window with the strongest conclusion speaks for the store. */
  readonly conclusive: CaseExposure
}

const AUDIENCES = ['anyone', 'any-identity', 'undecided', 'named'] as const
const ACCESS_ORDER: readonly Access[] = ['read', 'list', 'write', 'delete', 'admin']
const CONCLUSIONS: readonly ConclusionCode[] = ['read', 'listed', 'ambiguous', 'undecided', 'dark', 'silent-part', 'silent-full']
const DARK: readonly CoverageState[] = ['not-configured', 'missing']
const CONTENT_ORDER: readonly Contents[] = ['personal-data', 'not-read', 'partly-read', 'none-found', 'empty']

/** The stores of a case, the most important first: open to anyone with people in it, then contents nobody read, then the rest. */
export function storesByImportance(document: CaseDocument): Store[] {
  const byResource = Map.groupBy(document.exposures, ({ resource }) => resource)
  return [...byResource.values()].map((exposures) => toStore(document, exposures)).sort(compareStores)
}

function toStore(document: CaseDocument, exposures: readonly CaseExposure[]): Store {
  const inOrder = [...exposures].sort((a, b) => order(openingOf(a), openingOf(b)))
  const first = inOrder[0]!
  const { resource, name, type, account, region } = first
  return {
    resource,
    name,
    type,
    account,
    region,
    exposures: inOrder,
    audience: AUDIENCES.find((audience) => inOrder.some((exposure) => exposure.audience === audience)) ?? first.audience,
    accesses: ACCESS_ORDER.filter((access) => inOrder.some(({ verdicts }) => verdicts[access].audience !== 'none')),
    contents: strongestContents(inOrder),
    people: peopleIn(document, resource, inOrder),
    openHours: sum(inOrder.map(({ access }) => access.coverage.openHours)),
    darkHours: sum(inOrder.flatMap(({ access }) => DARK.map((state) => access.coverage.hours[state] ?? 0))),
    coveredShare: coveredShare(inOrder),
    isStillOpen: inOrder.some(({ window }) => window.closed === null),
    conclusive: [...inOrder].sort(
      (a, b) => CONCLUSIONS.indexOf(a.access.conclusion) - CONCLUSIONS.indexOf(b.access.conclusion),
    )[0]!,
  }
}

/** Windows of one store may hold the same people, so they are not added up: the exact sets of stores say how many there are. */
function peopleIn(document: CaseDocument, resource: string, exposures: readonly CaseExposure[]): number {
  const most = Math.max(...exposures.map(({ people }) => people.total))
  if (exposures.length === 1) return most
  const sets = document.people.byStores.filter(({ stores }) => stores.includes(resource))
  return Math.max(most, sum(sets.map(({ people }) => people)))
}

function coveredShare(exposures: readonly CaseExposure[]): number {
  const hours = sum(exposures.map(({ access }) => access.coverage.openHours))
  return hours === 0 ? 0 : sum(exposures.map(({ access }) => access.coverage.covered * access.coverage.openHours)) / hours
}

function strongestContents(exposures: readonly CaseExposure[]): Contents {
  const all = exposures.map(contentsOf)
  return CONTENT_ORDER.find((contents) => all.includes(contents)) ?? 'not-read'
}

/** Whether a store may hold anybody's data: what was read and found free of them is open without harm to anyone. */
export function mayHoldPeople({ contents }: Store): boolean {
  return contents !== 'none-found' && contents !== 'empty'
}

/** What one window exposed, as far as anybody looked. */
export function contentsOf(exposure: CaseExposure): Contents {
  if (exposure.people.total > 0) return 'personal-data'
  // A database has no objects to count: what it holds was not read, which is not the same as empty.
  if (exposure.type !== 'AWS::S3::Bucket' && exposure.elements.length === 0) return 'not-read'
  if (exposure.objects === 0) return 'empty'
  if (exposure.objectsNotRead >= exposure.objects) return 'not-read'
  if (exposure.elements.length > 0) return 'personal-data'
  return exposure.objectsNotRead > 0 ? 'partly-read' : 'none-found'
}

function compareStores(a: Store, b: Store): number {
  return (
    rank(a) - rank(b) ||
    b.people - a.people ||
    AUDIENCES.indexOf(a.audience) - AUDIENCES.indexOf(b.audience) ||
    b.openHours - a.openHours ||
    order(a.name, b.name) ||
    order(a.resource, b.resource)
  )
}

function rank(store: Store): number {
  const isForStrangers = store.audience === 'anyone' || store.audience === 'any-identity'
  if (isForStrangers && store.contents === 'personal-data') return 0
  if (isForStrangers && store.contents === 'not-read') return 1
  if (store.audience === 'undecided') return 2
  if (store.contents === 'personal-data') return 3
  return isForStrangers ? 4 : 5
}

function openingOf({ window }: CaseExposure): string {
  return window.opened.notBefore ?? window.opened.notAfter ?? ''
}

/** By UTF-16 code units, which no machine's locale can change. */
export function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** Reads from outside that succeeded, over all hours and windows of a store. */
export function readsOf({ exposures }: Pick<Store, 'exposures'>): number {
  return sum(exposures.flatMap(({ access }) => access.readsByHour.map(({ reads }) => reads)))
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0)
}
