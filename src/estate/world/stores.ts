import { at, DAY, type Moment, months } from '../moments.ts'
import {
  type Account,
  CONNECTED_SERVICES,
  EUROPE_MARKETING,
  MAP_SERVICES,
  OVERSEAS_DEALERS,
  PARTNER_ACCOUNT,
} from './accounts.ts'
import { CLOSED_STORES } from './closed-stores.ts'
import {
  anyoneReads,
  anyoneReadsAndLists,
  anyoneWrites,
  companyNetworkReads,
  distributionReads,
  partnerReads,
  tlsOnlyPolicy,
} from './policies.ts'
import { audiences, type Store, type StoreChange, type StoreOpening, type StoreSettings } from './store.ts'

const EVERYTHING_BLOCKED = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true }

/** The store behind the map update service: open to anyone for eight years. */
export const MAP_STORE = store(MAP_SERVICES, 'mapdata-distribution-prod', '2014-11-20T02:31:05Z', {
  changes: [
    change('2015-02-09T03:17:42Z', { policy: anyoneReads('mapdata-distribution-prod') }),
    change('2018-02-14T06:10:00Z', { encryption: 'AES256' }),
    change('2020-07-01T00:42:10Z', { logging: logsOf(MAP_SERVICES, 'mapdata-distribution-prod') }),
    change('2023-05-12T10:21:44Z', { publicAccessBlock: EVERYTHING_BLOCKED }),
    change('2023-05-12T10:24:03Z', { policy: tlsOnlyPolicy('mapdata-distribution-prod') }),
  ],
  openings: [opening({ read: 'anyone' }, '2015-02-09T03:17:42Z', '2023-05-12T10:21:44Z')],
  inventories: monthly('2017-02', '2023-05'),
})

/** The dealers' inquiry files: opened and shut on days that no evidence pins down. */
export const DEALER_STORE = store(OVERSEAS_DEALERS, 'overseas-dealer-inquiries', '2016-06-14T00:20:33Z', {
  initial: { logging: logsOf(OVERSEAS_DEALERS, 'overseas-dealer-inquiries') },
  changes: [
    change('2016-09-20T03:00:12Z', { logging: null }),
    change('2016-10-19T05:48:26Z', { policy: anyoneReadsAndLists('overseas-dealer-inquiries') }),
    change('2017-03-01T02:14:55Z', { logging: logsOf(OVERSEAS_DEALERS, 'overseas-dealer-inquiries') }),
    change('2018-06-29T04:40:08Z', { logging: null }),
    change('2020-02-10T23:05:31Z', { logging: logsOf(OVERSEAS_DEALERS, 'overseas-dealer-inquiries') }),
    change('2023-05-18T02:11:37Z', { policy: null, publicAccessBlock: EVERYTHING_BLOCKED }),
  ],
  openings: [opening({ read: 'anyone', list: 'anyone' }, '2016-10-19T05:48:26Z', '2023-05-18T02:11:37Z')],
  inventories: [...monthly('2017-01', '2018-12'), ...monthly('2020-03', '2023-05'), at('2023-05-28'), at('2023-05-30')],
})

/** A copy of some of the dealers' files whose policy nobody could read. */
export const UNREAD_COPY_STORE = store(OVERSEAS_DEALERS, 'overseas-dealer-inquiries-copy', '2018-03-06T07:12:40Z', {
  policyUnread: true,
  openings: [
    opening(
      { read: 'undecided', list: 'undecided', write: 'undecided', delete: 'undecided', admin: 'undecided' },
      '2018-03-06T07:12:40Z',
      null,
    ),
  ],
  inventories: monthly('2022-01', '2023-05'),
})

/** Open for three hours, in front of a log that saw all three. */
export const THREE_HOUR_STORE = store(CONNECTED_SERVICES, 'telematics-archive-jp', '2019-10-03T05:21:18Z', {
  initial: { encryption: 'AES256' },
  changes: [
    change('2020-01-15T01:30:00Z', { logging: logsOf(CONNECTED_SERVICES, 'telematics-archive-jp') }),
    change('2021-08-19T04:05:11Z', { policy: anyoneReads('telematics-archive-jp') }),
    change('2021-08-19T07:05:11Z', { policy: null }),
    change('2021-08-23T02:00:45Z', { publicAccessBlock: EVERYTHING_BLOCKED }),
  ],
  openings: [opening({ read: 'anyone' }, '2021-08-19T04:05:11Z', '2021-08-19T07:05:11Z')],
  inventories: [...weekly('2021-07-04', '2021-09-26'), ...monthly('2021-10', '2023-05')],
})

