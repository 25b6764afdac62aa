import type { Json } from '../../model/index.ts'
import { isRecord, type Known, type Members } from '../readings.ts'
import type { Dialect, StatementPlace } from './dialect.ts'

/** Stands before the name of a key whose value another rule than AWS's gives. */
const OWN = 'store:'
/** An action that no request has: a statement about it keeps its place and does nothing. */
const NO_ACTION = 'store:nothing'

/** The key as the store means it, under a name that AWS's rules do not know. */
export function ownKey(key: string): string {
  return `${OWN}${key}`
}

/** The key as it is written in the store's policies; null for one that AWS's rules are right for. */
export function writtenKey(key: string): string | null {
  return key.toLowerCase().startsWith(OWN) ? key.slice(OWN.length) : null
}

/**
 * The policy in AWS's language: what the store would not take is a problem, what it passes over does nothing and keeps its
 * place, and its own condition keys bear names of their own.
 */
export function translated(document: Json, place: StatementPlace, dialect: Dialect): Known<Json> {
  const { product } = dialect
  const root = typeof document === 'string' ? parsed(document) : document
  if (!isRecord(root)) return { problem: 'the bucket policy is not understood: it is no object' }
  if (!dialect.versions.includes(root.Version as string | undefined)) return refused(product, 'such a Version')
  const written = dialect.takesLoneStatement && isRecord(root.Statement) ? [root.Statement] : root.Statement
  if (!Array.isArray(written)) return refused(product, 'a Statement that is no list')
  const statements: Members[] = []
  for (const [at, members] of (written as readonly Json[]).entries()) {
    const statement = isRecord(members) ? dialect.statement(members, place) : refused(product, 'a statement that is no object')
    if ('problem' in statement)
      return { problem: `statement ${at + 1} of the bucket policy is not understood: ${statement.problem}` }
    statements.push(statement.known ?? { ...PASSED_OVER, ...sidOf(members as Members) })
  }
  return { known: { Version: '2012-10-17', Statement: statements } }
}

const PASSED_OVER = { Effect: 'Deny', Principal: '*', Action: NO_ACTION, Resource: '*' }

function sidOf({ Sid: sid }: Members): Members {
  return typeof sid === 'string' ? { Sid: sid } : {}
}

/** A policy that the store refuses is not what the store has: it comes from another version of it, or from elsewhere. */
export function refused(product: string, what: string): { readonly problem: string } {
  return { problem: `${product} takes no policy with ${what}` }
}

/** A text or list of texts as a list; null where it is something else. */
export function textList(json: Json | undefined): readonly string[] | null {
  const list = Array.isArray(json) ? (json as readonly Json[]) : [json]
  return list.every((entry) => typeof entry === 'string') ? list : null
}

/** Those of the known actions that the globs name with their very letters, or an action that no request has. */
export function actionsNamed(globs: readonly string[], known: readonly string[]): readonly string[] {
  const named = known.filter((action) => globs.some((glob) => globMatches(glob, action)))
  return named.length > 0 ? named : [NO_ACTION]
}

/** `*` any text, `?` one character, case counts: one pass with one place to return to. */
export function globMatches(glob: string, text: string): boolean {
  let at = 0
  let star = -1
  let retry = 0
  let place = 0
  while (place < text.length) {
    if (glob[at] === '*') {
      star = at++
      retry = place
    } else if (at < glob.length && (glob[at] === '?' || glob[at] === text[place])) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++retry
    } else return false
  }
  while (glob[at] === '*') at++
  return at === glob.length
}

/** Which values a store puts in for a variable hangs on more than its key: nothing is concluded from them. */
export function withUnclearVariables(written: string): string {
  return written.replaceAll('${', `\${${ownKey('variable/')}`)
}

/** A comparison of a Condition block as it is written. */
export interface Comparison {
  readonly quantifier: string
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

/** The comparisons of a Condition block; a problem where it has another shape. */
export function comparisonsOf(block: Json | undefined): Known<readonly Comparison[]> {
  if (block === undefined) return { known: [] }
  if (!isRecord(block)) return { problem: 'its condition is no object' }
  const comparisons: Comparison[] = []
  for (const [written, keys] of Object.entries(block)) {
    if (!isRecord(keys)) return { problem: `its condition ${written.slice(0, 60)} is no object` }
    const [, quantifier = '', operator = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(written) ?? []
    for (const [key, json] of Object.entries(keys)) {
      const values = (Array.isArray(json) ? (json as readonly Json[]) : [json]).map(scalarText)
      if (!values.every((value) => value !== null))
        return { problem: `its condition ${written.slice(0, 60)} has values that are none` }
      comparisons.push({ quantifier, operator, key, values })
    }
  }
  return { known: comparisons }
}

/** The comparisons as a Condition block of AWS's; two of one operator on one key stay apart by a quantifier's case. */
export function conditionBlock(comparisons: readonly Comparison[]): Members {
  const block: Record<string, Record<string, Json>> = {}
  for (const { quantifier, operator, key, values } of comparisons) {
    const name = quantifier === '' ? operator : `${quantifier}:${operator}`
    block[name] = { ...block[name], [key]: values }
  }
  return Object.keys(block).length === 0 ? {} : { Condition: block }
}

function scalarText(json: Json): string | null {
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? String(json) : null
}

function parsed(document: string): Json {
  try {
    return JSON.parse(document) as Json
  } catch {
    return null
  }
}
