import type {
  AccessReport,
  CaseDocument,
  CaseExposure,
  CaseFile,
  CoverageSpan,
  DataElement,
  ElementSetCount,
} from '../../src/model/index.ts'
import { DUTIES, PLANS, REGIMES, RULES } from './sample-response.ts'
import { accessReport, at, bounds, exposureOf, heldFrom, spans } from './sample-parts.ts'
import { sequence } from './sequence.ts'

const TELEMATICS = 'arn:aws:s3:::telematics-archive'
const MAPS = 'arn:aws:s3:::mapdata-distribution'
const DEALERS = 'arn:aws:s3:::overseas-dealer-mx'
const SERVICE: readonly DataElement[] = ['terminal-id', 'chassis-number', 'location', 'location-track']
const DEALER: readonly DataElement[] = [
  'person-name',
  'postal-address',
  'phone-number',
  'email-address',
  'customer-id',
  'number-plate',
  'vin',
]

/** A case shaped like the design's: five stores, two markets, three revisions. Every name and number is invented. */
export function sampleCase(): CaseDocument {
  return {
    schema: 'https://leftajar.example/schema/case-1.json',
    case: 'AJ-7',
    revision: 3,
    supersedes: 2,
    knownAt: '2023-05-31T09:00:00Z',
    asOf: '2023-05-31T09:00:00Z',
    zone: {
      organizations: ['o-example'],
      accounts: ['111122223333'],
      cidrs: [],
      vpcs: [],
      vpcEndpoints: [],
      principals: [],
      source: 'the organisation in the evidence',
    },
    batches: [
      { revision: 1, recordedAt: '2023-04-14T02:00:00Z', name: '2023-04-14', files: 120, newFiles: 120 },
      { revision: 2, recordedAt: '2023-05-12T05:00:00Z', name: '2023-05-12', files: 4210, newFiles: 4090 },
      { revision: 3, recordedAt: '2023-05-31T09:00:00Z', name: '2023-05-31', files: 18_342, newFiles: 14_132 },
    ],
    estate: {
      accounts: 61,
      resources: 1284,
      decided: 1052,
      undecided: 18,
      byAudience: { anyone: 0, 'any-identity': 0, named: 3, none: 1049, undecided: 1 },
      evidenceFiles: 18_342,
      evidenceBytes: 21_400_000_000,
    },
    people: {
      total: 2_302_116,
      certain: 2_302_098,
      byMarket: { AU: 2791, JP: 2_299_325 },
      byElementSet: elementSets(),
      byAudience: { anyone: 2_302_116, 'any-identity': 0, named: 0, undecided: 0 },
      sumOverStores: 2_414_578,
      byStores: [
        { stores: [TELEMATICS], people: 2_039_442, byMarket: { JP: 2_039_442 } },
        { stores: [MAPS], people: 147_421, byMarket: { JP: 147_421 } },
        { stores: [MAPS, TELEMATICS], people: 112_462, byMarket: { JP: 112_462 } },
        { stores: [DEALERS], people: 2791, byMarket: { AU: 2791 } },
      ],
      linking: { cappedIdentifiers: {}, vehiclesWithSeveralOwners: 12, unattributedRecords: 31, shareCap: 4 },
    },
    exposures: [telematics(), maps(), dealers(), dashcam(), copy()],
    files: dealerFiles(),
    filesOmitted: 0,
    unread: [
      {
        what: 'overseas-dealer-mx-copy',
        code: 'denied',
        detail: 'GetBucketPolicy was refused.',
        lost: 'Whether anyone can read it is not known.',
      },
      {
        what: 'logs/2022-03-04.gz',
        place: { file: 'logs/2022-03-04.gz', offset: 81_920 },
        code: 'truncated',
        detail: 'The gzip stream ends early.',
        lost: 'About three hours of requests.',
      },
    ],
    violations: RULES,
    plans: PLANS,
    obligations: DUTIES,
    regimes: REGIMES,
    notices: [
      {
        market: 'AU',
        language: 'en',
        elements: ['person-name', 'phone-number', 'vin'],
        people: 431,
        subject: 'Your name, phone number and VIN',
        body: 'Dear customer,\n\nyour name, phone number and VIN could be read by anyone.',
      },
      {
        market: 'JP',
        language: 'ja',
        elements: ['terminal-id', 'location'],
        people: 131_008,
        subject: '車載端末IDと位置情報について',
        body: 'お客様の車載端末IDと位置情報が、外部から閲覧できる状態にありました。',
      },
    ],
    claims: [
      {
        claim: 'no-evidence-of-access',
        verdict: 'contradicted',
        because: [
          'overseas-dealer-mx: 23 requests from 6 outside networks fetched 3 files.',
          'For two other stores no log exists.',
        ],
      },
      {
        claim: 'cannot-identify-an-individual',
        verdict: 'not-supported',
        because: ['Found and exposed: vin, location. These single one person or vehicle out.'],
      },
      { claim: 'no-financial-details', verdict: 'supported', because: ['No payment card was found in 18.4 TB examined.'] },
    ],
    changes: [
      {
        field: 'people.byMarket.AU',
        kind: 'added',
        before: '0',
        after: '2791',
        why: '14132 files of evidence arrived on 2023-05-31, with 57 accounts not seen before.',
      },
      {
        field: 'people.byMarket.JP',
        kind: 'changed',
        before: '2151904',
        after: '2299325',
        why: 'mapdata-distribution was found; 112462 of its people were already counted.',
      },
      {
        field: 'exposure.overseas-dealer-mx',
        kind: 'added',
        before: null,
        after:
          'anyone, opened between 2016-10-24T00:00:00Z and 2016-10-31T00:00:00Z, closed between 2023-05-11T00:00:00Z and 2023-05-26T00:00:00Z',
        why: 'All storage environments were swept.',
      },
      {
        field: 'access.overseas-dealer-mx',
        kind: 'changed',
        before: 'dark',
        after: 'read',
        why: 'Its logs were read for the first time.',
      },
      {
        field: 'people.byMarket.NZ',
        kind: 'same',
        before: null,
        after: '0',
        why: '612 of 612 files were read, with no plate, phone number or address of that market.',
      },
    ],
    ledger: { entries: 14_902, head: '9f3c0000000000000000000000000000000000000000000000000000000ae1a2' },
    notes: [],
  }
}

