import type { Access } from '../../../model/index.ts'
import type { AddressSet } from '../../engine/addresses.ts'
import { isKnown, isRecord, type Known } from '../../readings.ts'
import { certain, type Finding, type Findings, possible } from '../findings.ts'
import { type Network, waysThrough } from '../network/network.ts'
import type { Truth } from '../roles/conditions.ts'
import { flattened, member, type Settings } from '../settings.ts'
import type { Account } from './account.ts'
import { delegationPossible, identityMay } from './identities.ts'
import { storeWitness } from './requests.ts'
import type { Service } from './services.ts'
import { type StoredPolicy, storedPoliciesOf } from './stored-policies.ts'
import type { KnownTokens } from './known-tokens.ts'
import { describeToken, isCurrent, type SharedAccessToken } from './tokens.ts'

/**
 * Who may come with a shared access signature. Known ones are bearers with a name. Others may exist wherever a key may sign:
 * Azure keeps no list of them, so whether anybody holds one is not known, and the answer is an unknown bearer, not "none".
 * Only `sharedAccessSignatures`, a list (or null) that the owner states to be complete, rules that out.
 */
export function signatureFindings(
  account: Account,
  store: Settings,
  service: Service,
  name: string,
  access: Access,
  network: Network,
): Findings {
  const read = account.tokens
  const policies = storedPoliciesOf(store.reading('storedAccessPolicies', 'signedIdentifiers'))
  const open = read.tokens.flatMap((token) => tokenFinding(token, account, policies, service, name, access, network))
  return {
    open: [...open, ...(read.complete ? [] : unknownBearer(account, policies, service, name, access, network))],
    shut: open.length > 0 ? [] : [whyNone(account, read, access, network)],
  }
}

function tokenFinding(
  token: SharedAccessToken | null,
  account: Account,
  policies: Known<ReadonlyMap<string, StoredPolicy>>,
  service: Service,
  name: string,
  access: Access,
  network: Network,
): readonly Finding[] {
  if (!token) {
    return waysThrough(network).length > 0 ? [possible('named', 'a known shared access signature is not understood')] : []
  }
  const { truth, limits, doubts } = tokenGives(token, account, policies, service, name, access)
  const way = waysThrough(network, limits ?? undefined)[0]
  if (truth === false || !way) return []
  const label = describeToken(token)
  if (truth === null || !way.certain) {
    return [possible('named', `${label} is known`, ...doubts, ...(way.certain ? [] : way.because))]
  }
  const bearer = { kind: 'bearer', of: label } as const
  return [certain('named', storeWitness(account, service, name, access, bearer, way), `whoever holds ${label} has ${access}`)]
}

interface Given {
  readonly truth: Truth
  readonly limits: AddressSet | null
  readonly doubts: readonly string[]
}

/** Whether a signature gives an access to a store. That its key is still the account's is taken for granted: nothing tells. */
function tokenGives(
  token: SharedAccessToken,
  account: Account,
  policies: Known<ReadonlyMap<string, StoredPolicy>>,
  service: Service,
  name: string,
  access: Access,
): Given {
  const doubts: string[] = token.unclear.map((what) => `${what} is not understood`)
  const answers: Truth[] = [token.unclear.length > 0 ? null : true]
  const ask = (truth: Truth, doubt: string) => {
    answers.push(truth)
    if (truth === null) doubts.push(doubt)
  }
  ask(coversStore(token, account, service, name, access), 'which store it is for was not read')
  ask(keyIsGood(token, account, service, name, access), 'whether its key is allowed was not read')
  const policy = boundPolicy(token, policies)
  if (policy === null) ask(null, 'the stored access policy it is bound to was not read, or says the same as the signature')
  else if (policy === 'revoked') ask(false, '')
  else {
    const permissions = policy?.permissions ?? token.permissions ?? ''
    ask(
      isCurrent(policy?.startMs ?? token.startMs, policy?.expiryMs ?? token.expiryMs, account.asOf),
      'until when it holds is not understood',
    )
    const letters = service.letters[access]
    ask(letters !== null && [...letters].some((letter) => permissions.includes(letter)), '')
    if ((policy?.expiryMs ?? token.expiryMs) === null) ask(false, '')
  }
  if (blocksLongPeriods(account)) ask(null, 'the account blocks signatures that hold longer than its policy says')
  const truth = answers.includes(false) ? false : answers.includes(null) ? null : true
  return { truth, limits: token.addresses, doubts }
}

