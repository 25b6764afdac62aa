import { at, type Moment } from '../moments.ts'

/** One account of the invented maker's organisation, and which of its evidence anybody kept. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly market: 'JP' | 'AU' | 'DE'
  /** In the first batch of evidence already. */
  readonly japanese: boolean
  readonly createdAt: Moment
  /** The S3 canonical user id that owns its buckets. */
  readonly canonicalId: string
  /** When AWS Config looked: each capture sees every resource there is at that moment. */
  readonly captures: readonly Moment[]
  /** Stretches for which configuration history files were kept: changes inside have an item of their own, minutes later. */
  readonly history: readonly Span[]
  /** Stretches for which CloudTrail management events were kept: changes inside are known to the second. */
  readonly trail: readonly Span[]
}

export interface Span {
  readonly from: Moment
  readonly to: Moment
}

/** Moments at which the two batches of evidence were learned, and the latest thing each can tell of. */
export const BATCHES = [
  { name: '2023-05-12', recordedAt: at('2023-05-12T09:00:00Z'), evidenceUntil: at('2023-05-12T08:00:00Z') },
  { name: '2023-05-31', recordedAt: at('2023-05-31T09:00:00Z'), evidenceUntil: at('2023-05-31T06:00:00Z') },
] as const

export const ORGANIZATION = { id: 'o-a1b2c3d4e5', root: 'r-a1b2', management: '444455556666' }

/** The one outsider who was let in on purpose. */
export const PARTNER_ACCOUNT = '999988887777'

/** The company's own network, and where its services call from. */
export const COMPANY_CIDR = '203.0.113.0/24'

const FOREVER = at('2023-06-01')
const QUARTERS = quarterEnds('2016-03', '2023-03')
// Public access blocks came to AWS on 2018-11-15; the first capture after that day shows what the accounts set.
const FIRST_BLOCKS = at('2018-11-15T23:05:00Z')

const JAPANESE_CAPTURES = [
  ...QUARTERS,
  FIRST_BLOCKS,
  at('2023-04-30T15:05:19.204Z'),
  at('2023-05-12T06:05:48.771Z'),
  at('2023-05-19T15:05:07.530Z'),
  at('2023-05-30T15:05:21.118Z'),
].sort((a, b) => a - b)

const OVERSEAS_CAPTURES = [
  at('2016-09-30T15:05:22.417Z'),
  at('2016-10-31T15:05:41.093Z'),
  ...QUARTERS.filter((moment) => moment > at('2016-11-01')),
  FIRST_BLOCKS,
  at('2023-05-11T15:05:10.662Z'),
  at('2023-05-26T15:05:33.845Z'),
  at('2023-05-30T15:05:09.371Z'),
].sort((a, b) => a - b)

export const MAP_SERVICES: Account = {
  id: '111122223333',
  name: 'Map services Japan',
  region: 'ap-northeast-1',
  market: 'JP',
  japanese: true,
  createdAt: at('2014-06-02T01:12:09Z'),
  canonicalId: 'a1f40c5b7e2d9386a1f40c5b7e2d9386a1f40c5b7e2d9386a1f40c5b7e2d9386',
  captures: JAPANESE_CAPTURES,
  history: [{ from: at('2016-03-31'), to: FOREVER }],
  trail: [{ from: at('2014-06-02'), to: FOREVER }],
}

export const CONNECTED_SERVICES: Account = {
  id: '444455556666',
  name: 'Connected services Japan',
  region: 'ap-northeast-1',
  market: 'JP',
  japanese: true,
  createdAt: at('2013-09-17T04:40:51Z'),
  canonicalId: 'b27e915d04c8fa63b27e915d04c8fa63b27e915d04c8fa63b27e915d04c8fa63',
  captures: JAPANESE_CAPTURES,
  history: [{ from: at('2016-03-31'), to: FOREVER }],
  trail: [{ from: at('2013-09-17'), to: FOREVER }],
}

export const OVERSEAS_DEALERS: Account = {
  id: '777788889999',
  name: 'Overseas dealer systems',
  region: 'ap-southeast-2',
  market: 'AU',
  japanese: false,
  createdAt: at('2016-05-11T23:02:37Z'),
  canonicalId: 'c39d602e8b1547fac39d602e8b1547fac39d602e8b1547fac39d602e8b1547fa',
  captures: OVERSEAS_CAPTURES,
  history: [{ from: at('2018-01-01'), to: at('2023-01-01') }],
  // The trail was stopped on 10 May 2023 and started again on 27 May: the shutting of the dealers' store fell into the gap.
  trail: [
    { from: at('2019-01-01'), to: at('2023-05-10T14:00:00Z') },
    { from: at('2023-05-27T01:00:00Z'), to: FOREVER },
  ],
}

export const EUROPE_MARKETING: Account = {
  id: '123456789012',
  name: 'Europe marketing',
  region: 'eu-west-1',
  market: 'DE',
  japanese: false,
  createdAt: at('2018-01-22T10:15:00Z'),
  canonicalId: 'd48a713c95e26bf0d48a713c95e26bf0d48a713c95e26bf0d48a713c95e26bf0',
  captures: OVERSEAS_CAPTURES.filter((moment) => moment > at('2018-03-01')),
  history: [{ from: at('2018-03-01'), to: FOREVER }],
  trail: [{ from: at('2018-01-22'), to: FOREVER }],
}

export const ACCOUNTS: readonly Account[] = [MAP_SERVICES, CONNECTED_SERVICES, OVERSEAS_DEALERS, EUROPE_MARKETING]

export function within(spans: readonly Span[], moment: Moment): boolean {
  return spans.some(({ from, to }) => from <= moment && moment < to)
}

function quarterEnds(first: string, last: string): Moment[] {
  const out: Moment[] = []
  const [firstYear, lastYear] = [first, last].map((month) => Number(month.slice(0, 4))) as [number, number]
  for (let year = firstYear; year <= lastYear; year++) {
    for (const [month, lastDay] of [
      ['03', 31],
      ['06', 30],
      ['09', 30],
      ['12', 31],
    ] as const) {
      if (`${year}-${month}` >= first && `${year}-${month}` <= last)
        out.push(at(`${year}-${month}-${lastDay}T15:04:5${year % 10}.3${month}Z`))
    }
  }
  return out
}
