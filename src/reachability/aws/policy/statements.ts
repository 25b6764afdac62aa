import { Kept } from '../../engine/kept.ts'
import {
  ANY_TEXT,
  globPattern,
  isAnyText,
  joined,
  literalPattern,
  matches,
  type Pattern,
  remainders,
} from '../../engine/patterns.ts'
import { type Constraint, EVERY, type Literal, negate, NOTHING, type Variable } from '../../engine/solve.ts'
import { arnPattern, type Asked, askedBy, fitted, metBy } from './conditions.ts'
import type { KeyView } from './key-view.ts'
import { keyView } from './keys.ts'
import type { Atom, Statement } from './document.ts'
import { principalCondition } from './principal-condition.ts'
import { type Mode, onValues, type Part, type Reading, type Substitution } from './reading.ts'
import { RESOURCE, senderName } from './requests.ts'
import type { NamedResource } from './target.ts'
import { type Expand, piecesOf } from './variables.ts'

export { isOriginAccess, isWholeAccount } from './principal-condition.ts'
export type { Mode, Reading, Substitution }

/** A conjunction of literals; `false` where it cannot hold at all. */
export type Conjunction = readonly Literal[] | false

/** When the statement applies to requests of the reading's shape. */
export function appliesWhen(statement: Statement, reading: Reading): Conjunction {
  return understand(statement, reading).applies
}

/** The ways in which a statement that would apply fails to: one of these literals; null where it never applies. */
export function escapes(statement: Statement, reading: Reading): readonly Literal[] | null {
  return understand(statement, reading).escapes
}

interface Understood {
  readonly applies: Conjunction
  readonly escapes: readonly Literal[] | null
  readonly declared: ReadonlyMap<string, Variable>
  readonly unknown: ReadonlySet<string>
}

const UNDERSTOOD = new Kept<Statement, Map<string, Understood>>('understood')
const ELEMENTS = new Kept<Statement, readonly StatementElement[]>('elements')
const NAMED = new Kept<Statement, Map<string, boolean>>('named actions')
const ASKED = new Kept<Atom, Asked>('asked')

/** A statement is asked about in one shape again and again; its literals are then the same objects. */
function understand(statement: Statement, reading: Reading): Understood {
  const { shape, mode, substitution, target } = reading
  const known = UNDERSTOOD.of(statement) ?? UNDERSTOOD.keep(statement, new Map())
  const key = `${senderName(shape.sender)} ${shape.route} ${shape.action} ${mode} ${target.arn} ${target.variant ?? ''} ${substitution.size === 0 ? '' : JSON.stringify([...substitution])}`
  let understood = known.get(key)
  if (!understood) {
    const declared = new Map<string, Variable>()
    const unknown = new Set<string>()
    const applies = conjunction(statement, { ...reading, declared, unknown })
    const ways =
      applies === false ? null : applies.map(({ variable, constraint }) => ({ variable, constraint: negate(constraint) }))
    understood = { applies, escapes: ways, declared, unknown }
    known.set(key, understood)
  }
  for (const [name, variable] of understood.declared) if (!reading.declared.has(name)) reading.declared.set(name, variable)
  for (const what of understood.unknown) reading.unknown.add(what)
  return understood
}

function conjunction(statement: Statement, reading: Reading): Conjunction {
  if (!namesAction(statement, reading.shape.action)) return false
  const literals: Literal[] = []
  for (const element of elementsOf(statement)) {
    const condition = element.read(reading, null)
    if (condition === false) return false
    if (condition !== true) literals.push(condition)
  }
  return literals
}

/** One part of a statement, and when requests of the reading's shape meet it: always, never, or under a condition. */
export interface PartOfStatement {
  readonly part: 'action' | 'principal' | 'resource' | 'condition'
  /** Of a condition. */
  readonly atom?: Atom
  readonly result: Literal | boolean
}

/** Each part of the statement by itself; nothing but the action where the statement is not about it. */
export function partsOf(statement: Statement, reading: Reading): readonly PartOfStatement[] {
  const action = { part: 'action', result: namesAction(statement, reading.shape.action) } as const
  if (!action.result) return [action]
  return [
    action,
    ...elementsOf(statement).map(({ part, atom, read }) => ({ part, ...(atom ? { atom } : {}), result: read(reading, null) })),
  ]
}

