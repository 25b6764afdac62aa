import { z } from 'zod'
import { ACCESSES, COVERAGE_STATES, type CaseDocument, ELEMENTS } from '../../model/index.ts'

const instant = z.iso.datetime({ offset: false }).describe('UTC, ISO 8601')
const nullableInstant = instant.nullable()
const count = z.int().min(0)
const share = z.number().min(0).max(1)
const element = z.enum(ELEMENTS)
const counts = z.record(z.string(), count)
const audience = z.enum(['anyone', 'any-identity', 'named', 'none', 'undecided'])
const openAudience = z.enum(['anyone', 'any-identity', 'named', 'undecided'])

const place = z.strictObject({ file: z.string(), offset: count.optional(), record: z.string().optional() })
const reason = z.strictObject({ text: z.string(), evidence: place.nullable() })
const bounds = z.strictObject({ notBefore: nullableInstant, notAfter: nullableInstant, because: z.array(reason) })
const window = z.strictObject({ opened: bounds, closed: bounds.nullable() })

const witness = z.strictObject({
  principal: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('anonymous') }),
    z.strictObject({
      kind: z.literal('aws'),
      account: z.string(),
      arn: z.string(),
      organization: z.string().nullable(),
      organizationPath: z.string().nullable(),
    }),
    z.strictObject({ kind: z.literal('service'), service: z.string() }),
    z.strictObject({ kind: z.literal('google'), member: z.string() }),
    z.strictObject({ kind: z.literal('entra'), tenant: z.string(), object: z.string() }),
    z.strictObject({ kind: z.literal('bearer'), of: z.string() }),
  ]),
  action: z.string(),
  resource: z.string(),
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
})
const verdict = z.strictObject({
  audience,
  witness: witness.nullable(),
  because: z.array(z.string()),
  bounds: z.strictObject({ certain: audience, possible: audience }).optional(),
})
const verdicts = z.strictObject({ read: verdict, list: verdict, write: verdict, delete: verdict, admin: verdict })

const people = z.strictObject({ total: count, certain: count, byMarket: counts })
const elementSet = z.strictObject({ elements: z.array(element), people: count, byMarket: counts })

const access = z.strictObject({
  conclusion: z.enum(['read', 'listed', 'ambiguous', 'silent-full', 'silent-part', 'dark', 'undecided']),
  sentence: z.string(),
  coverage: z.strictObject({
    openHours: count,
    hours: z.strictObject(
      Object.fromEntries(COVERAGE_STATES.map((state) => [state, count])) as Record<
        (typeof COVERAGE_STATES)[number],
        typeof count
      >,
    ),
    covered: share,
    spans: z.array(z.strictObject({ from: instant, runs: z.string().regex(/^[osenml]\d+( [osenml]\d+)*$/) })),
    sources: z.array(z.string()),
  }),
  lines: z.strictObject({ read: count, parsed: count, ambiguous: count, rejected: count }),
  requests: z.strictObject({ inside: count, knownGood: count, knownScanner: count, outside: count, unknown: count }),
  outsiders: z.array(
    z.strictObject({
      ip: z.string(),
      network: z.string().nullable(),
      principal: z.string().nullable(),
      userAgents: z.array(z.string()),
      first: instant,
      last: instant,
      requests: count,
      reads: count,
      lists: count,
      writes: count,
      bytes: count,
      objects: count,
    }),
  ),
  outsiderCount: count,
  objectsRead: z.array(z.string()),
  objectsReadCount: count,
  readsByHour: z.array(z.strictObject({ hour: instant, reads: count, lists: count })),
  firstRead: nullableInstant,
  firstList: nullableInstant,
})

const exposure = z.strictObject({
  resource: z.string(),
  type: z.string(),
  account: z.string(),
  region: z.string(),
  name: z.string(),
  audience: openAudience,
  certain: z.boolean(),
  verdicts,
  window,
  accessWindows: z.partialRecord(z.enum(ACCESSES), window),
  changes: z.array(
    z.strictObject({ at: z.strictObject({ notBefore: nullableInstant, notAfter: nullableInstant }), text: z.string() }),
  ),
  objects: count,
  bytes: count.nullable(),
  bytesExamined: count,
  objectsNotRead: count,
  elements: z.array(z.strictObject({ element, people: count, files: count })),
  people,
  held: z.array(z.strictObject({ at: instant, share })),
  access,
})

const unread = z.strictObject({
  what: z.string(),
  place: place.optional(),
  also: z.array(z.string()).optional(),
  code: z.enum([
    'unreadable',
    'truncated',
    'malformed',
    'unknown-layout',
    'unsupported',
    'denied',
    'too-large',
    'bomb',
    'link-loop',
    'encrypted',
    'empty',
  ]),
  detail: z.string(),
  lost: z.string(),
})

