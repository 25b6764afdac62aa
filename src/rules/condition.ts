import { celEnv, isCelError, parse, plan, type CelInput } from '@bufbuild/cel'
import { bindingsOf, type Facts } from './fields.ts'

/** Longer conditions are not data handling rules any more. */
const MAX_CHARACTERS = 2_000
/** Loops inside loops over lists of the rule's own making would let a short condition run for hours. */
const MAX_LOOP_DEPTH = 2

export type Outcome = 'holds' | 'does-not-hold' | 'undecided'

/** A CEL expression that was checked when it was loaded. */
export interface Condition {
  readonly text: string
  /** The facts it reads, sorted. */
  readonly paths: readonly string[]
  /** Undecided when a fact that matters is not known; a fact that cannot change the outcome does not count. */
  decide(facts: Facts): Outcome
}

type ExprNode = ReturnType<typeof parse>['expr']

/** Compiles a condition on facts of these paths; an Error in one sentence for anything that could not work later. */
export function compileCondition(text: string, knownPaths: ReadonlySet<string>): Condition {
  if (text.length > MAX_CHARACTERS) throw new Error(`the condition is longer than ${MAX_CHARACTERS} characters`)
  const { expr } = parseWithin(text)
  const paths = new Set<string>()
  collectPaths(expr, { knownPaths, locals: new Set(), paths, loopDepth: 0 })
  const run = plan(celEnv(), expr) as (bindings: Record<string, CelInput>) => unknown
  return {
    text,
    paths: Array.from(paths).sort(),
    decide(facts) {
      const result = run(bindingsOf(facts))
      if (result === true) return 'holds'
      if (result === false) return 'does-not-hold'
      if (isCelError(result)) return 'undecided'
      throw new TypeError(`The condition "${text}" is neither true nor false.`)
    },
  }
}

/** What a condition gives for facts that are all known; an Error where it fails on them. */
export function tryCondition(condition: Condition, facts: Facts): void {
  const result = (plan(celEnv(), parseWithin(condition.text).expr) as (bindings: Record<string, CelInput>) => unknown)(
    bindingsOf(facts),
  )
  if (isCelError(result) && FAULTS.test(result.message)) throw new Error(`the condition cannot work: ${result.message}`)
  if (!isCelError(result) && typeof result !== 'boolean') throw new Error('the condition is neither true nor false')
}

/** Errors that lie in the condition itself, whatever the facts are. */
const FAULTS = /no matching overload|unbound function|parsing regexp|unresolved attribute|unknown type/

function parseWithin(text: string): ReturnType<typeof parse> {
  try {
    return parse(text)
  } catch (failure) {
    if (failure instanceof RangeError) throw new Error('the condition is nested too deeply')
    throw new Error(`the condition is not CEL (${failure instanceof Error ? failure.message.slice(0, 200) : failure})`)
  }
}

interface Walk {
  readonly knownPaths: ReadonlySet<string>
  readonly locals: ReadonlySet<string>
  readonly paths: Set<string>
  readonly loopDepth: number
}

/** Finds the facts that an expression reads, and refuses what would make an unknown fact look like a known one. */
function collectPaths(expr: ExprNode | undefined, walk: Walk): void {
  const kind = expr?.exprKind
  if (!kind?.case || kind.case === 'constExpr') return
  switch (kind.case) {
    case 'identExpr':
    case 'selectExpr':
      collectAccess(expr as ExprNode, walk)
      return
    case 'callExpr':
      if (kind.value.function.includes('?'))
        throw new Error('optional access is not allowed: what is not known must stay undecided')
      collectPaths(kind.value.target, walk)
      for (const argument of kind.value.args) collectPaths(argument, walk)
      return
    case 'listExpr':
      for (const element of kind.value.elements) collectPaths(element, walk)
      return
    case 'comprehensionExpr':
      collectLoop(kind.value, walk)
      return
    default:
      throw new Error('maps and messages are not allowed')
  }
}

function collectAccess(expr: ExprNode, walk: Walk): void {
  const names: string[] = []
  let node: ExprNode | undefined = expr
  while (node?.exprKind.case === 'selectExpr') {
    // has() is false for what is not known, and false would be taken for an answer.
    if (node.exprKind.value.testOnly) throw new Error('has() is not allowed: what is not known must stay undecided')
    names.unshift(node.exprKind.value.field)
    node = node.exprKind.value.operand
  }
  if (node?.exprKind.case !== 'identExpr') throw new Error('a field can only be read from a fact')
  names.unshift(node.exprKind.value.name)
  const path = names.join('.')
  if (walk.locals.has(path) || TYPES.has(path)) return
  if (!walk.knownPaths.has(path)) throw new Error(`"${path}" is not a fact; there are ${Array.from(walk.knownPaths).join(', ')}`)
  walk.paths.add(path)
}

/** Names of CEL types, which `type(x) == int` compares with. */
const TYPES = new Set(['int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map'])

type Loop = Extract<NonNullable<ExprNode['exprKind']>, { case: 'comprehensionExpr' }>['value']

function collectLoop(loop: Loop, walk: Walk): void {
  if (walk.loopDepth >= MAX_LOOP_DEPTH) throw new Error(`loops are nested deeper than ${MAX_LOOP_DEPTH}`)
  collectPaths(loop.iterRange, { ...walk, loopDepth: walk.loopDepth + 1 })
  collectPaths(loop.accuInit, walk)
  const locals = new Set([...walk.locals, loop.iterVar, loop.iterVar2, loop.accuVar])
  for (const part of [loop.loopCondition, loop.loopStep, loop.result]) {
    collectPaths(part, { ...walk, locals, loopDepth: walk.loopDepth + 1 })
  }
}
