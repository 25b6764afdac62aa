import { at, DAY, HOUR, type Moment, SECOND } from '../moments.ts'
import { type Random, random } from '../random.ts'
import { PARTNER_ACCOUNT, type Span } from './accounts.ts'
import { settingsAt, type Store, type StoredObject } from './store.ts'
import { DEALER_STORE, LISTABLE_STORE, MAP_STORE, PARTNER_STORE, THREE_HOUR_STORE, VOICE_PACK_STORE } from './stores.ts'

/** One request from outside, told one by one because the truth counts them. */
export interface Visit {
  readonly store: Store
  readonly at: Moment
  readonly ip: string
  readonly requester: string
  readonly userAgent: string
  readonly operation: 'REST.GET.OBJECT' | 'REST.GET.BUCKET'
  readonly object: StoredObject | null
  readonly key: string | null
  readonly status: number
  readonly requestId: string
  /** The user agent was made so that the line can also be read as a refusal. */
  readonly forged: boolean
}

/** Stretches for which a store's log files are gone although logging was on. */
export const LOST_LOGS: readonly (Span & { readonly store: Store })[] = [
  { store: MAP_STORE, from: at('2021-12-05'), to: at('2022-01-09') },
  { store: DEALER_STORE, from: at('2021-03-02'), to: at('2021-03-23') },
  { store: DEALER_STORE, from: at('2022-07-10'), to: at('2022-08-05') },
  { store: PARTNER_STORE, from: at('2022-02-01'), to: at('2022-02-15') },
]

const STRANGERS = ['198.51.100.23', '198.51.100.77', '192.0.2.61', '192.0.2.144', '2001:db8:51::7', '2001:db8:a0::12']
const AGENTS = [
  'curl/7.68.0',
  'python-requests/2.25.1',
  'Wget/1.20.3 (linux-gnu)',
  'Mozilla/5.0 (X11; Linux x86_64; rv:89.0) Gecko/20100101 Firefox/89.0',
]
const SCANNERS = [
  { ip: '192.0.2.200', agent: 'Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)' },
  { ip: '192.0.2.201', agent: 'Mozilla/5.0 zgrab/0.x' },
  {
    ip: '198.51.100.240',
    agent: 'Expanse indexes the network perimeters of its customers; write to scaninfo@example.com to be left out',
  },
  { ip: '2001:db8:ff::5c', agent: 'Mozilla/5.0 "compatible" InternetMeasurement/1.0' },
]

/** Every request from outside that the estate's small cast of strangers, scanners and one partner made. */
export function planVisits(seed: number, objects: readonly StoredObject[]): Visit[] {
  const choice = random(seed, 'visits')
  return [
    ...dealerVisits(
      choice,
      objects.filter(({ store }) => store === DEALER_STORE),
    ),
    ...voicePackVisits(
      choice,
      objects.filter(({ store }) => store === VOICE_PACK_STORE),
    ),
    ...partnerVisits(
      choice,
      objects.filter(({ store }) => store === PARTNER_STORE),
    ),
    ...Array.from({ length: 5 }, () =>
      visit(choice, LISTABLE_STORE, pickTime(choice, '2019-08-01', '2021-01-15'), 'REST.GET.BUCKET', null, 200),
    ),
    ...[MAP_STORE, DEALER_STORE, THREE_HOUR_STORE, LISTABLE_STORE].flatMap((store) => refusedVisits(choice, store)),
  ].sort((a, b) => a.at - b.at || (a.requestId < b.requestId ? -1 : 1))
}

export function logsKept(store: Store, moment: Moment): boolean {
  return (
    settingsAt(store, moment).logging !== null &&
    !LOST_LOGS.some((lost) => lost.store === store && lost.from <= moment && moment < lost.to)
  )
}