/** One element of a statement beside its actions. */
export interface StatementElement {
  readonly part: 'principal' | 'resource' | 'condition'
  /** Of a condition. */
  readonly atom?: Atom
  /** What of a request decides how the element reads. */
  readonly hangsOn: 'nothing' | 'sender' | 'resource' | { readonly key: string } | 'everything'
  /** What one reading of it costs, in units of a budget. */
  readonly cost: number
  /** Whether requests of the reading's shape meet it; `view` is what is known of its key, where the caller knows it already. */
  readonly read: (reading: Reading, view: KeyView | null) => Literal | boolean
}

/** The elements of a statement beside its actions: all of them must be met. */
export function elementsOf(statement: Statement): readonly StatementElement[] {
  const known = ELEMENTS.of(statement)
  if (known) return known
  const { effect, principal, resources, atoms, variables } = statement
  const grows = ({ mode }: Reading) => (effect === 'Allow') === (mode === 'most')
  const filledIn = (texts: readonly string[]) => variables && texts.some((text) => text.includes('${'))
  const elements: StatementElement[] = [
    {
      part: 'principal',
      cost: costOf(principal.aws),
      hangsOn: principal.everyone ? 'nothing' : 'sender',
      read: (reading) => principalCondition(principal, reading, grows(reading), effect),
    },
    {
      part: 'resource',
      cost: costOf(resources.globs),
      hangsOn: filledIn(resources.globs) ? 'everything' : 'resource',
      read: (reading) => resourceCondition(statement, reading, grows(reading)),
    },
    ...atoms.map(
      (atom): StatementElement => ({
        part: 'condition',
        atom,
        cost: costOf(atom.values),
        hangsOn: filledIn(atom.values) ? 'everything' : { key: atom.key },
        read: (reading, view) => atomCondition(atom, statement, reading, grows(reading), view ?? keyView(atom.key, reading)),
      }),
    ),
  ]
  return ELEMENTS.keep(statement, elements)
}

const STEPS_FOR_ONE_READING = 4
const CHARACTERS_FOR_ONE_STEP = 8

function costOf(values: readonly string[]): number {
  let characters = 0
  for (const value of values) characters += CHARACTERS_FOR_ONE_STEP + value.length
  return STEPS_FOR_ONE_READING + Math.floor(characters / CHARACTERS_FOR_ONE_STEP)
}

/** Whether the statement is about the action. Actions are compared without case. */
export function namesAction(statement: Statement, action: string): boolean {
  const named = NAMED.of(statement) ?? NAMED.keep(statement, new Map())
  const known = named.get(action)
  if (known !== undefined) return known
  const { globs, negated } = statement.actions
  const lower = action.toLowerCase()
  let isNamed = negated
  for (const glob of globs) {
    if (!isActionLike(glob.toLowerCase(), lower)) continue
    isNamed = !negated
    break
  }
  named.set(action, isNamed)
  return isNamed
}

function isActionLike(glob: string, action: string): boolean {
  if (!glob.includes('*') && !glob.includes('?')) return glob === action
  return matches(globPattern(glob), action)
}

function resourceCondition(statement: Statement, reading: Reading, grow: boolean): Part {
  const { negated, globs } = statement.resources
  const simple = simpleResources(globs, reading.target.names(reading.shape.action))
  if (simple) return simple === 'all' ? !negated : simple.length === 0 ? negated : resourceLiteral(simple, negated)
  const patterns = resourcePatterns(statement, reading, grow !== negated)
  const { arn, rest } = reading.target.names(reading.shape.action)
  if (!rest) return patterns.some((pattern) => matches(pattern, arn)) !== negated
  const rests = patterns.flatMap((pattern) => remainders(pattern, arn))
  if (rests.some(isAnyText)) return !negated
  if (rests.length === 0) return negated
  return resourceLiteral(rests, negated)
}

function resourceLiteral(patterns: readonly Pattern[], negated: boolean): Literal {
  return { variable: RESOURCE, constraint: onValues({ kind: 'patterns', patterns, negated }) }
}

/** What the globs mean of the resource, as `simpleResource` has it for each of them. */
function simpleResources(globs: readonly string[], named: NamedResource): readonly Pattern[] | 'all' | null {
  const rests: Pattern[] = []
  for (const glob of globs) {
    const simple = simpleResource(glob, named)
    if (simple === null) return null
    if (simple === true) return globs.every((each) => simpleResource(each, named) !== null) ? 'all' : null
    if (simple !== false) rests.push(simple)
  }
  return rests
}

/**
 * Whether the glob means the resource where it is an ARN with a wildcard at its end at most: always, never, or for the rests
 * of its ARN that match a pattern. Null for other globs.
 */