function telematics(): CaseExposure {
  return exposureOf({
    name: 'telematics-archive',
    audience: 'anyone',
    accesses: ['read', 'list'],
    window: { opened: bounds('2013-11-06'), closed: bounds('2023-04-17') },
    changes: [
      { at: { notBefore: at('2013-11-06'), notAfter: at('2013-11-06') }, text: 'created public' },
      { at: { notBefore: at('2023-04-17'), notAfter: at('2023-04-17') }, text: 'public access blocked' },
    ],
    objects: 48_211,
    bytes: 16_900_000_000_000,
    bytesExamined: 16_900_000_000_000,
    elements: SERVICE.map((element) => ({ element, people: 2_151_904, files: 48_211 })),
    people: { total: 2_151_904, certain: 2_151_904, byMarket: { JP: 2_151_904 } },
    held: heldFrom('2013-11-06', '2023-04-17', 0.6),
    access: accessReport({
      conclusion: 'silent-part',
      sentence: 'No outsider in the logs that exist; they cover the last 13 months.',
      spans: spans(
        [
          ['2013-11-06', 'not-configured'],
          ['2019-04-01', 'missing'],
          ['2022-03-08', 'configured-silent'],
        ],
        '2023-04-17',
      ),
      lines: { read: 1_204_118, parsed: 1_204_118, ambiguous: 0, rejected: 0 },
    }),
  })
}