/** Twenty-three reads and nine lists by six addresses, in years for which logs exist, and two reads made to look refused. */
function dealerVisits(choice: Random, objects: readonly StoredObject[]): Visit[] {
  const years = [
    ['2017-06-01', '2018-05-30'],
    ['2020-06-01', '2021-02-20'],
    ['2021-06-01', '2022-06-20'],
    ['2022-11-05', '2023-05-05'],
  ] as const
  const moments = Array.from({ length: 32 }, (_, index) => pickTime(choice, years[index % 4]![0], years[index % 4]![1])).sort(
    (a, b) => a - b,
  )
  const visits = moments.map((moment, index) => {
    if (index % 7 === 3 || index >= 27) return visit(choice, DEALER_STORE, moment, 'REST.GET.BUCKET', null, 200)
    return visit(choice, DEALER_STORE, moment, 'REST.GET.OBJECT', choice.pick(presentAt(objects, moment).slice(0, 60)), 200)
  })
  const reads = visits.filter(({ object }) => object !== null)
  const forged = reads.slice(-2).map((read) => ({
    ...visit(choice, DEALER_STORE, read.at + 40 * SECOND, 'REST.GET.OBJECT', read.object, 200),
    ip: read.ip,
    forged: true,
  }))
  return [...visits, ...forged]
}

/** All that was ever seen of readers here are two lines with two meanings each. */
function voicePackVisits(choice: Random, objects: readonly StoredObject[]): Visit[] {
  return ['2021-10-11T03:14:09Z', '2022-03-28T15:40:51Z'].map((moment) => ({
    ...visit(choice, VOICE_PACK_STORE, at(moment), 'REST.GET.OBJECT', objects[0]!, 200),
    forged: true,
  }))
}

function partnerVisits(choice: Random, objects: readonly StoredObject[]): Visit[] {
  const requester = `arn:aws:sts::${PARTNER_ACCOUNT}:assumed-role/fleet-sync/nightly`
  return Array.from({ length: 70 }, (_, index) => {
    const moment = at('2022-05-02') + index * 5 * DAY + 17 * HOUR + choice.below(1_800) * SECOND
    const listing = index % 7 < 3
    const seen = visit(
      choice,
      PARTNER_STORE,
      moment,
      listing ? 'REST.GET.BUCKET' : 'REST.GET.OBJECT',
      listing ? null : choice.pick(presentAt(objects, moment)),
      200,
    )
    return { ...seen, requester, ip: '198.51.100.130', userAgent: 'aws-sdk-java/1.12.201 Linux/5.10 fleet-sync' }
  })
}

/** Scanners and passers-by who were told no: nothing here may count as an access. */
function refusedVisits(choice: Random, store: Store): Visit[] {
  const [from, to] =
    store === LISTABLE_STORE
      ? ['2021-03-01', '2023-04-30']
      : store === THREE_HOUR_STORE
        ? ['2021-10-01', '2023-04-30']
        : ['2020-08-01', '2023-05-08']
  return Array.from({ length: 24 }, (_, index) => {
    const moment = pickTime(choice, from!, to!)
    const missing = {
      operation: 'REST.GET.OBJECT' as const,
      key: choice.pick(['robots.txt', '.env', 'backup.zip', 'index.html']),
    }
    const seen = visit(
      choice,
      store,
      moment,
      store === DEALER_STORE || index % 2 === 0 ? 'REST.GET.OBJECT' : 'REST.GET.BUCKET',
      null,
      403,
    )
    const scanner = choice.pick(SCANNERS)
    const asked =
      seen.operation === 'REST.GET.OBJECT' ? { ...seen, ...missing, status: store === DEALER_STORE ? 404 : 403 } : seen
    return { ...asked, ip: scanner.ip, userAgent: scanner.agent }
  }).filter(({ at: moment }) => logsKept(store, moment))
}

function visit(
  choice: Random,
  store: Store,
  moment: Moment,
  operation: Visit['operation'],
  object: StoredObject | null,
  status: number,
): Visit {
  return {
    store,
    at: moment,
    ip: choice.pick(STRANGERS),
    requester: '-',
    userAgent: choice.pick(AGENTS),
    operation,
    object,
    key: object?.key ?? null,
    status,
    requestId: choice.text('0123456789ABCDEF', 16),
    forged: false,
  }
}

function presentAt(objects: readonly StoredObject[], moment: Moment): StoredObject[] {
  return objects.filter(({ putAt, deletedAt }) => putAt < moment && (deletedAt === null || deletedAt > moment))
}

function pickTime(choice: Random, first: string, last: string): Moment {
  return at(first) + choice.below((at(last) - at(first)) / SECOND) * SECOND
}
