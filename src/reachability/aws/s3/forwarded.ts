import type { Witness } from '../../../model/index.ts'
import type { KeyView } from '../policy/key-view.ts'
import type { RequestShape } from '../policy/requests.ts'
import type { PolicyTarget } from '../policy/target.ts'
import type { Part } from './door-parts.ts'

const FORWARDER = 's3-object-lambda.amazonaws.com'

const BY_FORWARDER: Readonly<Record<string, KeyView>> = {
  'aws:calledvia': fixed(FORWARDER),
  'aws:calledviafirst': fixed(FORWARDER),
  'aws:calledvialast': fixed(FORWARDER),
  'aws:viaawsservice': fixed('true'),
}

const OF_NETWORK = /^aws:(sourceip|vpcsourceip|sourcevpc|sourcevpce|useragent|referer)$/

/** A request as it comes further on, to something in this account. */
export interface Forwarding {
  readonly account: string
  /** What the action that was sent becomes. */
  readonly action: (sent: string) => string
  readonly target: PolicyTarget
  /** The same for the second reading. */
  readonly witness: (sent: Witness) => Witness
}

/** The target as a request meets it that S3 Object Lambda forwards in its sender's name; over which network, the documents do not say. */
export function forwardedTarget(target: PolicyTarget, account: string): PolicyTarget {
  return {
    ...target,
    variant: `${target.variant ?? ''} forwarded`,
    globalKey: (name) => {
      if (OF_NETWORK.test(name)) return { kind: 'unknown', why: `${name} in a request that S3 Object Lambda forwards` }
      return name === 'aws:resourceaccount' ? fixed(account) : (BY_FORWARDER[name] ?? null)
    },
  }
}

/** What the witness of such a request carries beside or instead. */
export function forwardedContext({ context }: Witness, account: string): Witness['context'] {
  const { 's3-object-lambda:TlsVersion': tls, ...rest } = context
  return {
    ...rest,
    'aws:CalledVia': [FORWARDER],
    'aws:CalledViaFirst': FORWARDER,
    'aws:CalledViaLast': FORWARDER,
    'aws:ViaAWSService': 'true',
    'aws:ResourceAccount': account,
    ...(tls === undefined ? {} : { 's3:TlsVersion': tls }),
  }
}

/** A part of another door, met by the forwarded request. */
export function forwardedPart(part: Part, { account, action, target, witness }: Forwarding): Part {
  const asForwarded = (shape: RequestShape): RequestShape => ({ ...shape, action: action(shape.action) })
  return {
    ...part,
    layers: part.layers.map((layer) => ({
      ...layer,
      sees: (shape) => {
        const further = asForwarded(shape)
        const seen = layer.sees ? layer.sees(further) : { action: further.action, target }
        return seen && { ...seen, target: forwardedTarget(seen.target, account) }
      },
    })),
    refuses: (sender, sent) => part.refuses(sender, action(sent)),
    replayed: part.replayed.map((layer) => ({ ...layer, sees: (sent) => layer.sees(witness(sent)) })),
    refusesWitness: (sent) => part.refusesWitness(witness(sent)),
  }
}

function fixed(value: string): KeyView {
  return { kind: 'fixed', values: [value] }
}
