import type { Access, Verdict, Verdicts, Witness, WitnessPrincipal } from '../../../model/index.ts'
import { isWide } from '../../outside.ts'
import { type AddressSet, formatAddress, isEmpty } from '../../engine/addresses.ts'
import { Budget } from '../../engine/budget.ts'
import { solve, type Value } from '../../engine/solve.ts'
import { eachAccess, isKnown, nobody, undecided } from '../../readings.ts'
import { waysToMeet } from './cel/formula.ts'
import { conditionFormulas } from './condition.ts'
import type { Door, Grant, Use } from './door.ts'
import { NAME, openEnvironment, variablesOf } from './environment.ts'
import { includesIdentity, memberName, parsePrincipal, type Principal } from './principals.ts'
import { replay } from './replay.ts'
import { denialOf, matches, type Sender, senderName } from './senders.ts'

const WORK_BUDGET = 400_000
const MOST_DOUBTS = 20
const BEARERS = 'signed links and keys of service accounts open what their signer may open: prevention does not stop them'

/**
 * Who outside the zone of trust gets in. Each access is decided twice, every doubt taken to the closed side and then to the open
 * side; where both agree, the verdict is certain.
 */
export function decideDoor(door: Door): Verdicts {
  return eachAccess((access) => decideAccess(door, access))
}

function decideAccess(door: Door, access: Access): Verdict {
  const least = new Search(door, access, false).widest()
  if (least.exhausted) return undecided('the work budget for this decision ran out')
  if (least.found?.audience === 'anyone') return opened(door, least.found)
  if (least.seen.size === 0 && !hasUnread(door, access)) return certain(door, access, least)
  const most = new Search(door, access, true).widest()
  if (most.exhausted) return undecided('the work budget for this decision ran out')
  const audience = least.found?.audience ?? 'none'
  const possible = most.found?.audience ?? 'none'
  if (audience !== possible) {
    const doubts = [...new Set([...(most.found?.doubts ?? []), ...least.seen, ...most.seen])]
    return undecided(
      ...doubts.slice(0, MOST_DOUBTS),
      `certain: ${audience}; possible: ${possible}${most.found ? ` by ${most.found.grant.label}` : ''}`,
      ...door.remarks,
    )
  }
  return certain(door, access, least)
}

function certain(door: Door, access: Access, { found, said }: { found: Found | null; said: ReadonlySet<string> }): Verdict {
  return found ? opened(door, found) : nobody(...whyNobody(door, access, [...said]), ...door.remarks)
}

/** Whether something was not read that may bear on the access, wherever the search comes by. */
function hasUnread({ unreadGrants, unreadDenies, network }: Door, access: Access): boolean {
  return unreadGrants[access].length + unreadDenies.length + network.unread.length > 0
}

interface Found {
  readonly audience: 'anyone' | 'any-identity' | 'named'
  readonly sender: Sender
  readonly grant: Grant
  readonly use: Use
  readonly met: Met
  readonly sources: AddressSet
  /** What was taken to the open side on the way. */
  readonly doubts: readonly string[]
}

/** One way to meet a condition, with a request that does. */
interface Met {
  /** The name, and whatever else the condition asks about. */
  readonly values: ReadonlyMap<string, Value>
  readonly doubts: readonly string[]
}

class Search {
  readonly #door: Door
  readonly #access: Access
  readonly #hopeful: boolean
  readonly #budget = new Budget(WORK_BUDGET)
  readonly #met = new Map<Grant, Map<Use, Met | null>>()
  /** Whatever was not known on the way, whether it mattered or not. */
  readonly seen = new Set<string>()
  /** What stopped a grant. */
  readonly said = new Set<string>()

  constructor(door: Door, access: Access, hopeful: boolean) {
    this.#door = door
    this.#access = access
    this.#hopeful = hopeful
  }