function maps(): CaseExposure {
  return exposureOf({
    name: 'mapdata-distribution',
    audience: 'anyone',
    accesses: ['read'],
    window: { opened: bounds('2015-02-09'), closed: bounds('2023-05-12') },
    changes: [
      { at: { notBefore: at('2015-02-09'), notAfter: at('2015-02-09') }, text: 'created public' },
      { at: { notBefore: at('2022-03-31'), notAfter: at('2022-03-31') }, text: 'service ended, data stayed' },
      { at: { notBefore: at('2023-05-12'), notAfter: at('2023-05-12') }, text: 'policy removed' },
    ],
    objects: 9204,
    bytes: 1_460_000_000_000,
    bytesExamined: 1_460_000_000_000,
    elements: SERVICE.slice(0, 3).map((element) => ({ element, people: 259_883, files: 9204 })),
    people: { total: 259_883, certain: 259_883, byMarket: { JP: 259_883 } },
    held: heldFrom('2015-02-09', '2023-05-12', 0.5, 0.9),
    access: accessReport({
      conclusion: 'silent-part',
      sentence: 'No outsider in the logs that exist. The provider does not promise completeness.',
      spans: spans(
        [
          ['2015-02-09', 'not-configured'],
          ['2020-02-12', 'configured-silent'],
          ['2021-11-20', 'missing'],
          ['2022-05-16', 'configured-observed'],
        ],
        '2023-05-12',
      ),
      lines: { read: 702_118, parsed: 702_118, ambiguous: 0, rejected: 0 },
    }),
  })
}

function dealers(): CaseExposure {
  return exposureOf({
    name: 'overseas-dealer-mx',
    region: 'ap-southeast-2',
    account: '444455556666',
    audience: 'anyone',
    accesses: ['read', 'list'],
    window: { opened: bounds('2016-10-03', '2016-10-27'), closed: bounds('2023-05-11', '2023-05-26') },
    changes: [
      { at: { notBefore: at('2016-10-03'), notAfter: at('2016-10-27') }, text: 'policy v3: Principal *' },
      { at: { notBefore: at('2019-02-11'), notAfter: at('2019-02-11') }, text: 'first configuration snapshot' },
      { at: { notBefore: at('2023-05-11'), notAfter: at('2023-05-26') }, text: 'policy v4' },
    ],
    objects: 612,
    bytes: 2_400_000_000,
    bytesExamined: 2_400_000_000,
    elements: DEALER.map((element, index) => ({
      element,
      people: 2791 - index * 210,
      files: [507, 384, 450, 70, 376, 342, 575][index]!,
    })),
    people: { total: 2791, certain: 2773, byMarket: { AU: 2791 } },
    held: [
      ['2016-10-27', 0.1],
      ['2017-06-25', 0.24],
      ['2018-04-01', 0.31],
      ['2018-12-20', 0.52],
      ['2020-02-10', 0.6],
      ['2020-11-20', 0.78],
      ['2022-03-05', 0.9],
      ['2023-02-23', 1],
    ].map(([day, share]) => ({ at: at(day as string), share: share as number })),
    access: dealerAccess(),
  })
}

