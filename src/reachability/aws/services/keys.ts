import { globPattern, literalPattern } from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import { type KeyView, onText, without } from '../policy/key-view.ts'
import {
  finite,
  isIdentity,
  ofAccount,
  PRINCIPAL,
  type RequestSetting,
  type RequestShape,
  SOME_TEXT,
  text,
} from '../policy/requests.ts'
import type { WitnessContext } from '../policy/target.ts'

/** A condition key that a service fills in itself. */
export interface ServiceKey {
  /** The actions whose requests carry it; in the others it is absent. */
  readonly on: readonly string[] | 'every'
  /** What is known of it; null where it is no other than the global key of that name. */
  readonly view: (name: string, shape: RequestShape, setting: RequestSetting) => KeyView | null
  /** Its value where the sender does not choose it, for witnesses; null: absent. `context` is what the witness carries already. */
  readonly carried?: (shape: RequestShape, setting: RequestSetting, context: WitnessContext) => string | readonly string[] | null
  /** Whether its value hangs on the way that the request takes. */
  readonly byRoute?: boolean
}

/** Keys by their spelling; one that ends in `*` stands for all that begin so. */
export type ServiceKeys = Readonly<Record<string, ServiceKey>>

const ABSENT: KeyView = { kind: 'absent' }

/** What is known of one of the keys; null for one that the service does not have. */
export function serviceKeyView(keys: ServiceKeys, key: string, shape: RequestShape, setting: RequestSetting): KeyView | null {
  const found = serviceKey(keys, key)
  if (!found) return null
  const { name, key: own } = found
  return own.on === 'every' || own.on.includes(shape.action) ? own.view(name, shape, setting) : ABSENT
}

/** The key and its one spelling. */
export function serviceKey(keys: ServiceKeys, key: string): { readonly name: string; readonly key: ServiceKey } | null {
  const wanted = key.toLowerCase()
  for (const [name, own] of Object.entries(keys)) {
    if (!name.endsWith('*')) {
      if (name.toLowerCase() === wanted) return { name, key: own }
      continue
    }
    const start = name.slice(0, -1)
    if (wanted.startsWith(start.toLowerCase())) return { name: start + wanted.slice(start.length), key: own }
  }
  return null
}

/** The keys that a witness carries because its sender does not choose them. */
export function carriedKeys(
  keys: ServiceKeys,
  shape: RequestShape,
  setting: RequestSetting,
  context: WitnessContext,
): WitnessContext {
  const carried: Record<string, string | readonly string[]> = {}
  for (const [name, { on, carried: read }] of Object.entries(keys)) {
    if (!read || (on !== 'every' && !on.includes(shape.action))) continue
    const value = read(shape, setting, context)
    if (value !== null) carried[name] = value
  }
  return carried
}

const ANY_VALUE = text('optional', SOME_TEXT)
export const MANY_VALUES = text('optional', SOME_TEXT, true)

/** A key that the sender sets. */
export function chosen(on: ServiceKey['on'], variable: Variable = ANY_VALUE): ServiceKey {
  return { on, view: (name) => ({ kind: 'variable', variable: name, declare: variable }) }
}

/** A key that every such request carries, with one of the values of the sender's choice. */
export function oneOf(on: ServiceKey['on'], ...values: readonly string[]): ServiceKey {
  return chosen(on, finite(values))
}

export function number(least: number, most: number): Variable {
  return { presence: 'optional', many: false, domain: { kind: 'number', least, most } }
}

/** A key that has this value whatever the sender does; with null, none. */
export function settled(on: ServiceKey['on'], value: string | readonly string[] | null): ServiceKey {
  const values = value === null ? [] : typeof value === 'string' ? [value] : value
  return { on, view: () => (value === null ? ABSENT : { kind: 'fixed', values }), carried: () => value }
}

/** A key that requests carry, but whose value the configuration does not tell. */
export function untold(on: ServiceKey['on'], why?: string): ServiceKey {
  return { on, view: (name) => ({ kind: 'unknown', why: why ?? `the condition key ${name}` }) }
}

/** A key that no request of an outsider carries. */
export function never(): ServiceKey {
  return { on: [], view: () => ABSENT }
}

/** The account of the identity that sends the request. */
export function callersAccount(on: ServiceKey['on']): ServiceKey {
  return {
    on,
    view: (name, { sender }) => {
      if (isIdentity(sender)) return onText(PRINCIPAL, (pattern) => [ofAccount(without(pattern, ':'))])
      return sender.kind === 'anonymous' ? ABSENT : { kind: 'unknown', why: `${name} in a request of such a principal` }
    },
    carried: ({ sender }, _, context) => {
      const account = context['aws:PrincipalAccount']
      return isIdentity(sender) && typeof account === 'string' ? account : null
    },
  }
}

/** The service that forwards a request for its sender: `s3.REGION.amazonaws.com`; absent where it comes directly. */
export function forwardingService(on: ServiceKey['on']): ServiceKey {
  const SERVICE_NAME = globPattern('?*', { without: '.' })
  return {
    on,
    byRoute: true,
    view: (name, { sender, route }, { region }) => {
      if (route !== 'service' || sender.kind === 'service') return ABSENT
      if (region === '') return { kind: 'unknown', why: `${name} without the region of the resource` }
      const language = [...SERVICE_NAME, ...literalPattern(`.${region}.amazonaws.com`)]
      return { kind: 'variable', variable: name, declare: text('always', [{ patterns: [language], negated: false }]) }
    },
  }
}