  widest(): { found: Found | null; exhausted: boolean; seen: ReadonlySet<string>; said: ReadonlySet<string> } {
    const grants = this.#grants()
    let narrow: Found | null = null
    for (const sender of this.#senders(grants)) {
      for (const grant of grants) {
        for (const use of this.#door.uses[this.#access]) {
          if (!this.#budget.spend(1)) return { found: null, exhausted: true, seen: this.seen, said: this.said }
          const found = this.#through(sender, grant, use)
          if (found && found.audience !== 'named') return this.#result(found)
          narrow ??= found
        }
      }
      // Those who come later in the row are named ones.
      if (narrow && sender.kind !== 'anonymous') return this.#result(narrow)
    }
    return this.#result(narrow)
  }

  #result(found: Found | null) {
    return { found, exhausted: this.#budget.exhausted, seen: this.seen, said: this.said }
  }

  /** The grants that count; on the open side also those that were not read. */
  #grants(): readonly Grant[] {
    const { grants, unreadGrants } = this.#door
    const unread = unreadGrants[this.#access]
    if (!this.#hopeful || unread.length === 0) return grants
    // Whom deny rules let by may be whom it is for.
    const excepted = this.#door.denies.flatMap((rule) => rule.excepted)
    return [...grants, unreadGrant(unread, [parsePrincipal(strangerTo(this.#door)), ...excepted])]
  }

  /** Everyone whom the policies can tell apart, widest first. */
  #senders(grants: readonly Grant[]): readonly Sender[] {
    const senders: Sender[] = [{ kind: 'anonymous' }, { kind: 'stranger' }]
    const named = new Map<string, Principal>()
    for (const who of [...grants.flatMap(({ members }) => members), ...this.#door.denies.flatMap(({ excepted }) => excepted)]) {
      if (who.kind === 'all-users' || who.kind === 'all-authenticated' || named.has(memberName(who))) continue
      const standing = this.#door.zone.standing(who)
      if (standing.kind === 'unknown') this.seen.add(standing.why)
      if (standing.kind === 'outside' || (standing.kind === 'unknown' && this.#hopeful)) named.set(memberName(who), who)
      if (standing.kind === 'inside' && standing.why !== undefined) this.said.add(standing.why)
    }
    return [...senders, ...[...named.values()].map((who) => ({ kind: 'named', who }) as const)]
  }

  #through(sender: Sender, grant: Grant, use: Use): Found | null {
    const doubts: string[] = []
    if (sender.kind === 'anonymous' && use.needsIdentity !== undefined) return null
    const holds = grant.holds(use.permission)
    if (holds === false) return null
    if (!this.#reaches(sender, grant, doubts)) return null
    if (holds !== true && !this.#hopes(holds.problem, doubts)) return null
    const met = this.#meets(grant, use)
    if (!met) return null
    if (this.#isDenied(sender, use, doubts)) return null
    const network = this.#door.network
    const sources = this.#hopeful ? network.most : network.least
    if (this.#hopeful) doubts.push(...network.unread)
    if (isEmpty(sources)) {
      for (const sentence of network.because) this.said.add(sentence)
      return null
    }
    const wide = isWide(sources)
    const audience = sender.kind === 'named' || !wide ? 'named' : sender.kind === 'anonymous' ? 'anyone' : 'any-identity'
    return { audience, sender, grant, use, met, sources, doubts: [...new Set([...doubts, ...met.doubts])] }
  }

  /** Whether the grant is for this sender, and nothing prevents such grants. */
  #reaches(sender: Sender, { members, label }: Grant, doubts: string[]): boolean {
    const { anonymousRefused, publicPrevented } = this.#door
    const unsure: string[] = []
    for (const member of members) {
      const match = matches(member, sender, this.#door)
      if (match === 'no') continue
      if (member.kind === 'all-users' || member.kind === 'all-authenticated') {
        if (isKnown(publicPrevented) && publicPrevented.known !== null) {
          this.said.add(`${label} names ${member.text}, but ${publicPrevented.known} stops that; the grant stays stored`)
          this.said.add(BEARERS)
          continue
        }
        if (!isKnown(publicPrevented) && !this.#hopes(publicPrevented.problem, unsure)) continue
      }
      if (match === 'unknown' && !this.#hopes(`whether ${senderName(sender)} is one of ${member.text} is not known`, unsure))
        continue
      if (sender.kind === 'anonymous') {
        if (isKnown(anonymousRefused) && anonymousRefused.known !== null) {
          this.said.add(anonymousRefused.known)
          continue
        }
        if (!isKnown(anonymousRefused) && !this.#hopes(anonymousRefused.problem, unsure)) continue
      }
      if (sender.kind === 'named') this.#standingDoubt(sender.who, unsure)
      doubts.push(...unsure)
      return true
    }
    return false
  }

  #standingDoubt(who: Principal, doubts: string[]): void {
    const standing = this.#door.zone.standing(who)
    if (standing.kind === 'unknown') this.#hopes(standing.why, doubts)
  }

  #meets(grant: Grant, use: Use): Met | null {
    const ofGrant = this.#met.get(grant) ?? new Map<Use, Met | null>()
    this.#met.set(grant, ofGrant)
    const known = ofGrant.get(use)
    if (known !== undefined) return known
    const found = this.#solved(grant, use)
    ofGrant.set(use, found)
    return found
  }

  #solved({ condition, within, label }: Grant, use: Use): Met | null {
    const { tags, asOf } = this.#door
    const { whenTrue } = conditionFormulas(condition, openEnvironment(use, tags, asOf))
    const variables = variablesOf(use)
    let best: Met | null = null
    const noted = new Set<string>()
    for (const way of waysToMeet(whenTrue, { hopeful: this.#hopeful, budget: this.#budget, noted })) {
      const solution = solve({ variables, required: [...within, ...way.literals], clauses: way.clauses }, this.#budget)
      if (!solution) continue
      const values = new Map([...solution.values].filter(([variable]) => variable === NAME || solution.asked.has(variable)))
      const met = { values, doubts: way.unknown.map((what) => `not decided: ${what} in ${label}`) }
      if (met.doubts.length === 0) return met
      best ??= met
    }
    if (!best && condition.kind !== 'none' && !this.#hopeful)
      this.said.add(`the condition of ${label} is met by no request on ${use.on.type || 'it'} as of ${asOf}`)
    for (const what of noted) this.seen.add(`not decided: ${what} in ${label}`)
    return best
  }

  #isDenied(sender: Sender, use: Use, doubts: string[]): boolean {
    const { denies, unreadDenies } = this.#door
    if (unreadDenies.length > 0) {
      if (!this.#hopeful) return true
      doubts.push(...unreadDenies)
    }
    for (const rule of denies) {
      const match = denialOf(rule, sender, use, this.#door)
      if (match === 'no') continue
      if (match === 'unknown') this.seen.add(`whether ${rule.label} denies ${senderName(sender)} is not known`)
      if (match === 'yes' || !this.#hopeful) {
        this.said.add(`${rule.label} denies ${use.permission}`)
        return true
      }
      doubts.push(`whether ${rule.label} denies ${senderName(sender)} is not known`)
    }
    return false
  }

  /** On the open side, a doubt is noted and passed; on the closed side it ends there. */
  #hopes(doubt: string, doubts: string[]): boolean {
    this.seen.add(doubt)
    if (this.#hopeful) doubts.push(doubt)
    return this.#hopeful
  }
}

/** Anything, to everybody and, where that is prevented, to particular outsiders. */
function unreadGrant(why: readonly string[], outsiders: readonly Principal[]): Grant {
  return {
    label: `a grant that was not read: ${why.join('; ')}`,
    members: [parsePrincipal('allUsers'), ...outsiders],
    holds: () => ({ problem: why.join('; ') }),
    condition: { kind: 'none' },
    within: [],
    covers: () => true,
  }
}

function opened(door: Door, found: Found): Verdict {
  const witness = witnessOf(door, found)
  const { allowed, passed } = replay(witness, found.sender, door)
  if (!allowed) return undecided(`internal contradiction: the replay refuses the witness ${JSON.stringify(witness)}`)
  return {
    audience: found.audience,
    witness,
    because: [
      `${found.grant.label} gives ${found.use.permission} to ${granteeOf(door, found)}`,
      ...(found.use.needsIdentity === undefined ? [] : [found.use.needsIdentity]),
      ...passed,
      ...door.network.because,
      ...door.remarks,
    ],
  }
}

function granteeOf(door: Door, { grant, sender }: Found): string {
  return grant.members.find((member) => matches(member, sender, door) === 'yes')!.text
}

function witnessOf(door: Door, { sender, use, met: { values }, sources }: Found): Witness {
  const context: Record<string, string | readonly string[]> = { 'request.time': door.asOf }
  if (use.on.tells !== 'nothing') {
    context['resource.service'] = use.on.service
    context['resource.type'] = use.on.type
  }
  for (const [variable, value] of values) if (value !== null) context[variable] = value
  const name = values.get(NAME)
  const family = sources.v4.length > 0 ? 'v4' : 'v6'
  context['source.ip'] = formatAddress(family, sources[family][0]!.first)
  const resource = typeof name === 'string' && name !== '' ? `//${use.on.service}/${name}` : door.id
  return { principal: witnessPrincipal(sender, door), action: use.permission, resource, context }
}

function witnessPrincipal(sender: Sender, door: Door): WitnessPrincipal {
  if (sender.kind === 'anonymous') return { kind: 'anonymous' }
  return { kind: 'google', member: sender.kind === 'stranger' ? strangerTo(door) : memberName(sender.who) }
}

/** A Google account that anybody could make, that no policy names and that is not in the zone. */
function strangerTo(door: Door): string {
  const named = [
    ...door.grants.flatMap(({ members }) => members),
    ...door.denies.flatMap(({ denied, excepted }) => [...denied, ...excepted]),
  ].filter(({ kind }) => kind === 'user' || kind === 'domain')
  for (let number = 0; ; number++) {
    for (const domain of ['example.org', 'example.net', 'example.com', `outsider-${number}.example`]) {
      const member = `user:stranger${number === 0 ? '' : number}@${domain}`
      const stranger = parsePrincipal(member)
      const isNamed = named.some((principal) => includesIdentity(principal, stranger) === 'yes')
      if (!isNamed && door.zone.standing(stranger).kind === 'outside') return member
    }
  }
}

function whyNobody(door: Door, access: Access, said: readonly string[]): readonly string[] {
  const holding = door.grants.filter(({ holds }) => door.uses[access].some(({ permission }) => holds(permission) === true))
  if (door.uses[access].length === 0) return ['there is no such access to this kind of resource']
  if (said.length > 0) return said
  return [holding.length === 0 ? 'no grant gives it to anybody' : 'no grant gives it to anybody outside the zone of trust']
}
