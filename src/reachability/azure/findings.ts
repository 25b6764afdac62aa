import { compareText, type Access, type Verdict, type Verdicts, type Witness } from '../../model/index.ts'
import { eachAccess, nobody, undecided } from '../readings.ts'

/** One way in for outsiders: certain, or possible as far as was read. A certain one has a witness. */
export type Finding = CertainFinding | PossibleFinding

interface CertainFinding {
  readonly certain: true
  readonly audience: OpenAudience
  readonly witness: Witness
  readonly because: readonly string[]
}

interface PossibleFinding {
  readonly certain: false
  readonly audience: OpenAudience
  readonly because: readonly string[]
}

export type OpenAudience = 'anyone' | 'any-identity' | 'named'

/** What was found for one access: the ways in, and why others are shut. */
export interface Findings {
  readonly open: readonly Finding[]
  readonly shut: readonly string[]
}

export function certain(audience: OpenAudience, witness: Witness, ...because: readonly string[]): Finding {
  return { certain: true, audience, witness, because }
}

export function possible(audience: OpenAudience, ...because: readonly string[]): Finding {
  return { certain: false, audience, because }
}

export function shut(...because: readonly string[]): Findings {
  return { open: [], shut: because }
}

export function together(...all: readonly Findings[]): Findings {
  return { open: all.flatMap(({ open }) => open), shut: all.flatMap((findings) => findings.shut) }
}

const WIDTH: Readonly<Record<OpenAudience, number>> = { named: 1, 'any-identity': 2, anyone: 3 }
const AUDIENCES = ['none', 'named', 'any-identity', 'anyone'] as const
const MOST_REASONS = 24

/**
 * The verdict on one access, decided twice: with every doubt to the closed side only the certain ways in count, with every
 * doubt to the open side the possible ones as well. Where both give the same width it is certain, and elsewhere undecided.
 */
export function verdictOf({ open, shut }: Findings): Verdict {
  const widest = (findings: readonly Finding[]) => findings.reduce((most, { audience }) => Math.max(most, WIDTH[audience]), 0)
  const least = widest(open.filter((finding) => finding.certain))
  const most = widest(open)
  if (most > least) {
    const doubts = open.filter((finding) => !finding.certain && WIDTH[finding.audience] > least)
    const bounds = { certain: AUDIENCES[least]!, possible: AUDIENCES[most]! }
    return { ...undecided(...reasons(doubts.flatMap(({ because }) => because))), bounds }
  }
  const ways = open.filter((finding) => finding.certain && WIDTH[finding.audience] === least) as CertainFinding[]
  if (ways.length === 0) return nobody(...reasons(shut.length > 0 ? shut : ['nothing lets anybody outside in']))
  const [first] = ways
  return { audience: first!.audience, witness: first!.witness, because: reasons(ways.flatMap(({ because }) => because)) }
}

export function verdictsOf(findings: (access: Access) => Findings): Verdicts {
  return eachAccess((access) => verdictOf(findings(access)))
}

function reasons(because: readonly string[]): readonly string[] {
  const all = [...new Set(because)]
  return all.length <= MOST_REASONS ? all : [...all.slice(0, MOST_REASONS), `and ${all.length - MOST_REASONS} further reasons`]
}

/** The context of a witness with its keys in order. */
export function inOrder(context: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(context).sort(([left], [right]) => compareText(left, right)))
}
