import { at, MINUTE } from '../moments.ts'
import { ACCOUNTS, type Account, CONNECTED_SERVICES, EUROPE_MARKETING, MAP_SERVICES, OVERSEAS_DEALERS } from './accounts.ts'
import {
  anyoneReads,
  deadGrants,
  grantedAndDenied,
  organizationOnlyByCondition,
  organizationOnlyByDeny,
  ownOrganizationAccounts,
  ownRolesOnly,
  serviceWrites,
  tlsOnlyPolicy,
} from './policies.ts'
import type { Store, StoreSettings } from './store.ts'

const BLOCKED = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true }

const UNBLOCKED = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false }

/** Closed stores with people's data inside: nobody outside could read these. */
export const AUSTRALIAN_CRM_STORE = closed(OVERSEAS_DEALERS, 'crm-export-prod', '2019-08-13T03:00:00Z', {
  publicAccessBlock: BLOCKED,
  encryption: 'AES256',
})
export const EUROPEAN_WARRANTY_STORE = closed(EUROPE_MARKETING, 'warranty-claims-archive', '2019-11-04T11:00:00Z', {
  publicAccessBlock: BLOCKED,
})
export const JAPANESE_REGISTRY_STORE = closed(CONNECTED_SERVICES, 'connected-owner-registry', '2018-12-03T04:00:00Z', {
  publicAccessBlock: BLOCKED,
  encryption: 'aws:kms',
})

export const LISTS_DISABLED_STORE = closed(EUROPE_MARKETING, 'connected-app-assets', '2021-12-06T09:15:00Z', {
  ownership: 'BucketOwnerEnforced',
})

/** Closed in spite of what they look like at a glance. */
const TRICKY_STORES: readonly Store[] = [
  closed(MAP_SERVICES, 'mobility-data-lake', '2019-05-07T01:30:00Z', { policy: organizationOnlyByDeny('mobility-data-lake') }),
  closed(MAP_SERVICES, 'map-tile-staging', '2017-06-12T02:00:00Z', { policy: organizationOnlyByCondition('map-tile-staging') }),
  closed(CONNECTED_SERVICES, 'call-centre-recordings', '2018-02-19T03:30:00Z', {
    policy: ownRolesOnly('call-centre-recordings', CONNECTED_SERVICES.id),
  }),
  closed(CONNECTED_SERVICES, 'vehicle-diagnostics-raw', '2018-06-05T06:00:00Z', {
    policy: grantedAndDenied('vehicle-diagnostics-raw'),
  }),
  closed(OVERSEAS_DEALERS, 'dealer-portal-assets', '2019-01-30T00:10:00Z', {
    acl: [{ group: 'AllUsers', permission: 'READ' }],
    publicAccessBlock: { ...UNBLOCKED, ignorePublicAcls: true },
  }),
  closed(OVERSEAS_DEALERS, 'training-material', '2019-09-02T05:00:00Z', { policy: deadGrants('training-material') }),
  closed(OVERSEAS_DEALERS, 'warranty-parts-photos', '2020-05-25T06:30:00Z', {
    policy: anyoneReads('warranty-parts-photos'),
    publicAccessBlock: { ...UNBLOCKED, restrictPublicBuckets: true },
  }),
  // Somebody tried to open this one through its access control list and was refused, because such lists are off here.
  LISTS_DISABLED_STORE,
  // Public by its own policy; the account's block of March 2019 was there first and takes it back.
  closed(EUROPE_MARKETING, 'marketing-landing-archive', '2019-06-11T12:00:00Z', {
    policy: anyoneReads('marketing-landing-archive'),
  }),
]