function coversStore(token: SharedAccessToken, account: Account, service: Service, name: string, access: Access): Truth {
  const host = token.url?.host.replace(/^([^.]+)-(?:secondary|microsoftrouting|internetrouting)\./, '$1.')
  if (host !== undefined && !host.startsWith(`${account.name.toLowerCase()}.`)) return isCustomHost(host) ? null : false
  if (access === 'admin' && (isKnown(account.hierarchical) ? !account.hierarchical.known : false)) return false
  if (token.kind === 'account') {
    return (
      token.services.includes(service.letter) &&
      [...service.covered[access]].some((letter) => token.resourceTypes.includes(letter))
    )
  }
  // The name of the store is in the address, not in the token.
  const path = token.url?.path[0]
  if (path !== undefined && path.replace(/\(.*\)$/, '') !== name) return false
  const endpoint = service.name === 'blob' ? '(blob|dfs)' : service.name
  if (host !== undefined && !new RegExp(`\\.${endpoint}\\.`).test(host)) return isCustomHost(host) ? null : false
  const ofKind = kindOfResource(token, service, name)
  if (ofKind !== true) return ofKind
  // A signature for one object names no other, and a list is the container's.
  return access !== 'list' || !['b', 'bs', 'bv', 'f'].includes(token.signedResource)
}

function kindOfResource({ signedResource, table }: SharedAccessToken, service: Service, name: string): Truth {
  switch (service.name) {
    case 'blob':
      return ['c', 'b', 'bs', 'bv', 'd'].includes(signedResource)
    case 'file':
      return ['s', 'f'].includes(signedResource)
    case 'table':
      return table !== null && table.toLowerCase() === name.toLowerCase()
    case 'queue':
      return signedResource === '' && table === null
  }
}

function isCustomHost(host: string): boolean {
  return !/\.core\.(windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)$/.test(host)
}

function keyIsGood(token: SharedAccessToken, account: Account, service: Service, name: string, access: Access): Truth {
  if (token.kind !== 'user-delegation') return isKnown(account.sharedKeys) ? account.sharedKeys.known : null
  const current = isCurrent(null, token.keyExpiryMs, account.asOf)
  if (current !== true) return current
  return identityMay(account, token.delegator ?? '', service, name, access)
}

/** The stored policy of a signature; undefined where it has none, null where it is not known. */
function boundPolicy(
  { storedPolicy, permissions, expiryMs, startMs, kind }: SharedAccessToken,
  policies: Known<ReadonlyMap<string, StoredPolicy>>,
): StoredPolicy | undefined | null | 'revoked' {
  if (storedPolicy === null) return undefined
  if (kind !== 'service') return 'revoked'
  if (!isKnown(policies)) return null
  const policy = policies.known.get(storedPolicy)
  if (!policy) return 'revoked'
  const saidTwice =
    (policy.permissions !== null && permissions !== null) ||
    (policy.expiryMs !== null && expiryMs !== null) ||
    (policy.startMs !== null && startMs !== null)
  return saidTwice ? null : policy
}

function blocksLongPeriods({ settings }: Account): boolean {
  const policy = settings.seldom('sasPolicy')
  return policy?.status === 'read' && isRecord(policy.value) && member(flattened(policy.value)!, 'expirationAction') === 'Block'
}

function unknownBearer(
  account: Account,
  policies: Known<ReadonlyMap<string, StoredPolicy>>,
  service: Service,
  name: string,
  access: Access,
  network: Network,
): readonly Finding[] {
  const way = waysThrough(network)[0]
  const isHierarchical = isKnown(account.hierarchical) ? account.hierarchical.known : true
  if (!way || service.letters[access] === null || (access === 'admin' && !isHierarchical)) return []
  const byKey = isKnown(account.sharedKeys) ? account.sharedKeys.known : null
  const byDelegation = delegationPossible(account.assignments, service, name, access)
  if (byKey === false && byDelegation === false) return []
  const bound = isKnown(policies) ? [...policies.known.keys()].sort() : []
  return [
    possible(
      'named',
      byKey === false
        ? 'unknown bearer: a user delegation shared access signature may have been handed out, and Azure keeps no list of them'
        : 'unknown bearer: a shared access signature may have been made with an account key, and Azure keeps no list of them',
      ...(byKey === null ? ['whether shared keys are allowed was not read'] : []),
      ...(bound.length > 0 ? [`stored access policies that signatures may be bound to: ${bound.slice(0, 5).join(', ')}`] : []),
      ...(way.certain ? [] : way.because),
    ),
  ]
}

function whyNone(account: Account, { complete }: KnownTokens, access: Access, network: Network): string {
  if (waysThrough(network).length === 0) return 'a shared access signature passes the network rules no more than anybody else'
  if (complete) return `no shared access signature of those stated gives ${access}`
  if (access === 'admin') return 'a shared access signature does not change who may do what'
  return isKnown(account.sharedKeys) && !account.sharedKeys.known
    ? 'shared keys are not allowed, and nobody may make a user delegation signature'
    : `no shared access signature gives ${access}`
}