/** Readable by one partner's account, as agreed. */
export const PARTNER_STORE = store(CONNECTED_SERVICES, 'fleet-partner-exchange', '2019-03-25T06:02:14Z', {
  initial: { encryption: 'AES256' },
  changes: [
    change('2019-04-08T03:33:20Z', { policy: partnerReads('fleet-partner-exchange', PARTNER_ACCOUNT) }),
    change('2019-04-08T03:40:02Z', { logging: logsOf(CONNECTED_SERVICES, 'fleet-partner-exchange') }),
  ],
  openings: [opening({ read: 'named', list: 'named' }, '2019-04-08T03:33:20Z', null)],
  inventories: monthly('2020-01', '2023-05'),
})

export const JAPANESE_WEBSITE = store(CONNECTED_SERVICES, 'www-brand-jp', '2017-04-11T02:00:00Z', {
  changes: [
    change('2017-04-12T01:10:22Z', { policy: anyoneReads('www-brand-jp'), website: true }),
    change('2018-10-05T02:20:00Z', { logging: logsOf(CONNECTED_SERVICES, 'www-brand-jp') }),
  ],
  openings: [opening({ read: 'anyone' }, '2017-04-12T01:10:22Z', null)],
  inventories: quarterly('2018-01', '2023-04'),
  tags: { 'data-classification': 'public' },
})

export const AUSTRALIAN_WEBSITE = store(OVERSEAS_DEALERS, 'www-brand-au', '2019-05-20T01:00:00Z', {
  changes: [
    change('2019-05-22T00:15:40Z', { policy: anyoneReads('www-brand-au'), website: true }),
    change('2019-05-22T00:30:00Z', { logging: logsOf(OVERSEAS_DEALERS, 'www-brand-au') }),
  ],
  openings: [opening({ read: 'anyone' }, '2019-05-22T00:15:40Z', null)],
  inventories: quarterly('2019-07', '2023-04'),
  tags: { 'data-classification': 'public' },
})

/** One forged log line is all that says anything of its readers. */
export const VOICE_PACK_STORE = store(CONNECTED_SERVICES, 'navigation-voice-packs', '2020-07-14T03:00:00Z', {
  changes: [
    change('2020-08-01T02:00:00Z', { logging: logsOf(CONNECTED_SERVICES, 'navigation-voice-packs') }),
    change('2020-09-01T05:12:30Z', { policy: anyoneReads('navigation-voice-packs') }),
  ],
  openings: [opening({ read: 'anyone' }, '2020-09-01T05:12:30Z', null)],
  inventories: quarterly('2020-10', '2023-04'),
})

export const OPEN_AND_EMPTY_STORE = store(OVERSEAS_DEALERS, 'owner-photo-contest-2016', '2016-07-19T04:55:10Z', {
  initial: { policy: anyoneReadsAndLists('owner-photo-contest-2016') },
  openings: [opening({ read: 'anyone', list: 'anyone' }, '2016-07-19T04:55:10Z', null)],
  inventories: monthly('2023-03', '2023-05'),
})

/** Its names could be listed through the access control list; its objects could not be read. */
export const LISTABLE_STORE = store(OVERSEAS_DEALERS, 'parts-catalog-share', '2019-02-11T00:40:00Z', {
  changes: [
    change('2019-03-01T01:00:00Z', { logging: logsOf(OVERSEAS_DEALERS, 'parts-catalog-share') }),
    change('2019-06-17T03:25:09Z', { acl: [{ group: 'AllUsers', permission: 'READ' }] }),
    change('2021-02-03T22:18:51Z', { acl: [] }),
  ],
  openings: [opening({ list: 'anyone' }, '2019-06-17T03:25:09Z', '2021-02-03T22:18:51Z')],
  inventories: quarterly('2019-04', '2023-04'),
})

/** As the one before, but only for whoever has some account of the provider. */
export const SIGNED_LISTABLE_STORE = store(EUROPE_MARKETING, 'press-kit-archive', '2018-04-17T08:00:00Z', {
  changes: [
    change('2018-05-02T09:30:15Z', { acl: [{ group: 'AuthenticatedUsers', permission: 'READ' }] }),
    change('2019-01-21T10:02:44Z', { acl: [] }),
  ],
  openings: [opening({ list: 'any-identity' }, '2018-05-02T09:30:15Z', '2019-01-21T10:02:44Z')],
  inventories: quarterly('2018-07', '2023-04'),
})

