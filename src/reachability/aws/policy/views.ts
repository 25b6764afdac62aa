import type { Budget } from '../../engine/budget.ts'
import type { CompiledStatement, Compiler } from './compiled.ts'
import type { Statement } from './document.ts'
import type { Door, Layer } from './door.ts'
import { type Grant, grantOfStatement, statementVariableKeys } from './grants.ts'
import { lowest, type Origins } from './origins.ts'
import { presentIn, type Session } from './session.ts'
import { type Mode, namesAction } from './statements.ts'
import type { Seen } from './target.ts'

/** A layer with how it sees requests. */
export interface PlannedLayer {
  readonly layer: Layer
  readonly views: readonly View[]
}

/** How a layer sees the requests from some of the origins. */
export interface View {
  readonly origins: number
  readonly seen: Seen
  readonly grants: readonly { readonly grant: Grant; readonly compiled: CompiledStatement }[]
  readonly denies: readonly CompiledStatement[]
  readonly deniesWithVariables: boolean
  /** Origins that some grant may let in and no Deny stops in any case; and the same where what is not known may be otherwise. */
  readonly open: number
  readonly perhapsOpen: number
}

/** The origins whose requests get as far as the policies. */
export function arriving({ setting, tells, target, refuses }: Door, action: string, origins: Origins): number {
  let alive = presentIn(origins, tells, setting.zone)
  const { list } = origins
  for (let at = 0; at < list.length; ) {
    const { sender } = list[at]!
    const stopped = (sender.kind === 'anonymous' && !target.takesUnsigned(action)) || refuses(sender, action)
    for (; at < list.length && list[at]!.sender === sender; at++) if (stopped) alive &= ~(1 << at)
  }
  return alive
}

/** What a plan is made for. */
export interface Planning {
  readonly door: Door
  readonly action: string
  readonly origins: Origins
  readonly alive: number
  readonly session: Session
}

/** How the layer sees the requests from the origins that arrive, those together that it sees alike. */
export function viewsOf(layer: Layer, { door, action, origins, alive, session }: Planning, budget: Budget): readonly View[] {
  const groups: { seen: Seen; origins: number }[] = []
  for (let bits = alive; bits !== 0; bits &= bits - 1) {
    const { sender, route } = origins.list[lowest(bits)]!
    const seen = layer.sees({ sender, route, action })
    if (seen && layer.seesAllAlike)
      return [viewOf(layer, { seen, origins: alive }, door.mode, session.compiler(door, seen, origins), budget)]
    if (!seen) continue
    const same = groups.find((group) => sameSeen(group.seen, seen))
    if (same) same.origins |= bits & -bits
    else groups.push({ seen, origins: bits & -bits })
  }
  return groups.map((group) => viewOf(layer, group, door.mode, session.compiler(door, group.seen, origins), budget))
}

function sameSeen(one: Seen, other: Seen): boolean {
  if (one.action !== other.action) return false
  return one.target === other.target || (one.target.arn === other.target.arn && one.target.variant === other.target.variant)
}

function viewOf(
  layer: Layer,
  { seen, origins }: Pick<View, 'seen' | 'origins'>,
  mode: Mode,
  compiler: Compiler,
  budget: Budget,
): View {
  const grants: { grant: Grant; compiled: CompiledStatement }[] = []
  const denies: CompiledStatement[] = []
  let open = 0
  let perhapsOpen = 0
  for (const grant of layer.grants) {
    if (!budget.spend(1)) break
    if (!grant.bearsOn(seen.action)) continue
    const compiled = isStatement(grant)
      ? compiler.statement(grant.statement, seen, mode, budget)
      : compiler.grant(grant, seen, mode)
    grants.push({ grant, compiled })
    open |= ~compiled.never
    perhapsOpen |= ~compiled.certainlyNever
  }
  if (grants.length === 0) return { origins, seen, grants, denies, deniesWithVariables: false, open: 0, perhapsOpen: 0 }
  let deniesWithVariables = false
  for (const deny of layer.denies) {
    if (!budget.spend(1)) break
    if (!namesAction(deny, seen.action)) continue
    const compiled = compiler.statement(deny, seen, mode, budget)
    denies.push(compiled)
    deniesWithVariables ||= statementVariableKeys(deny).length > 0
    open &= ~compiled.always
    perhapsOpen &= ~compiled.certainlyAlways
  }
  return { origins, seen, grants, denies, deniesWithVariables, open: open & origins, perhapsOpen: perhapsOpen & origins }
}

/** Whether the grant is nothing but its statement: others narrow one down. */
function isStatement(grant: Grant): grant is Grant & { readonly statement: Statement } {
  return grant.statement !== undefined && grantOfStatement(grant.statement) === grant
}
