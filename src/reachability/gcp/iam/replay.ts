import type { Witness } from '../../../model/index.ts'
import { includesAddress } from '../../engine/addresses.ts'
import { isKnown } from '../../readings.ts'
import { conditionHolds } from './condition.ts'
import type { Door, Grant, Use } from './door.ts'
import { concreteEnvironment } from './environment.ts'
import { denialOf, matches, type Sender } from './senders.ts'

/** Whether the concrete request of a witness succeeds for certain, and which deny rules it passed by. */
export function replay(
  witness: Witness,
  sender: Sender,
  door: Door,
): { readonly allowed: boolean; readonly passed: readonly string[] } {
  const use = Object.values(door.uses)
    .flat()
    .find(({ permission }) => permission === witness.action)
  if (!use || (sender.kind === 'anonymous' && use.needsIdentity !== undefined)) return { allowed: false, passed: [] }
  const denials = door.denies.map((rule) => ({ rule, match: denialOf(rule, sender, use, door) }))
  const allowed =
    denials.every(({ match }) => match === 'no') &&
    door.unreadDenies.length === 0 &&
    comesThrough(witness, sender, door) &&
    door.grants.some((grant) => grants(grant, use, witness, sender, door))
  return { allowed, passed: denials.map(({ rule }) => `${rule.label} does not stop this request`) }
}

function comesThrough({ context }: Witness, sender: Sender, { network, anonymousRefused }: Door): boolean {
  if (sender.kind === 'anonymous' && !(isKnown(anonymousRefused) && anonymousRefused.known === null)) return false
  const address = context['source.ip']
  return typeof address === 'string' && includesAddress(network.least, address)
}

function grants(grant: Grant, use: Use, { context }: Witness, sender: Sender, door: Door): boolean {
  const { publicPrevented } = door
  const publicCounts = isKnown(publicPrevented) && publicPrevented.known === null
  const isMember = grant.members.some(
    (member) =>
      matches(member, sender, door) === 'yes' &&
      (publicCounts || (member.kind !== 'all-users' && member.kind !== 'all-authenticated')),
  )
  if (!isMember || grant.holds(use.permission) !== true) return false
  if (!grant.covers(context)) return false
  return conditionHolds(grant.condition, concreteEnvironment(use, door.tags, door.asOf, context)) === true
}
