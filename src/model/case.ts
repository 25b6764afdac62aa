import type { DataElement } from './content.ts'
import type { Unread } from './evidence.ts'
import type { Reason, Window } from './exposure.ts'
import type { AccessReport } from './forensics.ts'
import type { ElementSetCount, LinkingNotes, PeopleCount } from './impact.ts'
import type { Instant } from './instant.ts'
import type { NoticeDraft, Obligation, RegimeStanding } from './notices.ts'
import type { Access, Audience, Verdicts } from './reachability.ts'
import type { Plan } from './remediation.ts'
import type { Violation } from './rules.ts'
import type { ZoneOfTrust } from './zone.ts'

/** One resource over one stretch in which outsiders could reach it. */
export interface CaseExposure {
  readonly resource: string
  readonly type: string
  readonly account: string
  readonly region: string
  readonly name: string
  /** The widest audience over all accesses. */
  readonly audience: Exclude<Audience, 'none'>
  readonly certain: boolean
  readonly verdicts: Verdicts
  readonly window: Window
  readonly accessWindows: Readonly<Partial<Record<Access, Window>>>
  readonly changes: readonly {
    readonly at: { readonly notBefore: Instant | null; readonly notAfter: Instant | null }
    readonly text: string
  }[]
  /** Distinct keys that were exposed, and what they weigh; null where sizes are not known. */
  readonly objects: number
  readonly bytes: number | null
  /** Of those bytes, how many were examined for personal data; the rest is held and not read. */
  readonly bytesExamined: number
  /** Of those objects, how many could not be examined (no copy in the evidence, or a format that is not read). */
  readonly objectsNotRead: number
  readonly elements: readonly { readonly element: DataElement; readonly people: number; readonly files: number }[]
  readonly people: PeopleCount
  /** How much of the personal data ever held was there, by month: the share of the most records at any time, 0 to 1. */
  readonly held: readonly { readonly at: Instant; readonly share: number }[]
  readonly access: AccessReport
}

/** One exposed file and what was found in it; the page's matrix. */
export interface CaseFile {
  readonly resource: string
  readonly key: string
  readonly format: string
  /** Null where nothing tells. */
  readonly sizeBytes: number | null
  readonly status: 'read' | 'partly-read' | 'not-read'
  readonly records: number
  readonly people: number
  readonly elements: readonly { readonly element: DataElement; readonly records: number; readonly confidence: number }[]
  readonly exposed: Window
}

/** One thing that differs from the revision before, and why. */
export interface CaseChange {
  readonly field: string
  readonly kind: 'added' | 'removed' | 'changed' | 'same'
  readonly before: string | null
  readonly after: string | null
  readonly why: string
}

/** A statement such as companies make, held against the evidence. */
export interface ClaimCheck {
  readonly claim: 'no-evidence-of-access' | 'cannot-identify-an-individual' | 'no-financial-details'
  readonly verdict: 'contradicted' | 'not-supported' | 'supported' | 'undecided'
  readonly because: readonly string[]
}

/**
 * Everything known of one incident at one revision. Plain JSON; times are UTC ISO 8601; `null` where nothing is known
 * or the law has no number. The same evidence, `asOf` and `knownAt` give the same bytes.
 */
export interface CaseDocument {
  readonly schema: 'https://leftajar.example/schema/case-1.json'
  readonly case: string
  readonly revision: number
  readonly supersedes: number | null
  /** When the newest batch of evidence was learned. */
  readonly knownAt: Instant
  /** The moment the answers are given for; windows still open then have `closed: null`. */
  readonly asOf: Instant
  readonly zone: ZoneOfTrust & { readonly source: string }
  readonly batches: readonly {
    readonly revision: number
    readonly recordedAt: Instant
    readonly name: string
    readonly files: number
    readonly newFiles: number
  }[]
  readonly estate: {
    readonly accounts: number
    readonly resources: number
    readonly decided: number
    readonly undecided: number
    /** Resources by the widest audience at `asOf`. */
    readonly byAudience: Readonly<Record<Audience, number>>
    readonly evidenceFiles: number
    readonly evidenceBytes: number
  }
  readonly people: PeopleCount & {
    readonly byElementSet: readonly ElementSetCount[]
    /** People whose data someone could read, by the widest audience that could. */
    readonly byAudience: Readonly<Record<Exclude<Audience, 'none'>, number>>
    /** What adding the stores up would give: not a number of people. */
    readonly sumOverStores: number
    /** People by exactly the stores they are in, largest first. */
    readonly byStores: readonly {
      readonly stores: readonly string[]
      readonly people: number
      readonly byMarket: Readonly<Record<string, number>>
    }[]
    readonly linking: LinkingNotes
  }
  readonly exposures: readonly CaseExposure[]
  /** Exposed files of stores with personal data, largest first by records; at most 2,000 a store, `filesOmitted` the rest. */
  readonly files: readonly CaseFile[]
  readonly filesOmitted: number
  readonly unread: readonly Unread[]
  readonly violations: readonly Violation[]
  readonly plans: readonly Plan[]
  readonly obligations: readonly Obligation[]
  readonly regimes: readonly RegimeStanding[]
  readonly notices: readonly NoticeDraft[]
  readonly claims: readonly ClaimCheck[]
  readonly changes: readonly CaseChange[]
  readonly ledger: { readonly entries: number; readonly head: string }
  readonly notes: readonly Reason[]
}
