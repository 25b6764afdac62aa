import type { Route, Sender } from './requests.ts'

/** Where a request comes from: the finite part of it beside its action. */
export interface Origin {
  readonly sender: Sender
  readonly route: Route
}

/**
 * Origins that are looked at together, so few that the bits of a number stand for sets of them: bit `at` for the origin at
 * that place.
 */
export interface Origins {
  readonly list: readonly Origin[]
  readonly all: number
}

const MOST_TOGETHER = 30
const INTERNET: readonly Route[] = ['internet-v4', 'internet-v6', 'endpoint']

/** Kinds of identity that some statement may tell apart; where none can, the first stands for all. */
export const IDENTITIES: readonly Sender[] = [{ kind: 'user' }, { kind: 'role' }, { kind: 'root' }, { kind: 'federated' }]

/** Requests without credentials, and those of identities of each kind. */
export const PEOPLE: Origins = originsOf([{ kind: 'anonymous' }, ...IDENTITIES])[0]!

/** Of these senders over all routes that they can take. */
export function originsOf(senders: readonly Sender[]): readonly Origins[] {
  const origins = senders.flatMap((sender) => routesOf(sender).map((route) => ({ sender, route })))
  const groups: Origins[] = []
  for (let at = 0; at < origins.length; at += MOST_TOGETHER) {
    const list = origins.slice(at, at + MOST_TOGETHER)
    groups.push({ list, all: 2 ** list.length - 1 })
  }
  return groups
}

function routesOf({ kind }: Sender): readonly Route[] {
  if (kind === 'service') return ['service']
  return kind === 'anonymous' || kind === 'canonical' ? INTERNET : [...INTERNET, 'service']
}

/** The origins that fulfil the condition, as bits. */
export function originsWhere({ list }: Origins, holds: (origin: Origin) => boolean): number {
  let bits = 0
  for (let at = 0; at < list.length; at++) if (holds(list[at]!)) bits |= 1 << at
  return bits
}

/** The place of the lowest bit. */
export function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
