import { conditionHolds } from './condition.ts'
import { deniesPermission, type DenyRule } from './deny-policy.ts'
import type { Door, Use } from './door.ts'
import { includesIdentity, type Match, type Principal } from './principals.ts'

/** Who asks: nobody in particular, some Google account that no policy names, or one that a policy does name. */
export type Sender =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'named'; readonly who: Principal }

/** Whether a principal of a policy stands for this sender. A group that is inside is taken to hold nobody from outside. */
export function matches(principal: Principal, sender: Sender, door: Door): Match {
  if (sender.kind === 'anonymous') return principal.kind === 'all-users' ? 'yes' : 'no'
  if (sender.kind === 'stranger') return principal.kind === 'all-users' || principal.kind === 'all-authenticated' ? 'yes' : 'no'
  const match = includesIdentity(principal, sender.who)
  return match === 'unknown' && door.zone.standing(principal).kind === 'inside' ? 'no' : match
}

/** Whether a deny rule stops this sender from this use. */
export function denialOf(rule: DenyRule, sender: Sender, use: Use, door: Door): Match {
  const permission = deniesPermission(rule, use.permission)
  if (permission === 'no') return 'no'
  const denied = anyOf(rule.denied, sender, door)
  const excepted = anyOf(rule.excepted, sender, door)
  if (denied === 'no' || excepted === 'yes') return 'no'
  const holds = conditionHolds(rule.condition, {
    tags: door.tags,
    // Denial conditions know tags and nothing else (https://cloud.google.com/iam/docs/deny-overview).
    attribute: () => null,
    apiAttribute: () => ({ kind: 'unknown', what: '' }),
  })
  if (holds === false) return 'no'
  return permission === 'yes' && denied === 'yes' && excepted === 'no' && holds === true ? 'yes' : 'unknown'
}

function anyOf(principals: readonly Principal[], sender: Sender, door: Door): Match {
  let best: Match = 'no'
  for (const principal of principals) {
    const match = matches(principal, sender, door)
    if (match === 'yes') return 'yes'
    if (match === 'unknown') best = 'unknown'
  }
  return best
}

/** The sender in a sentence. */
export function senderName(sender: Sender): string {
  if (sender.kind === 'named') return sender.who.text
  return sender.kind === 'anonymous' ? 'somebody without credentials' : 'a Google account'
}
