import type { Budget } from '../../engine/budget.ts'
import { type Literal, type Solution, solve, type Variable } from '../../engine/solve.ts'
import { type Grant, statementVariableKeys } from './grants.ts'
import type { Door, Layer } from './door.ts'
import { RESOURCE, type RequestShape, variablesFor } from './requests.ts'
import { escapes, type Mode, pin, type Reading, type Substitution } from './statements.ts'
import type { Seen } from './target.ts'
import { witnessOf } from './witness.ts'

/** A shape of request through a door with one grant of each layer that has a say in it. */
export interface Way {
  readonly door: Door
  readonly shape: RequestShape
  readonly consents: readonly Consent[]
}

export interface Consent {
  readonly layer: Layer
  readonly seen: Seen
  readonly grant: Grant
}

const MOST_KEYS = 3
const STEPS_FOR_ONE_READING = 40
const STEPS_FOR_ONE_STATEMENT = 8

/** Policy variables take the values that they have in a request which would do if they stood for anything. */
export function solveWithValuesPutIn(way: Way, anyWill: boolean, also: readonly Literal[], budget: Budget): Solution | null {
  for (const substitution of substitutions(way, anyWill, also, budget)) {
    const solution = solveReading(way, anyWill, also, budget, { substitution, mode: way.door.mode, present: [] })
    if (solution) return solution
  }
  return null
}

function* substitutions(way: Way, anyWill: boolean, also: readonly Literal[], budget: Budget): Generator<Substitution> {
  const granted = way.consents.flatMap(({ grant }) => grant.variableKeys)
  const denied = way.consents.flatMap(({ layer }) => layer.denies.flatMap(statementVariableKeys))
  const keys = [...new Set([...granted, ...denied].map((key) => key.toLowerCase()))].sort()
  if (keys.length === 0 || keys.length > MOST_KEYS) return
  const loose = solveReading(way, anyWill, also, budget, { substitution: new Map(), mode: 'most', present: keys })
  const context = loose && witnessOf(loose, way.shape, way.door.setting, way.door.target).context
  const values = keys.map((key): (string | null)[] => {
    const entry = context && Object.entries(context).find(([name]) => name.toLowerCase() === key)
    const value = typeof entry?.[1] === 'string' ? [entry[1]] : (entry?.[1]?.slice(0, 1) ?? [])
    return [...value, null]
  })
  for (let choice = 0; choice < values.reduce((count, list) => count * list.length, 1); choice++) {
    let rest = choice
    yield new Map(
      keys.map((key, at) => {
        const list = values[at]!
        const value = list[rest % list.length]!
        rest = Math.floor(rest / list.length)
        return [key, value]
      }),
    )
  }
}

interface Substituted {
  readonly substitution: Substitution
  readonly mode: Mode
  /** Keys that must be there. */
  readonly present: readonly string[]
}

function solveReading(
  { door, shape, consents }: Way,
  anyWill: boolean,
  also: readonly Literal[],
  budget: Budget,
  { substitution, mode, present }: Substituted,
): Solution | null {
  if (!budget.spend(STEPS_FOR_ONE_READING)) return null
  const { setting, target } = door
  const variables = new Map(variablesFor(shape, setting, anyWill))
  const { rest } = target.names(shape.action)
  if (rest) variables.set(RESOURCE, rest)
  const declared = new Map<string, Variable>()
  // What is not understood was noted when the statements were read as they are written.
  const base: Reading = { shape, setting, mode, substitution, variables, declared, unknown: new Set(), target }
  const required: Literal[] = []
  const clauses: (readonly Literal[])[] = []
  for (const { layer, seen, grant } of consents) {
    const reading = { ...base, shape: { ...shape, action: seen.action }, target: seen.target }
    const granted = grant.when(reading)
    if (granted === false) return null
    required.push(...granted)
    for (const deny of layer.denies) {
      if (!budget.spend(STEPS_FOR_ONE_STATEMENT * (1 + deny.atoms.length))) return null
      const ways = escapes(deny, reading)
      if (ways?.length === 0) return null
      if (ways) clauses.push(ways)
    }
  }
  const pinned = [...substitution].map(([name, value]) => pin(name, value, base))
  if (pinned.includes(null)) return null
  required.push(...(pinned as Literal[]))
  for (const name of present) {
    const literal = pin(name, 'present', base)
    if (literal) required.push(literal)
  }
  if (variables.has('aws:SourceIp')) required.push(...also)
  for (const [name, variable] of declared) variables.set(name, variable)
  return solve({ variables, required, clauses }, budget) ?? null
}
