import type { Budget } from '../../engine/budget.ts'
import { Kept } from '../../engine/kept.ts'
import { type Literal, negate, type Variable } from '../../engine/solve.ts'
import type { KeyView } from './key-view.ts'
import { hangsOnOriginOnly, keyView } from './keys.ts'
import type { Statement } from './document.ts'
import type { Grant } from './grants.ts'
import { lowest, type Origins, originsWhere, PEOPLE } from './origins.ts'
import { type RequestSetting, variableKinds } from './requests.ts'
import { type Mode, elementsOf, type Reading, type StatementElement, type Substitution } from './statements.ts'
import type { PolicyTarget, Seen } from './target.ts'

/**
 * What one element of a statement, or a whole grant, asks of requests with one action, for many origins at once (bits: see
 * `Origins`): those that meet it whatever else they are, those that never do, and for the others what is asked.
 */
export interface Compiled {
  readonly always: number
  readonly never: number
  /** Where it is always or never met only because something is not known. */
  readonly doubtful: number
  readonly asks: readonly Asks[]
  readonly unknown: readonly { readonly origins: number; readonly what: string }[]
  readonly declared: ReadonlyMap<string, { readonly origins: number; readonly variable: Variable }>
}

interface Asks {
  readonly origins: number
  readonly literals: readonly Literal[]
}

// Tells compiled statements apart.
let compiledCount = 0

/** A statement or grant with all its parts. */
export class CompiledStatement {
  readonly id = ++compiledCount
  readonly parts: readonly Compiled[]
  /** Origins from which some part is never met. */
  readonly never: number
  /** Those of them for which that hangs on nothing unknown. */
  readonly certainlyNever: number
  /** Origins from which every part is met whatever else the request is; and where that hangs on nothing unknown. */
  readonly always: number
  readonly certainlyAlways: number
  readonly isClear: boolean
  readonly #applies: (readonly Literal[] | undefined)[] = []
  readonly #escapes: (readonly Literal[] | undefined)[] = []

  constructor(parts: readonly Compiled[]) {
    this.parts = parts
    let never = 0
    let certainlyNever = 0
    let always = -1
    let certainlyAlways = -1
    let isClear = true
    for (const part of parts) {
      never |= part.never
      certainlyNever |= part.never & ~part.doubtful
      always &= part.always
      certainlyAlways &= part.always & ~part.doubtful
      if (part.unknown.length > 0) isClear = false
    }
    this.always = always
    this.certainlyAlways = certainlyAlways
    this.never = never
    this.certainlyNever = certainlyNever
    this.isClear = isClear
  }

  /** What a request from the origin must meet for the statement to apply to it. */
  applies(at: number): readonly Literal[] {
    this.#applies[at] ??= literalsAt(this.parts, at)
    return this.#applies[at]
  }

  /** The ways in which a request from the origin escapes the statement. */
  escapes(at: number): readonly Literal[] {
    this.#escapes[at] ??= this.applies(at).map(opposite)
    return this.#escapes[at]
  }

  /** Collects what is not known where it bears on one of the origins. */
  doubtsAt(origins: number, into: Set<string>): void {
    if (this.isClear) return
    for (const { unknown } of this.parts) {
      for (const { origins: doubtful, what } of unknown) if ((doubtful & origins) !== 0) into.add(what)
    }
  }
}

function literalsAt(parts: readonly Compiled[], at: number): readonly Literal[] {
  const literals: Literal[] = []
  for (const { asks } of parts) {
    for (const { origins, literals: asked } of asks) if ((origins >>> at) & 1) literals.push(...asked)
  }
  return literals
}

// The opposite of a literal is one object too, so that what was found out of it is found again.
const OPPOSITE = new Kept<Literal, Literal>('opposite')

function opposite(literal: Literal): Literal {
  const { variable, constraint } = literal
  return OPPOSITE.of(literal) ?? OPPOSITE.keep(literal, { variable, constraint: negate(constraint) })
}

const NOTHING_PUT_IN: Substitution = new Map()
const NO_KINDS: ReadonlyMap<string, Variable> = new Map()
const NO_VARIABLES: Compiled['declared'] = new Map()

/** A part as it reads, by what that hangs on, in both modes. */
interface ByMode {
  readonly by: string | Profile
  least: Compiled | undefined
  most: Compiled | undefined
}

/** Reads statements for the origins that are looked at together, each part of them once for all actions that it cannot tell apart. */
export class Compiler {
  readonly #setting: RequestSetting
  readonly #origins: Origins
  /** The origins that can be told apart at all. */
  readonly #present: number
  readonly #parts = new Map<StatementElement, ByMode[]>()
  readonly #statements = new Map<Statement, CompiledStatement[]>()
  readonly #declared = new Map<string, Variable>()
  readonly #unknown = new Set<string>()
  /** The reading under way: there is one at a time, and nothing keeps it. */
  readonly #current: { -readonly [part in keyof Reading]: Reading[part] }
  #senders: readonly number[] | null = null
  readonly #profiles = new Map<string, Profile>()
  readonly #variables: (ReadonlyMap<string, Variable> | undefined)[] = []

