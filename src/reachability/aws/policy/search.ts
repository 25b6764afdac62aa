import type { Audience, Witness } from '../../../model/index.ts'
import { type AddressSet, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import type { Budget } from '../../engine/budget.ts'
import { witnessOf } from './witness.ts'
import type { Door } from './door.ts'
import type { Grant } from './grants.ts'
import { type Origins, originsOf, originsWhere, PEOPLE } from './origins.ts'
import { type Hit, planOf, type Plan } from './plan.ts'
import type { Sender } from './requests.ts'
import { isWide } from '../../outside.ts'

export { distinctionsOf, type Door, type Layer } from './door.ts'

export interface Found<D extends Door = Door> {
  readonly audience: Exclude<Audience, 'undecided'>
  readonly witness: Witness | null
  /** The door that the witness comes through. */
  readonly door: D | null
  /** The grant of each layer that lets the request in, the resource's own first. */
  readonly grants: readonly Grant[]
  /** What was met on the way and not understood. */
  readonly unknown: ReadonlySet<string>
  /** The budget ran out: something wider may exist. */
  readonly exhausted: boolean
}

/** The widest audience for one of the actions through any of the doors. Wider ones are looked for first. */
export function widestAudience<D extends Door>(actions: readonly string[], doors: readonly D[], budget: Budget): Found<D> {
  const search = new Search(actions, doors, budget)
  const anonymous = search.wide(ANONYMOUS)
  if (anonymous.wide) return search.found('anyone', anonymous.hit)
  // Whoever is named is somebody: where no identity at all gets in, none that nobody names does.
  const identity = search.hasVariables || search.first(PEOPLE, IDENTIFIED) ? search.wide(IDENTIFIED) : NOBODY
  if (identity.wide) return search.found('any-identity', identity.hit)
  const narrow = anonymous.hit ?? identity.hit ?? search.any()
  return narrow ? search.found('named', narrow) : search.found('none', null)
}

interface Wide<D extends Door> {
  readonly wide: boolean
  readonly hit: Hit<D> | null
}

const NOBODY = { wide: false, hit: null } as const
const ANONYMOUS = originsWhere(PEOPLE, ({ sender }) => sender.kind === 'anonymous')
const ANONYMOUS_BY_ENDPOINT = originsWhere(PEOPLE, ({ sender, route }) => sender.kind === 'anonymous' && route === 'endpoint')
const IDENTIFIED = PEOPLE.all & ~ANONYMOUS

class Search<D extends Door> {
  readonly #actions: readonly string[]
  readonly #doors: readonly D[]
  readonly #budget: Budget
  readonly #unknown = new Set<string>()
  readonly #people: readonly Plan<D>[]

  constructor(actions: readonly string[], doors: readonly D[], budget: Budget) {
    this.#actions = actions
    this.#doors = doors
    this.#budget = budget
    this.#people = this.#plans(PEOPLE)
  }

  get hasVariables(): boolean {
    return this.#people.some(({ hasVariables }) => hasVariables)
  }

  found(audience: Found['audience'], hit: Hit<D> | null): Found<D> {
    return {
      audience,
      witness: hit && witnessOf(hit.solution, hit.shape, hit.door.setting, hit.door.target),
      door: hit?.door ?? null,
      grants: hit ? hit.grants : [],
      unknown: this.#unknown,
      exhausted: this.#budget.exhausted,
    }
  }

  /** Whether such people that nobody names get in from wide sources, and some request of theirs that does. */
  wide(among: number): Wide<D> {
    let covered: AddressSet = NO_ADDRESSES
    let first: Hit<D> | null = null
    for (const plan of this.#people) {
      if (plan.forNamedAlone) continue
      const reached = plan.reached(among, this.#budget, this.#unknown)
      first ??= reached.first
      if (reached.wide) return { wide: true, hit: reached.hit }
      covered = union(covered, reached.sources)
      if (isWide(covered)) return { wide: true, hit: first }
    }
    return { wide: false, hit: first }
  }

  /** Some request from such origins, those of the named included. */
  first(origins: Origins, among: number): Hit<D> | null {
    for (const plan of origins === PEOPLE ? this.#people : this.#plans(origins)) {
      const hit = plan.first(among, this.#budget, this.#unknown)
      if (hit) return hit
    }
    return null
  }

  /** Any request of any outsider, those that are named included. */
  any(): Hit<D> | null {
    // Over the internet those without credentials are nobody in particular: they were looked for before.
    const people = this.first(PEOPLE, ANONYMOUS_BY_ENDPOINT) ?? this.first(PEOPLE, IDENTIFIED)
    if (people) return people
    const grants = this.#doors.flatMap(({ layers }) => layers.flatMap((layer) => layer.grants))
    const canonical = new Set(grants.flatMap(({ canonicalIds }) => canonicalIds))
    const services = new Set(grants.flatMap((grant) => grant.services))
    if (canonical.size === 0 && services.size === 0) return null
    const senders: readonly Sender[] = [
      ...[...canonical].map((id) => ({ kind: 'canonical', id }) as const),
      ...[...services].flatMap((service) => [
        { kind: 'service', service, source: 'with-account' } as const,
        { kind: 'service', service, source: 'without-account' } as const,
      ]),
    ]
    for (const origins of originsOf(senders)) {
      const hit = this.first(origins, origins.all)
      if (hit || this.#budget.exhausted) return hit
    }
    return null
  }

  #plans(origins: Origins): readonly Plan<D>[] {
    const plans: Plan<D>[] = []
    for (const door of this.#doors) {
      for (const action of this.#actions) {
        const plan = planOf(door, action, origins, this.#budget)
        if (plan) plans.push(plan)
      }
    }
    return plans
  }
}