function dealerAccess(): AccessReport {
  const reads: readonly (readonly [string, number])[] = [
    ['2020-08-02T03:00:00Z', 2],
    ['2020-08-10T03:00:00Z', 1],
    ['2021-02-05T11:00:00Z', 5],
    ['2021-09-27T04:00:00Z', 2],
    ['2022-11-15T07:00:00Z', 3],
    ['2023-02-07T02:00:00Z', 3],
    ['2023-02-07T03:00:00Z', 1],
    ['2023-03-01T03:00:00Z', 2],
    ['2023-03-29T04:00:00Z', 2],
    ['2023-04-21T01:00:00Z', 2],
  ]
  return accessReport({
    conclusion: 'read',
    sentence: '23 requests from 6 outside networks fetched 3 files holding 41 people.',
    spans: [
      ...spans(
        [
          ['2016-10-03', 'not-configured'],
          ['2018-07-05', 'missing'],
          ['2020-07-01', 'configured-observed'],
          ['2022-01-15', 'missing'],
          ['2022-07-01', 'configured-observed'],
          ['2022-12-30', 'not-configured'],
        ],
        '2023-01-24',
      ),
      ...hourlySpans('2023-01-24', '2023-03-14', 7),
      ...spans([['2023-03-14', 'missing']], '2023-03-22'),
      ...hourlySpans('2023-03-22', '2023-05-26', 11),
    ],
    lines: { read: 90_214, parsed: 90_212, ambiguous: 2, rejected: 0 },
    requests: { inside: 88_403, knownGood: 1100, knownScanner: 686, outside: 23, unknown: 0 },
    outsiders: ['192.0.2.14', '192.0.2.99', '198.51.100.7', '198.51.100.80', '203.0.113.5', '2001:db8::17'].map((ip, index) => ({
      ip,
      network: null,
      principal: null,
      userAgents: ['curl/7.68.0'],
      first: at('2020-08-02T03:14:00Z'),
      last: at('2023-04-21T01:22:00Z'),
      requests: index === 0 ? 8 : 3,
      reads: index === 0 ? 8 : 3,
      lists: 0,
      writes: 0,
      bytes: 120_000 * (6 - index),
      objects: 1,
    })),
    outsiderCount: 6,
    objectsRead: ['maintenance/2017/AU/inquiry-000120.xlsx'],
    objectsReadCount: 3,
    readsByHour: reads.map(([hour, count]) => ({ hour, reads: count, lists: 0 })),
    firstRead: '2020-08-02T03:14:00Z',
  })
}

/** A log that is on, with requests in some hours of the working day: hours alternate as real ones do. */
function hourlySpans(from: string, to: string, seed: number): CoverageSpan[] {
  const next = sequence(seed)
  const hours = (Date.parse(at(to)) - Date.parse(at(from))) / 3_600_000
  const states = Array.from({ length: hours }, (_, index) => {
    const hour = index % 24
    const weekend = Math.floor(index / 24) % 7 >= 5
    if (index < 24) return 'unconfirmed-edge' as const
    return next() < (weekend ? 0.15 : hour >= 8 && hour < 20 ? 0.85 : 0.3)
      ? ('configured-observed' as const)
      : ('configured-silent' as const)
  })
  const merged: CoverageSpan[] = []
  states.forEach((state, index) => {
    const start = new Date(Date.parse(at(from)) + index * 3_600_000).toISOString().replace('.000Z', 'Z')
    const end = new Date(Date.parse(at(from)) + (index + 1) * 3_600_000).toISOString().replace('.000Z', 'Z')
    const last = merged.at(-1)
    if (last?.state === state) merged[merged.length - 1] = { ...last, to: end }
    else merged.push({ from: start, to: end, state })
  })
  return merged
}

function dashcam(): CaseExposure {
  return exposureOf({
    name: 'dashcam-corporate',
    audience: 'anyone',
    accesses: ['read'],
    window: { opened: bounds('2016-11-14'), closed: bounds('2023-04-04') },
    changes: [
      { at: { notBefore: at('2016-11-14'), notAfter: at('2016-11-14') }, text: 'public-read ACL' },
      { at: { notBefore: at('2023-04-04'), notAfter: at('2023-04-04') }, text: 'ACL removed' },
    ],
    objects: 3120,
    bytes: 41_200_000_000_000,
    bytesExamined: 0,
    objectsNotRead: 3120,
    access: accessReport({
      conclusion: 'dark',
      sentence: 'No log could have shown an access. Nothing can be concluded.',
      spans: spans([['2016-11-14', 'not-configured']], '2023-04-04'),
    }),
  })
}