  constructor(setting: RequestSetting, target: PolicyTarget, origins: Origins, present: number) {
    this.#setting = setting
    this.#current = {
      shape: { sender: { kind: 'anonymous' }, route: 'internet-v4', action: '' },
      setting,
      mode: 'least',
      substitution: NOTHING_PUT_IN,
      variables: NO_KINDS,
      declared: this.#declared,
      unknown: this.#unknown,
      target,
    }
    this.#origins = origins
    this.#present = present
  }

  /** The statement for requests that are seen so; equal readings are one object. */
  statement(statement: Statement, seen: Seen, mode: Mode, budget: Budget): CompiledStatement {
    budget.spend(2 + 2 * statement.atoms.length)
    const parts = elementsOf(statement).map((part) => this.#part(part, seen, mode, budget))
    let known = this.#statements.get(statement)
    if (!known) {
      known = []
      this.#statements.set(statement, known)
    }
    const same = known.find((compiled) => compiled.parts.every((part, at) => part === parts[at]))
    if (same) return same
    const compiled = new CompiledStatement(parts)
    known.push(compiled)
    return compiled
  }

  /** A grant of another kind than a statement. */
  grant(grant: Grant, seen: Seen, mode: Mode): CompiledStatement {
    const part = new PartBuilder()
    for (const origins of grant.sameOverAllRoutes ? this.#bySender() : this.#eachOrigin()) {
      const conjunction = grant.when(this.#reading(lowest(origins), seen, mode))
      this.#add(part, origins, conjunction === false ? false : conjunction.length === 0 ? true : conjunction)
    }
    return new CompiledStatement([part.built()])
  }

  #part(part: StatementElement, seen: Seen, mode: Mode, budget: Budget): Compiled {
    const by = this.#hanging(part, seen)
    let known = this.#parts.get(part)
    if (!known) {
      known = []
      this.#parts.set(part, known)
    }
    let compiled: ByMode | null = null
    for (const entry of known) if (entry.by === by) compiled = entry
    if (!compiled) {
      compiled = { by, least: undefined, most: undefined }
      known.push(compiled)
    }
    const profile = typeof by === 'string' ? null : by
    const inMode = compiled[mode] ?? this.#compile(part, seen, mode, profile, budget)
    compiled[mode] = inMode
    // Where everything is known there is no doubt to take to either side.
    if (inMode.unknown.length === 0) compiled[mode === 'least' ? 'most' : 'least'] = inMode
    return inMode
  }

  /** What decides how the part reads, as something to know it by. */
  #hanging({ hangsOn }: StatementElement, { action, target }: Seen): string | Profile {
    if (hangsOn === 'sender' || hangsOn === 'nothing') return hangsOn
    if (hangsOn === 'everything') return action
    if (hangsOn !== 'resource') return this.#profile(hangsOn.key, { action, target })
    const { arn, rest } = target.names(action)
    return rest === null ? arn : `${arn} and a rest`
  }

  #compile(part: StatementElement, seen: Seen, mode: Mode, profile: Profile | null, budget: Budget): Compiled {
    const built = new PartBuilder()
    const add = (origins: number, view: KeyView | null) => {
      if (budget.spend(part.cost)) this.#add(built, origins, part.read(this.#reading(lowest(origins), seen, mode), view))
    }
    if (profile) for (const { view, origins } of profile) add(origins, view)
    else if (part.hangsOn === 'resource' || part.hangsOn === 'nothing') add(this.#present, null)
    else if (part.hangsOn === 'sender') for (const origins of this.#bySender()) add(origins, null)
    else for (const origin of this.#eachOrigin()) add(origin, null)
    return built.built()
  }

  /** Adds what was read, with what was noted meanwhile. */
  #add(built: PartBuilder, origins: number, condition: boolean | Literal | readonly Literal[]): void {
    built.add(origins, condition, this.#unknown, this.#declared)
    if (this.#unknown.size > 0) this.#unknown.clear()
    if (this.#declared.size > 0) this.#declared.clear()
  }

  #reading(at: number, { action, target }: Seen, mode: Mode): Reading {
    const { sender, route } = this.#origins.list[at]!
    const reading = this.#current
    if (reading.shape.sender !== sender || reading.shape.route !== route || reading.shape.action !== action) {
      reading.shape = { sender, route, action }
      this.#variables[at] ??= variableKinds(sender, route, this.#setting)
      reading.variables = this.#variables[at]
    }
    reading.mode = mode
    reading.target = target
    return reading
  }

  #eachOrigin(): readonly number[] {
    const origins: number[] = []
    for (let bits = this.#present; bits !== 0; bits &= bits - 1) origins.push(bits & -bits)
    return origins
  }

  #bySender(): readonly number[] {
    this.#senders ??= bySender(this.#origins, this.#present)
    return this.#senders
  }

  /** What is known of the key from each origin; the same object for actions between which that does not differ. */
  #profile(key: string, seen: Seen): Profile {
    const name = key.toLowerCase()
    const shared = hangsOnOriginOnly(name) && !seen.target.globalKey
    const perAction = shared ? name : `${name} ${seen.action}`
    const known = this.#profiles.get(perAction)
    if (known) return known
    const views =
      shared && this.#origins === PEOPLE ? profileOfPeople(name, () => this.#views(key, seen)) : this.#views(key, seen)
    const profile = restricted(views, this.#present)
    const first = `${name} `
    const before = this.#profiles.get(first)
    const same = before && sameProfile(before, profile) ? before : profile
    if (!before) this.#profiles.set(first, profile)
    this.#profiles.set(perAction, same)
    return same
  }

  #views(key: string, seen: Seen): Profile {
    const profile: { view: KeyView; origins: number }[] = []
    const { list, all } = this.#origins
    const whole = seen.target.keysBySenderOnly && !key.toLowerCase().startsWith('aws:')
    for (let left = all; left !== 0; ) {
      const { sender, route } = list[lowest(left)]!
      const origins = whole ? originsWhere(this.#origins, (origin) => origin.sender === sender) : left & -left
      left &= ~origins
      const view = keyView(key, { shape: { sender, route, action: seen.action }, setting: this.#setting, target: seen.target })
      const same = profile.find((entry) => sameView(entry.view, view))
      if (same) same.origins |= origins
      else profile.push({ view, origins })
    }
    return profile
  }
}

/** The origins that are present, those of each sender together. */
function bySender({ list }: Origins, present: number): readonly number[] {
  const groups: number[] = []
  for (let bits = present; bits !== 0; bits &= bits - 1) {
    const at = lowest(bits)
    const before = groups.findIndex((group) => list[lowest(group)]!.sender === list[at]!.sender)
    if (before < 0) groups.push(1 << at)
    else groups[before]! |= 1 << at
  }
  return groups
}

/** What is known of one key, and from which origins. */
type Profile = readonly { readonly view: KeyView; readonly origins: number }[]

// Many keys are known in the same way at all resources.
const PROFILES_OF_PEOPLE = new Map<string, Profile>()
const MOST_PROFILES = 2_000

function profileOfPeople(name: string, make: () => Profile): Profile {
  const known = PROFILES_OF_PEOPLE.get(name)
  if (known) return known
  if (PROFILES_OF_PEOPLE.size >= MOST_PROFILES) PROFILES_OF_PEOPLE.clear()
  const profile = make()
  PROFILES_OF_PEOPLE.set(name, profile)
  return profile
}

function restricted(profile: Profile, present: number): Profile {
  const left = profile.map(({ view, origins }) => ({ view, origins: origins & present }))
  return left.filter(({ origins }) => origins !== 0)
}

function sameProfile(one: Profile, other: Profile): boolean {
  if (one.length !== other.length) return false
  return one.every(({ view, origins }, at) => origins === other[at]!.origins && sameView(view, other[at]!.view))
}

function sameView(one: KeyView, other: KeyView): boolean {
  if (one === other) return true
  if (one.kind === 'absent') return other.kind === 'absent'
  if (one.kind === 'fixed') return other.kind === 'fixed' && one.values.join('\n') === other.values.join('\n')
  if (one.kind === 'unknown') return other.kind === 'unknown' && one.why === other.why
  if (other.kind !== 'variable') return false
  return one.variable === other.variable && one.declare === other.declare && one.project === other.project
}

/** Gathers what a part asks of one group of origins after the other. */
class PartBuilder {
  #always = 0
  #never = 0
  #doubtful = 0
  readonly #asks: { origins: number; readonly literals: readonly Literal[] }[] = []
  readonly #unknown: { origins: number; what: string }[] = []
  #declared: Map<string, { origins: number; variable: Variable }> | null = null

  add(
    origins: number,
    condition: boolean | Literal | readonly Literal[],
    unknown: ReadonlySet<string>,
    declared: ReadonlyMap<string, Variable>,
  ): void {
    if (condition === true) this.#always |= origins
    else if (condition === false) this.#never |= origins
    else this.#ask(origins, condition)
    if (unknown.size > 0) {
      this.#doubtful |= origins
      for (const what of unknown) this.#unknown.push({ origins, what })
    }
    if (declared.size > 0) this.#declare(origins, declared)
  }

  #ask(origins: number, condition: Literal | readonly Literal[]): void {
    const literals = 'variable' in condition ? [condition] : condition
    const last = this.#asks.at(-1)
    // What is asked of neighbours is often one object.
    if (last && literals.length === 1 && last.literals.length === 1 && last.literals[0] === literals[0]) last.origins |= origins
    else this.#asks.push({ origins, literals })
  }

  #declare(origins: number, declared: ReadonlyMap<string, Variable>): void {
    const known = this.#declared ?? new Map<string, { origins: number; variable: Variable }>()
    for (const [name, variable] of declared) {
      known.set(name, { origins: origins | (known.get(name)?.origins ?? 0), variable })
    }
    this.#declared = known
  }

  built(): Compiled {
    return {
      always: this.#always,
      never: this.#never,
      doubtful: this.#doubtful,
      asks: this.#asks,
      unknown: this.#unknown,
      declared: this.#declared ?? NO_VARIABLES,
    }
  }
}
