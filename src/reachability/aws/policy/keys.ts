import { epochMs } from '../../../model/index.ts'
import {
  ANY_TEXT,
  charClass,
  globPattern,
  joined,
  literalPattern,
  type Pattern,
  repeated,
  without,
} from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import type { PolicyTarget } from './target.ts'
import { derived, type KeyView, onText } from './key-view.ts'
import {
  isIdentity,
  MULTI_FACTOR,
  ofAccount,
  ofIdentifier,
  ORGANIZATION,
  PRINCIPAL,
  type RequestSetting,
  type RequestShape,
  SOME_TEXT,
  SOURCE,
  TRANSPORT,
  text,
} from './requests.ts'

const ABSENT: KeyView = { kind: 'absent' }
const ANY_VALUE = text('optional', SOME_TEXT)
const MANY_VALUES = text('optional', SOME_TEXT, true)

/** In which requests a key is met, and at which resource. */
export interface KeyPlace {
  readonly shape: RequestShape
  readonly setting: RequestSetting
  readonly target: PolicyTarget
}

const HANGING_ON_SETTING = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:tokenissuetime',
  'aws:sourceowner',
  'aws:tagkeys',
])

/** Whether what is known of the key (in lower case) hangs on sender and route alone, at whatever resource. */
export function hangsOnOriginOnly(name: string): boolean {
  return name.startsWith('aws:') && !HANGING_ON_SETTING.has(name) && !/^aws:(resource|request)tag\//.test(name)
}

