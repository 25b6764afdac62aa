import type { Bounds, CaseDocument, CaseExposure, DataElement } from '../../src/model/index.ts'
import { FINANCIAL } from './elements.ts'
import { mayHoldPeople, order, type Store, storesByImportance, sum } from './stores.ts'

export type Status = 'open' | 'undecided' | 'shut-but-undecided' | 'shut-notices-owed' | 'shut' | 'nothing-found'
export type SeverityLevel = 'very-high' | 'high' | 'medium' | 'low' | 'none' | 'unknown'
export type FinancialFinding = 'none-found' | 'found' | 'nothing-examined'
export type LogFinding = 'all-dark' | 'mostly-dark' | 'partly-dark' | 'covered'

/** What the first screen says, in numbers and choices; the words are each language's own. */
export interface Headline {
  readonly stores: readonly Store[]
  readonly status: Status
  readonly severity: { readonly level: SeverityLevel; readonly because: DataElement | null; readonly people: number }
  /** Stores open to strangers that hold people's data, whose contents nobody read, or whose reach is undecided. */
  readonly open: readonly Store[]
  readonly openUnread: readonly Store[]
  readonly undecided: readonly Store[]
  /** The widest audience that people's data stood open to. */
  readonly audience: CaseExposure['audience'] | null
  readonly people: number
  /** Markets with people, largest first; `UNKNOWN` left out. */
  readonly markets: readonly string[]
  readonly opened: Bounds | null
  /** The last closing; null while any of the open stores is open. */
  readonly closed: Bounds | null
  readonly stillOpen: number
  /** Stores by what is known of access to them; named partners, and stores that hold nobody's data, are not counted. */
  readonly readStores: number
  readonly listedStores: number
  readonly ambiguousStores: number
  readonly unknowableStores: number
  readonly logs: LogFinding
  readonly financial: FinancialFinding
  readonly bytesHeld: number
  readonly bytesExamined: number
  readonly objects: number
  readonly objectsNotRead: number
  /** The next obligation that names a day; null where none does. */
  readonly nextDue: { readonly due: string; readonly days: number } | null
  /** The moment that clocks are read at. */
  readonly now: string
}

/** Everything the first screen needs, derived from the case and nothing else. */
export function headlineOf(document: CaseDocument): Headline {
  const stores = storesByImportance(document)
  const open = stores.filter((store) => isForStrangers(store) && store.contents === 'personal-data')
  const openUnread = stores.filter((store) => isForStrangers(store) && store.contents === 'not-read')
  const undecided = stores.filter(({ audience }) => audience === 'undecided')
  const withPeople = open.length > 0 ? open : stores.filter(({ contents }) => contents === 'personal-data')
  const spokenOf = withPeople.length > 0 ? withPeople : stores.filter((store) => isForStrangers(store))
  const windows = spokenOf.flatMap(({ exposures }) => exposures).map(({ window }) => window)
  const stillOpen = spokenOf.filter(({ isStillOpen }) => isStillOpen).length
  const now = document.asOf > document.knownAt ? document.asOf : document.knownAt
  return {
    stores,
    status: statusOf(document, stores),
    severity: severityOf(document, withPeople, openUnread.length + undecided.length > 0),
    open,
    openUnread,
    undecided,
    audience: widest(spokenOf),
    people: peopleOpenTo(document, open.length > 0),
    markets: marketsOf(document),
    opened: windows.map(({ opened }) => opened).sort((a, b) => order(startOf(a), startOf(b)))[0] ?? null,
    closed: stillOpen > 0 ? null : lastClosing(windows.flatMap(({ closed }) => (closed === null ? [] : [closed]))),
    stillOpen,
    readStores: concluded(stores, 'read'),
    listedStores: concluded(stores, 'listed'),
    ambiguousStores: concluded(stores, 'ambiguous'),
    unknowableStores: concluded(stores, 'dark') + concluded(stores, 'undecided'),
    logs: logsOf(spokenOf.length > 0 ? spokenOf : stores),
    ...examinedOf(document),
    nextDue: nextDueOf(document, now),
    now,
  }
}

function statusOf(document: CaseDocument, stores: readonly Store[]): Status {
  if (stores.length === 0) return 'nothing-found'
  if (stores.some((store) => store.isStillOpen && isForStrangers(store) && mayHoldPeople(store))) return 'open'
  const isUndecided = stores.some(({ isStillOpen, audience }) => isStillOpen && audience === 'undecided')
  if (isUndecided) return stores.every(({ audience }) => audience === 'undecided') ? 'undecided' : 'shut-but-undecided'
  const owed = document.regimes.some(({ standing }) => standing === 'owed') || document.obligations.length > 0
  return owed ? 'shut-notices-owed' : 'shut'
}

function isForStrangers({ audience }: Store): boolean {
  return audience === 'anyone' || audience === 'any-identity'
}