function copy(): CaseExposure {
  return exposureOf({
    name: 'overseas-dealer-mx-copy',
    region: 'eu-west-1',
    account: '444455556666',
    audience: 'undecided',
    accesses: ['read'],
    window: { opened: bounds('2018-03-11', '2019-01-20'), closed: null },
    changes: [{ at: { notBefore: at('2018-09-03'), notAfter: at('2018-09-03') }, text: 'replication rule seen' }],
    objects: 40,
    bytes: null,
    bytesExamined: 0,
    objectsNotRead: 40,
    access: accessReport({
      conclusion: 'undecided',
      sentence: 'Reach undecided, no log. Counted as possibly read.',
      spans: spans([['2018-03-11', 'not-configured']], '2023-05-31T09:00:00Z'),
    }),
  })
}

function elementSets(): ElementSetCount[] {
  const japanese: readonly (readonly [readonly DataElement[], number])[] = [
    [SERVICE, 2_039_442],
    [['terminal-id', 'chassis-number', 'location'], 131_008],
    [['terminal-id', 'chassis-number'], 112_462],
    [['terminal-id', 'location'], 16_413],
  ]
  const all = DEALER
  const australian: readonly (readonly [readonly DataElement[], number])[] = [
    [['vin', 'person-name', 'postal-address', 'phone-number', 'number-plate'], 812],
    [['vin', 'person-name', 'phone-number', 'email-address', 'customer-id'], 604],
    [['vin', 'person-name', 'phone-number'], 431],
    [['vin', 'customer-id'], 318],
    [all, 247],
    [['vin', 'number-plate'], 171],
    [['person-name', 'email-address'], 96],
    [['phone-number', 'number-plate'], 58],
    ...all.slice(0, 6).map((element, index) => [[element, 'vin'], 10 - index] as const),
    [['person-name'], 5],
    [['phone-number'], 3],
    [['email-address'], 1],
  ]
  return [
    ...japanese.map(([elements, people]) => ({ elements, people, byMarket: { JP: people } })),
    ...australian.map(([elements, people]) => ({ elements, people, byMarket: { AU: people } })),
  ].sort((a, b) => b.people - a.people)
}

function dealerFiles(): CaseFile[] {
  const next = sequence(3)
  const groups = [
    { folder: 'maintenance', files: 388, scale: 9000, odds: [0.9, 0.7, 0.8, 0.02, 0.6, 0.6, 0.95] },
    { folder: 'investigation', files: 171, scale: 1500, odds: [0.6, 0.25, 0.3, 0.06, 0.75, 0.25, 0.95] },
    { folder: 'inquiry', files: 53, scale: 400, odds: [0.9, 0.75, 0.75, 0.9, 0.05, 0.4, 0.55] },
  ]
  return groups
    .flatMap(({ folder, files, scale, odds }) =>
      Array.from({ length: files }, (_, index): CaseFile => {
        const records = Math.max(1, Math.round(scale * Math.exp((-index / files) * 7)))
        const elements = DEALER.flatMap((element, column) =>
          next() < odds[column]!
            ? [{ element, records: Math.max(1, Math.round(records * (0.3 + 0.7 * next()))), confidence: 0.98 }]
            : [],
        ).slice(0, 6)
        return {
          resource: DEALERS,
          key: `${folder}/${2016 + (index % 7)}/AU/inquiry-${String(index).padStart(6, '0')}.${index % 3 === 0 ? 'xlsx' : 'csv'}`,
          format: index % 3 === 0 ? 'xlsx' : 'csv',
          sizeBytes: records * 212,
          status: index % 97 === 50 ? 'partly-read' : 'read',
          records,
          people: Math.max(1, Math.round(records * 0.8)),
          elements: elements.length > 0 ? elements : [{ element: 'vin', records, confidence: 0.98 }],
          exposed: { opened: bounds('2017-03-01'), closed: bounds('2023-05-11', '2023-05-26') },
        }
      }),
    )
    .sort((a, b) => b.records - a.records || (a.key < b.key ? -1 : 1))
}
