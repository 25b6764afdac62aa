import { packSpans } from '../../src/model/index.ts'
import type {
  Access,
  AccessReport,
  Audience,
  Bounds,
  CaseExposure,
  CoverageSpan,
  CoverageState,
  Instant,
  Verdict,
  Verdicts,
  Window,
} from '../../src/model/index.ts'

const HOUR = 3_600_000
const STATES: readonly CoverageState[] = [
  'configured-observed',
  'configured-silent',
  'unconfirmed-edge',
  'not-configured',
  'missing',
  'late-pending',
]

/** `2013-11-06` or a whole instant, in the one spelling. */
export function at(day: string): Instant {
  return day.length === 10 ? `${day}T00:00:00Z` : day
}

export function bounds(
  notBefore: string | null,
  notAfter: string | null = notBefore,
  because = 'A configuration item shows it.',
): Bounds {
  return {
    notBefore: notBefore === null ? null : at(notBefore),
    notAfter: notAfter === null ? null : at(notAfter),
    because: [
      { text: because, evidence: { file: 'AWSLogs/111122223333/Config/history.json.gz', offset: 1024, record: 'item-1' } },
    ],
  }
}

export function verdicts(audience: Audience, accesses: readonly Access[], name: string): Verdicts {
  const closed: Verdict = { audience: 'none', witness: null, because: ['No grant reaches outside.'] }
  const open = (access: Access): Verdict => ({
    audience,
    witness:
      audience === 'undecided' || audience === 'none'
        ? null
        : {
            principal: { kind: 'anonymous' },
            action: access === 'list' ? 's3:ListBucket' : 's3:GetObject',
            resource: `arn:aws:s3:::${name}/x`,
            context: {},
          },
    because: [audience === 'undecided' ? 'the policy was not read (AccessDenied)' : 'Statement 1 allows everyone.'],
  })
  const verdict = (access: Access): Verdict => (accesses.includes(access) ? open(access) : closed)
  return {
    read: verdict('read'),
    list: verdict('list'),
    write: verdict('write'),
    delete: verdict('delete'),
    admin: verdict('admin'),
  }
}

/** Spans laid end to end: each tuple is where a state begins. */
export function spans(steps: readonly (readonly [string, CoverageState])[], end: string): CoverageSpan[] {
  return steps.map(([from, state], index) => ({ from: at(from), to: at(steps[index + 1]?.[0] ?? end), state }))
}

export function accessReport(
  given: Partial<Omit<AccessReport, 'coverage'>> & {
    conclusion: AccessReport['conclusion']
    sentence: string
    spans: readonly CoverageSpan[]
  },
): AccessReport {
  const hours = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<CoverageState, number>
  for (const span of given.spans) hours[span.state] += (Date.parse(span.to) - Date.parse(span.from)) / HOUR
  const openHours = Object.values(hours).reduce((total, next) => total + next, 0)
  const logged = hours['configured-observed'] + hours['configured-silent']
  const { spans: covered, ...rest } = given
  return {
    lines: { read: 0, parsed: 0, ambiguous: 0, rejected: 0 },
    requests: { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 },
    outsiders: [],
    outsiderCount: 0,
    objectsRead: [],
    objectsReadCount: 0,
    readsByHour: [],
    firstRead: null,
    firstList: null,
    ...rest,
    coverage: {
      openHours,
      hours,
      covered: openHours === 0 ? 0 : Math.round((logged / openHours) * 10_000) / 10_000,
      spans: packSpans(covered),
      sources: logged > 0 ? ['s3-access-log'] : [],
    },
  }
}

/** Held data that grows month by month to all of it, then falls to `last`. */
export function heldFrom(from: string, to: string, fullAfter: number, last = 1): { at: Instant; share: number }[] {
  const start = Date.parse(at(from))
  const end = Date.parse(at(to))
  const month = 30.4375 * 24 * HOUR
  const steps = Math.floor((end - start) / month)
  return Array.from({ length: steps + 1 }, (_, index) => {
    const through = index / Math.max(1, steps)
    const share =
      through < fullAfter ? 0.04 + (0.96 * through) / fullAfter : 1 - ((1 - last) * (through - fullAfter)) / (1 - fullAfter)
    return { at: new Date(start + index * month).toISOString().replace('.000Z', 'Z'), share: Math.round(share * 1000) / 1000 }
  })
}

/** An exposure with everything that is not said left at its plainest. */
export function exposureOf(
  given: Partial<CaseExposure> & Pick<CaseExposure, 'name' | 'audience' | 'window' | 'access'> & { accesses: readonly Access[] },
): CaseExposure {
  const { accesses, ...rest } = given
  const window: Window = given.window
  return {
    resource: `arn:aws:s3:::${given.name}`,
    type: 'AWS::S3::Bucket',
    account: '111122223333',
    region: 'ap-northeast-1',
    certain: given.audience !== 'undecided',
    verdicts: verdicts(given.audience, accesses, given.name),
    accessWindows: Object.fromEntries(accesses.map((access) => [access, window])),
    changes: [],
    objects: 0,
    bytes: 0,
    bytesExamined: 0,
    objectsNotRead: 0,
    elements: [],
    people: { total: 0, certain: 0, byMarket: {} },
    held: [],
    ...rest,
  }
}