/** Elements that hurt most when strangers have them, worst first: they can be spent, they follow a person, they reach one. */
const WORST: readonly { readonly elements: readonly DataElement[]; readonly weight: number }[] = [
  {
    elements: [
      'payment-card',
      'bank-account',
      'my-number',
      'social-security-number',
      'tax-file-number',
      'medicare-number',
      'passport',
      'health-term',
    ],
    weight: 3,
  },
  {
    elements: ['location-track', 'location', 'password-hash', 'secret-key', 'private-key', 'driver-licence', 'national-id'],
    weight: 2,
  },
  { elements: ['person-name', 'postal-address', 'phone-number', 'email-address', 'date-of-birth'], weight: 1 },
]

/** Weight of the worst element, one more from 1,000 people and from 100,000, one more where outsiders read: 4 and up is very high. */
function severityOf(document: CaseDocument, withPeople: readonly Store[], mayHoldMore: boolean): Headline['severity'] {
  const people = document.people.total
  if (people === 0) return { level: mayHoldMore ? 'unknown' : 'none', because: null, people }
  const found = withPeople.flatMap(({ exposures }) => exposures.flatMap(({ elements }) => elements.map(({ element }) => element)))
  const worst = WORST.flatMap(({ elements, weight }) => elements.map((element) => ({ element, weight }))).find(({ element }) =>
    found.includes(element),
  )
  const wasRead = withPeople.some(({ conclusive }) => conclusive.access.conclusion === 'read')
  const points = (worst?.weight ?? 0) + (people >= 1_000 ? 1 : 0) + (people >= 100_000 ? 1 : 0) + (wasRead ? 1 : 0)
  const level = points >= 4 ? 'very-high' : points === 3 ? 'high' : points === 2 ? 'medium' : 'low'
  return { level, because: worst?.element ?? found[0] ?? null, people }
}

function widest(stores: readonly Store[]): CaseExposure['audience'] | null {
  return (
    (['anyone', 'any-identity', 'undecided', 'named'] as const).find((audience) =>
      stores.some((store) => store.audience === audience),
    ) ?? null
  )
}

/** Distinct people open to strangers; where no store is, everyone whose exposure cannot be excluded. */
function peopleOpenTo(document: CaseDocument, toStrangers: boolean): number {
  const { byAudience, total } = document.people
  const strangers = (byAudience.anyone ?? 0) + (byAudience['any-identity'] ?? 0)
  return toStrangers && strangers > 0 ? strangers : total
}

function marketsOf(document: CaseDocument): string[] {
  return Object.entries(document.people.byMarket)
    .filter(([market, people]) => people > 0 && market !== 'UNKNOWN')
    .sort(([a, left], [b, right]) => right - left || order(a, b))
    .map(([market]) => market)
}

function startOf({ notBefore, notAfter }: Bounds): string {
  return notBefore ?? notAfter ?? ''
}

function lastClosing(closings: readonly Bounds[]): Bounds | null {
  const end = ({ notBefore, notAfter }: Bounds): string => notAfter ?? notBefore ?? ''
  return [...closings].sort((a, b) => order(end(b), end(a)))[0] ?? null
}

function concluded(stores: readonly Store[], code: string): number {
  return stores.filter(
    (store) => store.conclusive.access.conclusion === code && store.audience !== 'named' && mayHoldPeople(store),
  ).length
}

function logsOf(stores: readonly Store[]): LogFinding {
  const open = sum(stores.map(({ openHours }) => openHours))
  const dark = sum(stores.map(({ darkHours }) => darkHours))
  if (dark === 0) return 'covered'
  if (dark >= open) return 'all-dark'
  return dark * 2 >= open ? 'mostly-dark' : 'partly-dark'
}

function examinedOf(
  document: CaseDocument,
): Pick<Headline, 'financial' | 'bytesHeld' | 'bytesExamined' | 'objects' | 'objectsNotRead'> {
  const { exposures } = document
  const found = exposures.some(({ elements }) => elements.some(({ element }) => FINANCIAL.includes(element)))
  const bytesExamined = sum(exposures.map((exposure) => exposure.bytesExamined))
  return {
    financial: found ? 'found' : bytesExamined > 0 ? 'none-found' : 'nothing-examined',
    bytesHeld: sum(exposures.map(({ bytes, bytesExamined: examined }) => bytes ?? examined)),
    bytesExamined,
    objects: sum(exposures.map(({ objects }) => objects)),
    objectsNotRead: sum(exposures.map(({ objectsNotRead }) => objectsNotRead)),
  }
}

function nextDueOf(document: CaseDocument, now: string): Headline['nextDue'] {
  const all = document.obligations.flatMap(({ due }) => (due === null ? [] : [due])).sort(order)
  // The case does not know what was done, so a day that is past is named only where none is ahead.
  const due = all.find((day) => day >= now) ?? all.at(-1)
  return due === undefined ? null : { due, days: daysBetween(now, due) }
}

/** Whole days from one moment to another, as a calendar in UTC counts them; negative when the other is past. */
export function daysBetween(from: string, to: string): number {
  const day = (moment: string): number => Math.floor(Date.parse(moment) / 86_400_000)
  return day(to) - day(from)
}