function simpleResource(glob: string, { arn, rest }: NamedResource): boolean | Pattern | null {
  if (glob === '*') return true
  const isOpen = glob.endsWith('*')
  const written = isOpen ? glob.slice(0, -1) : glob
  if (!/^[^:*?$]*:[^:*?$]*:[^:*?$]*:[^:*?$]*:[^:*?$]*:[^*?$]*$/.test(written)) return null
  if (!rest) return isOpen ? arn.startsWith(written) : arn === written
  if (written.length < arn.length) return isOpen && arn.startsWith(written)
  if (!written.startsWith(arn)) return false
  const left = literalPattern(written.slice(arn.length))
  if (!isOpen) return left
  return left.length === 0 ? true : [...left, ...ANY_TEXT]
}

/** The ARNs that the statement's resources match, taken widely or narrowly where they are not understood. */
function resourcePatterns({ resources, variables }: Statement, reading: Reading, wide: boolean): readonly Pattern[] {
  const expand = expansion(reading, wide)
  const patterns: Pattern[] = []
  for (const glob of resources.globs) {
    for (const pieces of piecesOf(glob, variables, expand)) {
      // A colon or wildcard inside a value that is put in is that character; only the written text has parts.
      const pattern = pieces.every(({ kind }) => kind === 'written')
        ? arnPattern(pieces.map((piece) => piece.text).join(''))
        : joined(
            ...pieces.map(({ kind, text }) =>
              kind === 'anything' ? ANY_TEXT : kind === 'value' ? literalPattern(text) : globPattern(text),
            ),
          )
      if (pattern) patterns.push(pattern)
      else {
        reading.unknown.add(`the resource ${glob}`)
        if (wide) patterns.push(ANY_TEXT)
      }
    }
  }
  return patterns
}

function atomCondition(atom: Atom, statement: Statement, reading: Reading, grow: boolean, view: KeyView): Part {
  const negated = atom.operator.includes('not')
  const asked = askedOnce(atom, statement.variables, expansion(reading, grow !== negated))
  if (view.kind === 'unknown') return notKnown(view.why, reading, grow)
  if ('unknown' in asked) return notKnown(asked.unknown, reading, grow)
  if (view.kind !== 'variable') return metBy(asked.constraint, view)
  const variable = variableOf(view, reading)
  const constraint = view.project ? view.project(asked.constraint) : fitted(asked.constraint, variable)
  if (!constraint) return notKnown(`${atom.operator} on ${atom.key}`, reading, grow)
  if (constraint.values.kind === 'every' && constraint.whenAbsent) return true
  return { variable: view.variable, constraint }
}

/** What a condition without policy variables asks does not hang on the request. */
function askedOnce(atom: Atom, variables: boolean, expand: Expand): Asked {
  if (variables && atom.values.some((value) => value.includes('${'))) return askedBy(atom, variables, expand)
  return ASKED.of(atom) ?? ASKED.keep(atom, askedBy(atom, variables, expand))
}

function variableOf({ variable, declare }: Extract<KeyView, { kind: 'variable' }>, reading: Reading): Variable {
  const known = reading.variables.get(variable) ?? reading.declared.get(variable) ?? declare
  if (!known) throw new Error(`requests of this shape have no ${variable}`)
  if (!reading.variables.has(variable)) reading.declared.set(variable, known)
  return known
}

function notKnown(why: string, reading: Reading, grow: boolean): boolean {
  reading.unknown.add(why)
  return grow
}

/** What policy variables stand for where the set of values is to be as large (`grow`) or as small as it can be. */
function expansion(reading: Reading, grow: boolean): Expand {
  const { substitution, unknown } = reading
  return (key) => {
    const put = substitution.get(key.toLowerCase())
    if (put !== undefined) return put === null ? 'absent' : { value: put }
    const view = keyView(key, reading)
    if (view.kind === 'absent') return 'absent'
    if (view.kind === 'fixed') return { value: view.values[0]! }
    unknown.add(`the policy variable \${${key}}`)
    return grow ? 'anything' : 'nothing'
  }
}

/** The literal that pins a key to one value, or to being absent; null where the key cannot be pinned. */
export function pin(key: string, value: string | null | 'present', reading: Reading): Literal | null {
  const view = keyView(key, reading)
  if (view.kind !== 'variable') return null
  const variable = variableOf(view, reading)
  const asked: Constraint =
    value === null
      ? { whenAbsent: true, values: NOTHING, quantifier: 'some' }
      : onValues(value === 'present' ? EVERY : { kind: 'patterns', patterns: [literalPattern(value)], negated: false })
  const constraint = view.project ? view.project(asked) : fitted(asked, variable)
  return constraint && { variable: view.variable, constraint }
}
