import { ACCESSES, type Access, type Audience, type StoreExplanation, type TraceStep } from '../../src/model/index.ts'

/** What a store's page says in its first line, and which request it is shown by. */
export interface StoreFinding {
  /** The widest audience that is certain; `undecided` where nothing is open for certain and something may be. */
  readonly audience: Audience
  /** The accesses that this audience has. */
  readonly accesses: readonly Access[]
  readonly undecided: readonly Access[]
  /** The access whose witness is shown first. */
  readonly lead: Access | null
  /** The statement that lets the lead witness in; null where something else than a policy does. */
  readonly responsible: TraceStep | null
  /** Every Deny that was read, in order: D1, D2… */
  readonly denies: readonly TraceStep[]
}

const WIDTH: readonly Audience[] = ['anyone', 'any-identity', 'named']

export function storeFinding({ verdicts, traces }: StoreExplanation): StoreFinding {
  const having = (audience: Audience) => ACCESSES.filter((access) => verdicts[access].audience === audience)
  const undecided = having('undecided')
  const open = WIDTH.find((audience) => having(audience).length > 0)
  const audience = open ?? (undecided.length > 0 ? 'undecided' : 'none')
  const lead = open === undefined ? null : having(open)[0]!
  const steps = (lead && traces[lead]) ?? []
  return {
    audience,
    accesses: having(audience),
    undecided,
    lead,
    responsible: steps.find(({ effect, missed }) => effect === 'Allow' && missed === null) ?? null,
    denies: steps.filter(({ effect }) => effect === 'Deny'),
  }
}

/** One cell of "who can do what": open, open because a wider audience is let in, shut, or not known. */
export type AudienceCell = 'open' | 'as-wider' | 'shut' | 'undecided'

const COLUMNS = ['anyone', 'any-identity', 'named'] as const

/** What strangers, any identity of the provider, and particular outsiders can do. */
export function audienceCells({ verdicts }: StoreExplanation, access: Access): readonly AudienceCell[] {
  const { audience, bounds } = verdicts[access]
  const certain = audience === 'undecided' ? (bounds?.certain ?? 'none') : audience
  const possible = audience === 'undecided' ? (bounds?.possible ?? 'anyone') : audience
  return COLUMNS.map((column, at) => {
    if (column === certain) return 'open'
    if (isWithin(at, certain)) return 'as-wider'
    return isWithin(at, possible) ? 'undecided' : 'shut'
  })
}

/** Whether the audience includes the column. */
function isWithin(column: number, audience: Audience): boolean {
  const width = WIDTH.indexOf(audience)
  return width >= 0 && width <= column
}

/** Why a Deny does not stop a request, by kind. */
export type DenyReason =
  | { readonly kind: 'another-action' | 'another-caller' | 'another-resource' }
  | { readonly kind: 'absent'; readonly key: string }
  | { readonly kind: 'caller-writes'; readonly key: string; readonly value: string }
  | {
      readonly kind: 'other-value'
      readonly key: string
      readonly operator: string
      readonly value: string
      readonly wanted: string
    }

// Whatever the sender puts into the request, or can have of its own: IAM user guide, "Global condition context keys".
const WRITTEN_BY_CALLER =
  /^(aws:(referer|useragent|securetransport|sourcevpce?|vpcsourceip|username|principaltag\/.*|requesttag\/.*|tagkeys|sourceidentity)|s3:(prefix|delimiter|max-keys|x-amz-.*|tlsversion|signatureversion|authtype|versionid))$/i

export function denyReason({ missed }: TraceStep): DenyReason {
  if (!missed || missed.part === 'action') return { kind: 'another-action' }
  if (missed.part === 'principal') return { kind: 'another-caller' }
  if (missed.part !== 'condition') return { kind: 'another-resource' }
  const { key, operator, wanted, found } = missed
  if (found === null) return { kind: 'absent', key }
  const value = shortList([found].flat())
  if (WRITTEN_BY_CALLER.test(key)) return { kind: 'caller-writes', key, value }
  return { kind: 'other-value', key, operator, value, wanted: shortList(wanted) }
}

const MOST_SHOWN = 4

function shortList(values: readonly string[]): string {
  const shown = values.slice(0, MOST_SHOWN).join(', ')
  return values.length > MOST_SHOWN ? `${shown}, … (${values.length})` : shown
}