/** What is known of a key, by AWS's list of global condition keys and the service's own. */
export function keyView(key: string, { shape, setting, target }: KeyPlace): KeyView {
  const name = key.toLowerCase()
  if (!name.startsWith('aws:')) return target.key(key, shape, setting) ?? unknown(`the condition key ${key}`)
  const forwarded = target.globalKey?.(name)
  if (forwarded) return forwarded
  const { sender, route } = shape
  const identity = isIdentity(sender)
  switch (name) {
    case 'aws:sourceip':
      return route === 'internet-v4' || route === 'internet-v6' ? free('aws:SourceIp') : ABSENT
    case 'aws:vpcsourceip':
      return route === 'endpoint' ? free('aws:VpcSourceIp') : ABSENT
    case 'aws:sourcevpc':
      return route === 'endpoint' ? free('aws:SourceVpc') : ABSENT
    case 'aws:sourcevpce':
      return route === 'endpoint' ? free('aws:SourceVpce') : ABSENT
    case 'aws:securetransport':
      return IS_SECURE
    case 'aws:currenttime':
      return fixed(setting.asOf)
    case 'aws:epochtime':
      return fixed(String(Math.floor(epochMs(setting.asOf) / 1000)))
    case 'aws:requestedregion':
      return setting.region === '' ? unknown('the region of the resource') : fixed(setting.region)
    case 'aws:resourceaccount':
      return setting.account === '' ? unknown('the account of the resource') : fixed(setting.account)
    case 'aws:resourceorgid':
    case 'aws:resourceorgpaths':
      return unknown('the organisation of the resource')
    case 'aws:useragent':
    case 'aws:referer':
      return { kind: 'variable', variable: name, declare: ANY_VALUE }
    // A service that acts in its own name forwards nobody's request.
    case 'aws:viaawsservice':
      return fixed(route === 'service' && sender.kind !== 'service' ? 'true' : 'false')
    case 'aws:calledvia':
      return route === 'service' && sender.kind !== 'service'
        ? { kind: 'variable', variable: name, declare: { ...MANY_VALUES, presence: 'always' } }
        : ABSENT
    case 'aws:calledviafirst':
    case 'aws:calledvialast':
      return route === 'service' && sender.kind !== 'service'
        ? unknown('which service forwards the request first or last')
        : ABSENT
    case 'aws:principaltype':
      return principalType(sender)
    case 'aws:userid':
      return userId(sender)
    case 'aws:username':
      if (sender.kind === 'canonical') return unknown('the user behind a canonical id')
      return sender.kind === 'user' ? USER_NAME : ABSENT
    case 'aws:principalarn':
      if (sender.kind === 'canonical') return unknown('the account behind a canonical id')
      return identity ? (sender.kind === 'user' || sender.kind === 'role' ? ARN_BEFORE_ID : ARN_ALONE) : ABSENT
    case 'aws:principalaccount':
      if (sender.kind === 'canonical') return unknown('the account behind a canonical id')
      return identity ? PRINCIPALS_ACCOUNT : ABSENT
    case 'aws:principalorgid':
      return organization(sender, ORGANIZATION_ID)
    case 'aws:principalorgpaths':
      return organization(sender, ORGANIZATION_PATH)
    case 'aws:principalisawsservice':
      if (sender.kind === 'anonymous') return ABSENT
      return fixed(sender.kind === 'service' ? 'true' : 'false')
    case 'aws:principalservicename':
    case 'aws:principalservicenameslist':
      return sender.kind === 'service' ? fixed(sender.service) : ABSENT
    case 'aws:sourceowner':
      return target.key(key, shape, setting) ?? (sender.kind === 'service' ? sourceAccount(sender.source) : ABSENT)
    case 'aws:sourceaccount':
      return sender.kind === 'service' ? sourceAccount(sender.source) : ABSENT
    case 'aws:sourcearn':
      return sender.kind === 'service' ? sourceArn(sender.source) : ABSENT
    case 'aws:sourceorgid':
      return sender.kind === 'service' ? ORGANIZATION_ID : ABSENT
    case 'aws:sourceorgpaths':
      return sender.kind === 'service' ? ORGANIZATION_PATH : ABSENT
    case 'aws:multifactorauthpresent':
      if (sender.kind === 'canonical') return unknown('how the holder of a canonical id signed in')
      return identity ? derived(MULTI_FACTOR, (value) => (value === '-' ? null : value.split(' ')[0]!)) : ABSENT
    case 'aws:multifactorauthage':
      if (sender.kind === 'canonical') return unknown('how the holder of a canonical id signed in')
      return identity ? derived(MULTI_FACTOR, (value) => value.split(' ')[1] ?? null) : ABSENT
    case 'aws:tokenissuetime':
      return identity || sender.kind === 'canonical'
        ? { kind: 'variable', variable: 'aws:TokenIssueTime', declare: issueTime(setting) }
        : ABSENT
    case 'aws:federatedprovider':
    case 'aws:sourceidentity':
      return identity || sender.kind === 'canonical' ? { kind: 'variable', variable: name, declare: ANY_VALUE } : ABSENT
    case 'aws:tagkeys':
      return target.key(key, shape, setting) ?? ABSENT
    default:
      if (name.startsWith('aws:principaltag/')) {
        return identity
          ? { kind: 'variable', variable: name, declare: ANY_VALUE }
          : sender.kind === 'canonical'
            ? unknown(key)
            : ABSENT
      }
      if (/^aws:(resource|request)tag\//.test(name)) return target.key(key, shape, setting) ?? unknown(`the condition key ${key}`)
      return unknown(`the condition key ${key}`)
  }
}

function free(variable: string): KeyView {
  return { kind: 'variable', variable }
}

function fixed(...values: readonly string[]): KeyView {
  return { kind: 'fixed', values }
}

function unknown(why: string): KeyView {
  return { kind: 'unknown', why }
}

// One object each, so that it shows where a key is known in the same way.
const IS_SECURE = derived(TRANSPORT, (value) => (value === 'plain' ? 'false' : 'true'))
const USER_NAME = onText(PRINCIPAL, userNamed)
const ARN_BEFORE_ID = onText(PRINCIPAL, (pattern) => [joined(without(pattern, '|'), literalPattern('|'), ANY_TEXT)])
const ARN_ALONE = onText(PRINCIPAL, (pattern) => [pattern])
const PRINCIPALS_ACCOUNT = onText(PRINCIPAL, (pattern) => [ofAccount(without(pattern, ':'))])
const PRINCIPALS_ID = onText(PRINCIPAL, (pattern) => [ofIdentifier(pattern)])
const ORGANIZATION_ID = onText(ORGANIZATION, (pattern) => [joined(without(pattern, '/'), literalPattern('/r-'), ANY_TEXT)])
const ORGANIZATION_PATH = onText(ORGANIZATION, (pattern) => [pattern])

function userNamed(name: Pattern): readonly Pattern[] {
  const before = globPattern('arn:*:iam::????????????:user/', { without: ':' })
  const rest = joined(without(name, '/|'), literalPattern('|'), ANY_TEXT)
  return [joined(before, rest), joined(before, repeated(charClass('not', '|'), 0), literalPattern('/'), rest)]
}

function principalType({ kind }: RequestShape['sender']): KeyView {
  switch (kind) {
    case 'anonymous':
      return fixed('Anonymous')
    case 'user':
      return fixed('User')
    case 'role':
      return fixed('AssumedRole')
    case 'root':
      return fixed('Account')
    case 'federated':
      return fixed('FederatedUser')
    case 'canonical':
    case 'service':
      return unknown('the type of that principal')
  }
}

function userId(sender: RequestShape['sender']): KeyView {
  switch (sender.kind) {
    case 'anonymous':
      return fixed('anonymous')
    case 'user':
    case 'role':
      return PRINCIPALS_ID
    case 'root':
      return PRINCIPALS_ACCOUNT
    default:
      return unknown('the user id of that principal')
  }
}

function organization({ kind }: RequestShape['sender'], view: KeyView): KeyView {
  if (kind === 'canonical') return unknown('the organisation behind a canonical id')
  return kind === 'anonymous' || kind === 'service' ? ABSENT : view
}

function sourceAccount(form: 'with-account' | 'without-account'): KeyView {
  return onText(SOURCE, (pattern) => [
    form === 'with-account'
      ? joined(globPattern('arn:*:*:*:', { without: ':' }), without(pattern, ':'), literalPattern(':'), ANY_TEXT)
      : joined(without(pattern, '|'), literalPattern('|'), ANY_TEXT),
  ])
}

function sourceArn(form: 'with-account' | 'without-account'): KeyView {
  return onText(SOURCE, (pattern) => [
    form === 'with-account' ? pattern : joined(repeated(charClass('not', '|'), 0), literalPattern('|'), pattern),
  ])
}

function issueTime({ asOf }: RequestSetting): Variable {
  return { presence: 'optional', many: false, domain: { kind: 'number', least: 0, most: Math.floor(epochMs(asOf) / 1000) } }
}