const ORDINARY_NAMES: readonly (readonly [Account, readonly string[]])[] = [
  [
    MAP_SERVICES,
    [
      'map-build-artifacts',
      'map-source-survey',
      'poi-master-data',
      'route-engine-logs',
      'map-qa-reports',
      'batch-work-tmp',
      'license-server-backup',
    ],
  ],
  [
    CONNECTED_SERVICES,
    [
      'telematics-raw-prod',
      'telematics-staging',
      'remote-service-events',
      'ota-signing-audit',
      'billing-export-jp',
      'data-science-sandbox',
      'iot-dead-letters',
      'app-crash-reports',
    ],
  ],
  [
    OVERSEAS_DEALERS,
    [
      'dealer-training-videos',
      'parts-order-history',
      'service-manuals',
      'diagnostic-tool-releases',
      'dealer-portal-backup',
      'finance-reports-apac',
      'translation-memory',
    ],
  ],
  [
    EUROPE_MARKETING,
    [
      'campaign-assets-eu',
      'event-photos-eu',
      'web-analytics-eu',
      'newsletter-archive-eu',
      'agency-exchange-eu',
      'homologation-documents',
      'showroom-displays',
    ],
  ],
]

const ORDINARY_STORES: readonly Store[] = ORDINARY_NAMES.flatMap(([account, names]) =>
  names.map((name, index) => ordinary(account, name, index)),
)

const DELIVERY_STORES: readonly Store[] = ACCOUNTS.flatMap((account) => [
  delivery(account, 'access-logs', {
    acl: [
      { group: 'LogDelivery', permission: 'WRITE' },
      { group: 'LogDelivery', permission: 'READ_ACP' },
    ],
  }),
  delivery(account, 'config-delivery', {
    policy: serviceWrites(`config-delivery-${account.id}`, 'config.amazonaws.com', account.id),
  }),
  delivery(account, 'cloudtrail-delivery', {
    policy: serviceWrites(`cloudtrail-delivery-${account.id}`, 'cloudtrail.amazonaws.com', account.id),
    versioning: 'Enabled',
  }),
  delivery(account, 'inventory-delivery', {
    policy: serviceWrites(`inventory-delivery-${account.id}`, 's3.amazonaws.com', account.id),
  }),
])

/** Every store that no outsider could reach at any time. */
export const CLOSED_STORES: readonly Store[] = [
  AUSTRALIAN_CRM_STORE,
  EUROPEAN_WARRANTY_STORE,
  JAPANESE_REGISTRY_STORE,
  ...TRICKY_STORES,
  ...ORDINARY_STORES,
  ...DELIVERY_STORES,
]

function closed(account: Account, name: string, createdAt: string, settings: Partial<StoreSettings>): Store {
  const created = at(createdAt)
  // Settings follow the creation by separate calls; a block comes before the grants that it takes back.
  const { publicAccessBlock, ownership, ...others } = settings
  const protections = [publicAccessBlock ? { publicAccessBlock } : null, ownership ? { ownership } : null].filter(
    (set) => set !== null,
  )
  const grants = Object.entries(others).map(([setting, value]) => ({ [setting]: value }))
  const changes = [...protections, ...grants].map((set, index) => ({ at: created + (index + 1) * 3 * MINUTE, set }))
  return {
    name,
    account,
    region: account.region,
    createdAt: created,
    initial: {},
    changes,
    openings: [],
    inventories: [],
    tags: {},
  }
}

function ordinary(account: Account, name: string, index: number): Store {
  const year = Math.max(2016, new Date(account.createdAt).getUTCFullYear()) + (index % 5)
  const created = `${year}-${String(((index * 5) % 9) + 4).padStart(2, '0')}-${String(((index * 7) % 27) + 1).padStart(2, '0')}T0${index % 9}:15:00Z`
  const accounts = ACCOUNTS.map(({ id }) => id)
  const kinds: Partial<StoreSettings>[] = [
    { encryption: 'AES256', publicAccessBlock: year >= 2019 ? BLOCKED : null },
    { policy: tlsOnlyPolicy(name), versioning: 'Enabled' },
    { policy: ownOrganizationAccounts(name, accounts) },
    {},
    { encryption: 'aws:kms', ownership: year >= 2022 ? 'BucketOwnerEnforced' : null },
  ]
  return closed(account, name, created, kinds[index % kinds.length]!)
}

function delivery(account: Account, kind: string, settings: Partial<StoreSettings>): Store {
  return closed(account, `${kind}-${account.id}`, new Date(account.createdAt + 60 * MINUTE).toISOString(), settings)
}
