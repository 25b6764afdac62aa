import type { Audience, CaseDocument, CaseExposure, CaseFile, CoverageState } from '../../src/model/index.ts'
import { accessReport, at, bounds, exposureOf, heldFrom, spans } from './sample-parts.ts'
import { sampleCase } from './sample-case.ts'

/** Nothing open, first revision: what was searched is all there is to say. */
export function emptyCase(): CaseDocument {
  const sample = sampleCase()
  return {
    ...sample,
    revision: 1,
    supersedes: null,
    batches: sample.batches.slice(0, 1),
    estate: { ...sample.estate, resources: 1302, decided: 1070, undecided: 18 },
    people: {
      total: 0,
      certain: 0,
      byMarket: {},
      byElementSet: [],
      byAudience: { anyone: 0, 'any-identity': 0, named: 0, undecided: 0 },
      sumOverStores: 0,
      byStores: [],
      linking: sample.people.linking,
    },
    exposures: [],
    files: [],
    unread: [],
    violations: [],
    plans: [],
    obligations: [],
    regimes: [],
    notices: [],
    claims: [],
    changes: [],
  }
}

/** One store whose reach could not be decided, and nothing else. */
export function undecidedCase(): CaseDocument {
  const empty = emptyCase()
  const copy = sampleCase().exposures.find(({ audience }) => audience === 'undecided')!
  return {
    ...empty,
    exposures: [copy],
    plans: sampleCase().plans.filter(({ state }) => state === 'read-first'),
    unread: sampleCase().unread,
  }
}

/** A store open now whose contents nobody read, a database, and a website that is open on purpose. */
export function unreadCase(): CaseDocument {
  const empty = emptyCase()
  const open = { opened: bounds('2022-11-02', '2022-11-09'), closed: null }
  const dark = accessReport({
    conclusion: 'dark',
    sentence: 'No log could have shown an access.',
    spans: spans([['2022-11-02', 'not-configured']], empty.asOf),
  })
  return {
    ...empty,
    exposures: [
      exposureOf({
        name: 'video-store',
        audience: 'anyone',
        accesses: ['read'],
        window: open,
        objects: 12,
        bytes: 9_000_000_000,
        objectsNotRead: 12,
        access: dark,
      }),
      exposureOf({
        name: 'orders-snapshot',
        resource: 'arn:aws:rds:eu-west-1:111122223333:snapshot:orders',
        type: 'AWS::RDS::DBSnapshot',
        audience: 'any-identity',
        accesses: ['read'],
        window: open,
        bytes: null,
        access: dark,
      }),
      exposureOf({
        name: 'website',
        audience: 'anyone',
        accesses: ['read'],
        window: open,
        objects: 40,
        bytes: 2_000_000,
        bytesExamined: 2_000_000,
        access: dark,
      }),
      exposureOf({
        name: 'partner-drop',
        audience: 'named',
        accesses: ['read', 'write'],
        window: open,
        objects: 0,
        bytes: 0,
        access: dark,
      }),
    ],
  }
}

/** One store, open for three hours of one afternoon, with personal data and a full log. */
export function threeHoursCase(): CaseDocument {
  const sample = sampleCase()
  const from = '2023-03-14T13:20:00Z'
  const to = '2023-03-14T16:20:00Z'
  return {
    ...sample,
    people: {
      ...sample.people,
      total: 1,
      certain: 1,
      byMarket: { UNKNOWN: 1 },
      byElementSet: [{ elements: ['email-address'], people: 1, byMarket: { UNKNOWN: 1 } }],
      byAudience: { anyone: 1, 'any-identity': 0, named: 0, undecided: 0 },
      sumOverStores: 1,
      byStores: [{ stores: ['arn:aws:s3:::brief'], people: 1, byMarket: { UNKNOWN: 1 } }],
    },
    exposures: [
      exposureOf({
        name: 'brief',
        audience: 'anyone',
        accesses: ['read'],
        window: { opened: bounds(from), closed: bounds(to) },
        objects: 1,
        bytes: 120,
        bytesExamined: 120,
        elements: [{ element: 'email-address', people: 1, files: 1 }],
        people: { total: 1, certain: 1, byMarket: { UNKNOWN: 1 } },
        held: [{ at: from, share: 1 }],
        access: accessReport({
          conclusion: 'silent-full',
          sentence: 'Two independent sources cover every open hour and show nobody.',
          spans: [{ from: '2023-03-14T13:00:00Z', to: '2023-03-14T17:00:00Z', state: 'configured-silent' }],
        }),
      }),
    ],
    files: [],
    filesOmitted: 1,
  }
}