/** The shape of a case, as scripts may rely on it; `schema/case.schema.json` is made from this. */
export const caseDocumentSchema = z.strictObject({
  schema: z.literal('https://leftajar.example/schema/case-1.json'),
  case: z.string(),
  revision: z.int().min(1),
  supersedes: z.int().min(1).nullable(),
  knownAt: instant,
  asOf: instant,
  zone: z.strictObject({
    source: z.string(),
    organizations: z.array(z.string()),
    accounts: z.array(z.string()),
    cidrs: z.array(z.string()),
    vpcs: z.array(z.string()),
    vpcEndpoints: z.array(z.string()),
    principals: z.array(z.string()),
    domains: z.array(z.string()).optional(),
    tenants: z.array(z.string()).optional(),
  }),
  batches: z.array(z.strictObject({ revision: count, recordedAt: instant, name: z.string(), files: count, newFiles: count })),
  estate: z.strictObject({
    accounts: count,
    resources: count,
    decided: count,
    undecided: count,
    byAudience: z.strictObject({ anyone: count, 'any-identity': count, named: count, none: count, undecided: count }),
    evidenceFiles: count,
    evidenceBytes: count,
  }),
  people: z.strictObject({
    ...people.shape,
    byElementSet: z.array(elementSet),
    byAudience: z.strictObject({ anyone: count, 'any-identity': count, named: count, undecided: count }),
    sumOverStores: count,
    byStores: z.array(z.strictObject({ stores: z.array(z.string()), people: count, byMarket: counts })),
    linking: z.strictObject({
      cappedIdentifiers: counts,
      vehiclesWithSeveralOwners: count,
      unattributedRecords: count,
      shareCap: count,
    }),
  }),
  exposures: z.array(exposure),
  files: z.array(
    z.strictObject({
      resource: z.string(),
      key: z.string(),
      format: z.string(),
      sizeBytes: count.nullable(),
      status: z.enum(['read', 'partly-read', 'not-read']),
      records: count,
      people: count,
      elements: z.array(z.strictObject({ element, records: count, confidence: share })),
      exposed: window,
    }),
  ),
  filesOmitted: count,
  unread: z.array(unread),
  violations: z.array(
    z.strictObject({
      rule: z.string(),
      title: z.string(),
      severity: z.enum(['low', 'medium', 'high', 'critical']),
      resource: z.string(),
      outcome: z.enum(['violated', 'undecided']),
      because: z.array(z.string()),
      evidence: z.array(place),
    }),
  ),
  plans: z.array(
    z.strictObject({
      id: z.string(),
      resource: z.string(),
      summary: z.string(),
      steps: z.array(
        z.strictObject({
          action: z.string(),
          title: z.string(),
          resource: z.string(),
          command: z.string().nullable(),
          verify: z.string(),
          wayBack: z.string(),
        }),
      ),
      breaks: z.array(z.strictObject({ who: z.string(), requests: count })),
      state: z.enum(['proposed', 'already-shut', 'read-first']),
    }),
  ),
  obligations: z.array(
    z.strictObject({
      regime: z.string(),
      jurisdiction: z.string(),
      market: z.string(),
      duty: z.string(),
      recipient: z.enum(['regulator', 'individual', 'public', 'other', 'internal']),
      title: z.string(),
      start: instant,
      startLabel: z.string(),
      due: nullableInstant,
      force: z.string(),
      basis: z.string(),
      because: z.array(z.string()),
      needsJudgement: z.array(z.string()),
      confidence: z.string(),
    }),
  ),
  regimes: z.array(
    z.strictObject({
      regime: z.string(),
      jurisdiction: z.string(),
      standing: z.enum(['owed', 'judgement', 'none-affected', 'not-assessed', 'voluntary', 'not-in-force', 'no-residents']),
      because: z.string(),
    }),
  ),
  notices: z.array(
    z.strictObject({
      market: z.string(),
      language: z.enum(['en', 'ja']),
      elements: z.array(z.string()),
      people: count,
      subject: z.string(),
      body: z.string(),
    }),
  ),
  claims: z.array(
    z.strictObject({
      claim: z.enum(['no-evidence-of-access', 'cannot-identify-an-individual', 'no-financial-details']),
      verdict: z.enum(['contradicted', 'not-supported', 'supported', 'undecided']),
      because: z.array(z.string()),
    }),
  ),
  changes: z.array(
    z.strictObject({
      field: z.string(),
      kind: z.enum(['added', 'removed', 'changed', 'same']),
      before: z.string().nullable(),
      after: z.string().nullable(),
      why: z.string(),
    }),
  ),
  ledger: z.strictObject({ entries: count, head: z.string() }),
  notes: z.array(reason),
}) satisfies z.ZodType<CaseDocument>

/** The same shape as JSON Schema (draft 2020-12). */
export function caseJsonSchema(): object {
  return {
    ...z.toJSONSchema(caseDocumentSchema, { target: 'draft-2020-12', reused: 'ref' }),
    $id: 'https://leftajar.example/schema/case-1.json',
    title: 'Ajar case, one revision',
  }
}
