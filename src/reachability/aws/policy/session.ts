import type { ZoneOfTrust } from '../../../model/index.ts'
import type { AddressSet } from '../../engine/addresses.ts'
import { Kept } from '../../engine/kept.ts'
import { Memo, type Solution, type Variables } from '../../engine/solve.ts'
import { Compiler } from './compiled.ts'
import type { Door } from './door.ts'
import type { Grant } from './grants.ts'
import { IDENTITIES, type Origins, originsWhere } from './origins.ts'
import { isIdentity, type RequestSetting, variablesFor } from './requests.ts'
import type { Seen } from './target.ts'
import { isWide, outsideAddresses } from '../../outside.ts'

/** What one decision finds out, kept for all its accesses. */
export class Session {
  readonly memo = new Memo()
  readonly outcomes = new Map<string, Outcome>()
  readonly #compilers = new Map<Origins, Map<string, Compiler>>()
  readonly #variables = new Map<Origins, (Variables | undefined)[]>()

  /** The variables that every request from the origin has. */
  variables(origins: Origins, at: number, anyWill: boolean, setting: RequestSetting): Variables {
    let known = this.#variables.get(origins)
    if (!known) {
      known = []
      this.#variables.set(origins, known)
    }
    const index = 2 * at + (anyWill ? 1 : 0)
    known[index] ??= variablesFor({ ...origins.list[at]!, action: '' }, setting, anyWill)
    return known[index]
  }

  compiler({ setting, tells }: Door, { target }: Seen, origins: Origins): Compiler {
    const ofOrigins = this.#compilers.get(origins) ?? new Map<string, Compiler>()
    this.#compilers.set(origins, ofOrigins)
    const present = presentIn(origins, tells, setting.zone)
    const key = `${present} ${target.arn} ${target.variant ?? ''}`
    const compiler = ofOrigins.get(key) ?? new Compiler(setting, target, origins, present)
    ofOrigins.set(key, compiler)
    return compiler
  }
}

const SESSION = new Kept<RequestSetting, Session>('session')

/** The session of all decisions in this very setting. */
export function sessionOf(setting: RequestSetting): Session {
  return SESSION.of(setting) ?? SESSION.keep(setting, new Session())
}

/** The origins that some statement can tell apart; one kind of identity and one route stand for all where none can. */
export function presentIn(origins: Origins, tells: Door['tells'], zone: ZoneOfTrust): number {
  const oneRoute = !tells.routes && isWide({ v4: outsideAddresses(zone).v4, v6: [] })
  if (tells.identities && !oneRoute) return origins.all
  return originsWhere(
    origins,
    ({ sender, route }) =>
      (tells.identities || !isIdentity(sender) || sender === IDENTITIES[0]) &&
      (!oneRoute || sender.kind === 'service' || route === 'internet-v4'),
  )
}

/** What was found out for origins of plans that ask the same. */
export interface Outcome {
  readonly first: Way | null
  readonly wide: Way | null
  readonly sources: AddressSet
}

/** One way in: from which origin, by which grants, with which values. */
export interface Way {
  readonly at: number
  readonly grants: readonly Grant[]
  readonly solution: Solution
}