const AUDIENCES: readonly Exclude<Audience, 'none'>[] = ['anyone', 'any-identity', 'named', 'undecided']
const STATES: readonly CoverageState[] = [
  'configured-observed',
  'configured-silent',
  'unconfirmed-edge',
  'not-configured',
  'missing',
  'late-pending',
]

/** Sixty exposures of fifty stores in every audience, thirty markets, a hundred duties: more of everything than fits. */
export function hugeCase(): CaseDocument {
  const sample = sampleCase()
  const markets = [
    'JP',
    'AU',
    'NZ',
    'SG',
    'TH',
    'DE',
    'FR',
    'GB',
    'US',
    'CA',
    'BR',
    'KR',
    'TW',
    'IN',
    'ID',
    'MY',
    'VN',
    'PH',
    'ZA',
    'MX',
    'ES',
    'IT',
    'NL',
    'SE',
    'NO',
    'DK',
    'FI',
    'PL',
    'PT',
    'UNKNOWN',
  ]
  const byMarket = Object.fromEntries(markets.map((market, index) => [market, 3_000_000 - index * 91_234]))
  const total = Object.values(byMarket).reduce((sum, next) => sum + next, 0)
  return {
    ...sample,
    exposures: Array.from({ length: 60 }, (_, index) => hugeExposure(index)),
    people: {
      ...sample.people,
      total,
      certain: total - 7,
      byMarket,
      byElementSet: markets.flatMap((market, index) =>
        sample.people.byElementSet
          .slice(0, 17)
          .map((set, nth) => ({ ...set, people: 1000 - index - nth, byMarket: { [market]: 1000 - index - nth } })),
      ),
      byAudience: { anyone: total, 'any-identity': 5, named: 4, undecided: 3 },
      sumOverStores: total + 12_345,
      byStores: Array.from({ length: 50 }, (_, index) => ({
        stores: [`arn:aws:s3:::store-${index}`, `arn:aws:s3:::store-${(index * 7) % 50}`],
        people: 50 - index,
        byMarket: { JP: 50 - index },
      })),
    },
    plans: Array.from({ length: 40 }, (_, index) => ({
      ...sample.plans[index % 5]!,
      id: `plan-${index}`,
      summary: `${sample.plans[index % 5]!.summary}, and then some more words that make it long enough to need a second line on most pages`,
    })),
    obligations: Array.from({ length: 100 }, (_, index) => ({
      ...sample.obligations[index % 6]!,
      duty: `duty-${index}`,
      title: `${sample.obligations[index % 6]!.title} ${index}`,
    })),
    changes: Array.from({ length: 50 }, (_, index) => ({
      ...sample.changes[index % 5]!,
      field: `exposure.store-${index}`,
      why: `${sample.changes[index % 5]!.why} `.repeat(4),
    })),
    unread: Array.from({ length: 500 }, (_, index) => ({
      what: `logs/${index}.gz`,
      code: 'truncated' as const,
      detail: 'It ends early.',
      lost: 'An hour of requests.',
    })),
    violations: Array.from({ length: 200 }, (_, index) => sample.violations[index % 3]!),
    batches: Array.from({ length: 12 }, (_, index) => ({
      revision: index - 8,
      recordedAt: at(`2023-05-${String(index + 10).padStart(2, '0')}`),
      name: `batch ${index}`,
      files: 10,
      newFiles: 3,
    })).filter(({ revision }) => revision > 0),
  }
}