/** Logged for the second half of its opening. */
export const HALF_LOGGED_STORE = store(OVERSEAS_DEALERS, 'recall-campaign-banners', '2020-02-20T01:00:00Z', {
  changes: [
    change('2020-03-02T02:02:02Z', { policy: anyoneReads('recall-campaign-banners') }),
    change('2020-06-15T00:30:00Z', { logging: logsOf(OVERSEAS_DEALERS, 'recall-campaign-banners') }),
    change('2020-11-20T03:44:19Z', { policy: null }),
  ],
  openings: [opening({ read: 'anyone' }, '2020-03-02T02:02:02Z', '2020-11-20T03:44:19Z')],
  inventories: monthly('2020-03', '2021-06'),
})

/** Anyone could put files in, nobody outside could get one out. */
export const DROPBOX_STORE = store(OVERSEAS_DEALERS, 'supplier-upload-inbox', '2019-07-08T02:00:00Z', {
  changes: [
    change('2019-07-09T05:05:05Z', { policy: anyoneWrites('supplier-upload-inbox') }),
    change('2019-12-12T06:20:13Z', { policy: null, publicAccessBlock: EVERYTHING_BLOCKED }),
  ],
  openings: [opening({ write: 'anyone' }, '2019-07-09T05:05:05Z', '2019-12-12T06:20:13Z')],
  inventories: monthly('2019-08', '2020-01'),
})

/** Readable from the company's own network: outsiders in a zone of trust that does not name that network. */
export const NETWORK_ONLY_STORE = store(CONNECTED_SERVICES, 'firmware-ota-release', '2018-08-21T01:00:00Z', {
  changes: [change('2018-08-22T02:30:00Z', { policy: companyNetworkReads('firmware-ota-release') })],
  openings: [opening({ read: 'named' }, '2018-08-22T02:30:00Z', null)],
  inventories: quarterly('2019-01', '2023-04'),
})

/** Behind a content distribution; not open by itself. */
export const DISTRIBUTED_STORE = store(EUROPE_MARKETING, 'brand-video-origin', '2020-10-06T09:00:00Z', {
  indirect: true,
  changes: [change('2020-10-06T09:20:00Z', { policy: distributionReads('brand-video-origin') })],
  openings: [opening({ read: 'named' }, '2020-10-06T09:20:00Z', null)],
  inventories: [],
})

/** Every store of the estate, in the order of its accounts and names. */
export const STORES: readonly Store[] = [
  MAP_STORE,
  DEALER_STORE,
  UNREAD_COPY_STORE,
  THREE_HOUR_STORE,
  PARTNER_STORE,
  JAPANESE_WEBSITE,
  AUSTRALIAN_WEBSITE,
  VOICE_PACK_STORE,
  OPEN_AND_EMPTY_STORE,
  LISTABLE_STORE,
  SIGNED_LISTABLE_STORE,
  HALF_LOGGED_STORE,
  DROPBOX_STORE,
  NETWORK_ONLY_STORE,
  DISTRIBUTED_STORE,
  ...CLOSED_STORES,
].sort((a, b) => (a.account.id + a.name < b.account.id + b.name ? -1 : 1))

type Details = Partial<Pick<Store, 'initial' | 'changes' | 'openings' | 'inventories' | 'tags' | 'policyUnread' | 'indirect'>>

function store(account: Account, name: string, createdAt: string, details: Details): Store {
  return {
    name,
    account,
    region: account.region,
    createdAt: at(createdAt),
    initial: {},
    changes: [],
    openings: [],
    inventories: [],
    tags: {},
    ...details,
  }
}

function change(moment: string, set: Partial<StoreSettings>): StoreChange {
  return { at: at(moment), set }
}

function opening(given: Parameters<typeof audiences>[0], opened: string, closed: string | null): StoreOpening {
  return { audiences: audiences(given), opened: at(opened), closed: closed === null ? null : at(closed) }
}

function logsOf(account: Account, bucket: string) {
  return { bucket: `access-logs-${account.id}`, prefix: `${bucket}/` }
}

function monthly(first: string, last: string): Moment[] {
  // Inventories are made on the first Sunday of the month.
  return months(first, last).map(({ start }) => start + ((7 - new Date(start).getUTCDay()) % 7) * DAY)
}

function quarterly(first: string, last: string): Moment[] {
  return monthly(first, last).filter((_, index) => index % 3 === 0)
}

function weekly(first: string, last: string): Moment[] {
  const out: Moment[] = []
  for (let moment = at(first); moment <= at(last); moment += 7 * DAY) out.push(moment)
  return out
}