function hugeExposure(index: number): CaseExposure {
  const audience = AUDIENCES[index % 4]!
  const opened = `20${String(14 + (index % 9)).padStart(2, '0')}-0${1 + (index % 8)}-11`
  const closed = index % 7 === 0 ? null : bounds('2023-02-01', index % 3 === 0 ? '2023-04-20' : '2023-02-01')
  const end = closed === null ? '2023-05-31' : '2023-04-20'
  return exposureOf({
    name: `store-${index % 50}-with-a-name-of-some-length-that-no-column-holds`,
    resource: `arn:aws:s3:::store-${index % 50}`,
    audience,
    accesses: ['read', 'list', 'write', 'delete', 'admin'],
    window: { opened: bounds(index % 5 === 0 ? null : opened, opened), closed },
    changes: Array.from({ length: index % 9 }, (_, nth) => ({
      at: { notBefore: at(`2022-0${nth + 1}-15`), notAfter: at(`2022-0${nth + 1}-15`) },
      text: `change ${nth} of the policy of this store, in many words`,
    })),
    objects: index * 10,
    bytes: index * 1e9,
    bytesExamined: index * 9e8,
    objectsNotRead: index % 11 === 0 ? index * 10 : index,
    elements: index % 4 === 0 ? [{ element: 'vin', people: index, files: 1 }] : [],
    people: { total: index % 4 === 0 ? 1_000_000 - index : 0, certain: 0, byMarket: {} },
    held: index % 2 === 0 ? heldFrom(opened, end, 0.5) : [],
    access: accessReport({
      conclusion: (['read', 'listed', 'ambiguous', 'silent-full', 'silent-part', 'dark', 'undecided'] as const)[index % 7]!,
      sentence: 'A sentence that the sources bear.',
      spans: spans(
        STATES.map(
          (state, nth) => [`202${Math.min(2, Math.floor(nth / 3))}-${String(1 + nth * 2).padStart(2, '0')}-01`, state] as const,
        ),
        end,
      ),
      readsByHour: index % 3 === 0 ? [{ hour: '2022-06-01T04:00:00Z', reads: 4, lists: 1 }] : [],
      outsiderCount: 3,
    }),
  })
}

/** More files than columns: they are binned. */
export function manyFilesCase(): CaseDocument {
  const sample = sampleCase()
  const files: CaseFile[] = Array.from({ length: 1800 }, (_, index) => ({
    ...sample.files[index % sample.files.length]!,
    key: `${['a', 'b', 'c', 'd'][index % 4]}/${index}.csv`,
    status: index % 40 === 0 ? 'not-read' : 'read',
  }))
  return { ...sample, files, filesOmitted: 1234 }
}

/** Names, sentences and ids as somebody hostile would choose them: markup, escapes, controls, direction marks, formulas. */
export function hostileCase(): CaseDocument {
  const sample = sampleCase()
  const evil =
    '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>\u001b[31m\u001b]0;title\u0007\u202Eexe.txt\u0000\r\n=HYPERLINK("x")'
  return {
    ...sample,
    case: `AJ${evil}`,
    exposures: sample.exposures.map((exposure, index) => ({
      ...exposure,
      name: `${evil}${'長い名前'.repeat(20)}${index}`,
      region: evil,
      account: evil,
      changes: exposure.changes.map((change) => ({ ...change, text: evil })),
      verdicts: { ...exposure.verdicts, read: { ...exposure.verdicts.read, because: [evil] } },
      access: {
        ...exposure.access,
        sentence: evil,
        outsiders: exposure.access.outsiders.map((outsider) => ({ ...outsider, ip: evil, userAgents: [evil] })),
      },
    })),
    files: sample.files.slice(0, 20).map((file) => ({ ...file, key: `${evil}/${file.key}`, format: evil })),
    people: { ...sample.people, byMarket: { ...sample.people.byMarket, [evil]: 1 } },
    unread: [{ what: evil, place: { file: evil }, code: 'malformed', detail: evil, lost: evil }],
    plans: sample.plans.map((plan) => ({
      ...plan,
      summary: evil,
      steps: plan.steps.map((step) => ({ ...step, command: evil })),
    })),
    obligations: sample.obligations.map((duty) => ({ ...duty, title: evil, regime: evil, market: evil })),
    notices: [{ ...sample.notices[0]!, subject: evil, body: evil }],
    changes: [{ field: evil, kind: 'added', before: evil, after: evil, why: evil }],
    batches: sample.batches.map((batch) => ({ ...batch, name: evil })),
    ledger: { entries: 1, head: evil },
  }
}
