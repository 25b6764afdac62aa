import type { Access, Audience, Json, Witness } from '../../model/index.ts'
import { conditionsHold, type RequestKeys } from './conditions-evaluator.ts'
import { type EvaluatedResource, evaluate, keysOf, principalsMatch } from './evaluator.ts'
import { listOf, memberOf, type StatementText, statementsOf, textsOf, versionOf } from './policy-text.ts'
import { type Candidate, candidates, type Context, furtherKeys, NOW, OBJECT_KEYS, type Source, sources } from './small-domains.ts'

/** The actions of each access. */
export const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  list: ['s3:ListBucket', 's3:ListBucketVersions'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  admin: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutBucketPublicAccessBlock'],
}
const ON_BUCKETS = /^s3:(List|.*Bucket)/

/**
 * The audience of an access to a random bucket by trying every request over small domains: one value for each way in which
 * the vocabulary of the random policies can tell values apart. It knows nothing of the search it is compared with.
 * `unclear` where only the holder of a canonical id gets in, and it depends on whose id that is; `too many` where more
 * requests of one sender would have to be tried than is worth the time.
 */
export function bruteForceAudience(access: Access, whole: EvaluatedResource): Audience | 'unclear' | 'too many' {
  try {
    return audienceOf(access, whole)
  } catch (error) {
    if (error instanceof TooMany) return 'too many'
    throw error
  }
}

class TooMany extends Error {}
const MOST_REQUESTS = 100_000

function audienceOf(access: Access, whole: EvaluatedResource): Audience | 'unclear' {
  const open = { anonymous: new Map<string, Source>(), identity: new Map<string, Source>() }
  const holders = new Map<string, boolean>()
  let any = false
  for (const action of ACTIONS[access]) {
    const resource = bearingOn(action, whole)
    if (!resource) continue
    for (const { sender, source } of encounters(resource)) {
      const known = open[sender.kind === 'anonymous' ? 'anonymous' : 'identity']
      const place = JSON.stringify(source.context)
      if (any && (sender.named || known.has(place))) continue
      const succeeds = someSucceeds(action, sender, source, sender.kind === 'service' ? spokenToServices(resource) : resource)
      if (sender.kind === 'canonical') {
        const holder = holderOf(sender)
        holders.set(holder, succeeds || (holders.get(holder) ?? false))
      } else if (succeeds) {
        any = true
        if (!sender.named) known.set(place, source)
      }
    }
  }
  if (isWide([...open.anonymous.values()])) return 'anyone'
  if (isWide([...open.identity.values()])) return 'any-identity'
  if (any) return 'named'
  const each = [...holders.values()]
  return !each.includes(true) ? 'none' : !each.includes(false) ? 'named' : 'unclear'
}

/** A canonical id is an account's; nobody knows whose. */
function holderOf({ principal }: Candidate): string {
  return principal.kind === 'aws' ? `${principal.account} ${principal.organizationPath}` : ''
}

function isWide(found: readonly Source[]): boolean {
  const weight = (family: Source['family']) =>
    found.filter((source) => source.family === family).reduce((total, source) => total + source.weight, 0)
  return weight('v4') > 2 ** 24 || weight('v6') > 2 ** 96 || found.some((source) => source.open)
}

/** The part of the configuration that speaks of the action; null where none of it allows anything. */
function bearingOn(action: string, resource: EvaluatedResource): EvaluatedResource | null {
  const about = (policy: Json): Json => ({
    Version: versionOf(policy),
    Statement: statementsOf(policy).filter((statement) => isAbout(statement, action)) as readonly Json[],
  })
  const policy = resource.policy === null ? null : about(resource.policy)
  const mayAllow = statementsOf(policy).some(({ Effect }) => Effect === 'Allow') || hasAclGrants(resource)
  if (!mayAllow) return null
  const controls = listOf(resource.resourceControlPolicies ?? null).map(about)
  const ofWhole = BEARING.get(resource) ?? new Map<string, EvaluatedResource>()
  BEARING.set(resource, ofWhole)
  const which = JSON.stringify([policy, controls])
  // What S3 calls public is a matter of the whole policy.
  const bearing = ofWhole.get(which) ?? { ...resource, policy, wholePolicy: resource.policy, resourceControlPolicies: controls }
  ofWhole.set(which, bearing)
  return bearing
}

// Actions that the same statements are about make no difference to who is who.
const BEARING = new WeakMap<EvaluatedResource, Map<string, EvaluatedResource>>()

/**
 * Whoever lets everyone in has not yet let services in that act for strangers: those come where a grant names one, or has a
 * condition that only they can meet.
 */
function spokenToServices(resource: EvaluatedResource): EvaluatedResource {
  const known = SPOKEN.get(resource)
  if (known) return known
  const statements = statementsOf(resource.policy).filter(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Deny' || JSON.stringify(Principal ?? null).includes('"Service"') || onlyServicesMeet(Condition),
  )
  const policy = { Version: versionOf(resource.policy), Statement: statements as readonly Json[] }
  const spoken = { ...resource, policy }
  SPOKEN.set(resource, spoken)
  return spoken
}

/** Whether only a service that acts in its own name can meet the condition. */
export function onlyServicesMeet(condition: Json | undefined): boolean {
  const others: readonly RequestKeys[] = [new Map(), new Map([['aws:principalisawsservice', ['false']]])]
  return Object.entries((condition ?? {}) as Readonly<Record<string, Readonly<Record<string, Json>>>>).some(([operator, keys]) =>
    Object.entries(keys).some(
      ([key, values]) =>
        SERVICE_KEY.test(key) && others.every((absent) => !conditionsHold({ [operator]: { [key]: values } }, absent, true)),
    ),
  )
}

const SPOKEN = new WeakMap<EvaluatedResource, EvaluatedResource>()
const SERVICE_KEY = /^aws:(Source(Arn|Account|Owner|OrgID|OrgPaths)|PrincipalIsAWSService|PrincipalServiceName)/i

/** Whether the statement is about the action. */
export function isAbout({ Action, NotAction }: StatementText, action: string): boolean {
  const named = textsOf(Action ?? NotAction).some((glob) =>
    new RegExp(`^${glob.toLowerCase().replaceAll('*', '.*')}$`).test(action.toLowerCase()),
  )
  return named === (Action !== undefined)
}

function hasAclGrants({ acl, objectAcls }: EvaluatedResource): boolean {
  return [acl, ...listOf(objectAcls ?? null)].some((one) => listOf(memberOf(one, 'Grants') ?? null).length > 0)
}

interface Encounter {
  readonly sender: Candidate
  readonly source: Source
}

/** Every sender from every source, without those that the policies cannot tell from one already there. */
function encounters(resource: EvaluatedResource): readonly Encounter[] {
  const known = ENCOUNTERS.get(resource)
  if (known) return known
  const differences = differencesIn(resource)
  const senders = distinct(CANDIDATES, ({ context, principal, named, kind }) => {
    const network = kind === 'anonymous' || kind === 'canonical' || kind === 'service' ? kind : 'identity'
    const listed = differences.principals.map((entry) => naming(entry, principal, context)).join('')
    const holder = kind === 'canonical' ? holderOf({ principal } as Candidate) : ''
    return `${named} ${network} ${holder} ${listed} ${differences.between(context)}`
  })
  const all = senders.flatMap((sender) => merged(sources(sender.kind), differences).map((source) => ({ sender, source })))
  ENCOUNTERS.set(resource, all)
  return all
}

const ENCOUNTERS = new WeakMap<EvaluatedResource, readonly Encounter[]>()

const CANDIDATES = candidates()

function distinct<T>(all: readonly T[], signature: (one: T) => string): readonly T[] {
  const seen = new Map<string, T>()
  for (const one of all) {
    const key = signature(one)
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
}

/** Sources that no condition tells apart, as one with their weight together. */
function merged(all: readonly Source[], differences: Differences): readonly Source[] {
  const groups = new Map<string, Source>()
  for (const source of all) {
    const key = `${source.family} ${source.open} ${differences.between(source.context)}`
    const group = groups.get(key)
    groups.set(key, group ? { ...group, weight: group.weight + source.weight } : source)
  }
  return [...groups.values()]
}

/** What the policies can tell apart: the principals that they list, and how contexts come out in their conditions. */
interface Differences {
  readonly principals: readonly string[]
  /** Two contexts of the same keys with the same answer are the same to all policies. */
  readonly between: (context: Context) => string
  /** The values that policy variables take from a context. */
  readonly putIn: (context: Context) => string
}

const DIFFERENCES = new WeakMap<EvaluatedResource, Differences>()

function differencesIn(resource: EvaluatedResource): Differences {
  const known = DIFFERENCES.get(resource) ?? findDifferences(resource)
  DIFFERENCES.set(resource, known)
  return known
}

function findDifferences(resource: EvaluatedResource): Differences {
  const policies = [resource.policy, ...listOf(resource.resourceControlPolicies ?? null)]
  const comparisons = policies.flatMap((policy) =>
    statementsOf(policy).flatMap(({ Condition }) =>
      Object.entries((Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, Json>>>>).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => comparison(operator, key, values, versionOf(policy) === '2012-10-17')),
      ),
    ),
  )
  const text = JSON.stringify(policies).toLowerCase()
  const variables = [...text.matchAll(/\$\{\s*([^},\s]+)/g)].map((match) => match[1]!)
  const principals = policies.flatMap((policy) =>
    statementsOf(policy).flatMap(({ Principal, NotPrincipal }) => {
      const element = Principal ?? NotPrincipal ?? null
      return typeof element === 'string' ? [] : Object.values((element ?? {}) as Record<string, Json>).flatMap(textsOf)
    }),
  )
  const putIn = (context: Context) => variables.map((key) => `${key}=${keysOf({ context }).get(key)?.join()}`).join()
  return {
    principals: [...new Set(principals)],
    putIn,
    between: (context) => {
      const present = keysOf({ context })
      return comparisons.map((comesOut) => comesOut(present)).join('') + putIn(context)
    },
  }
}

/** How one comparison comes out, as a text; where it has variables, the value that it compares. */
function comparison(operator: string, key: string, values: Json, variables: boolean): (present: RequestKeys) => string {
  const name = key.toLowerCase()
  if (variables && JSON.stringify(values).includes('${')) return (present) => `${present.get(name)?.join()} `
  const comesOut = (present: RequestKeys) => (conditionsHold({ [operator]: { [key]: values } }, present, variables) ? '1' : '0')
  const absent = comesOut(new Map())
  return (present) => (present.has(name) ? comesOut(present) : absent)
}

/** Whether the entry of a Principal element names the sender itself, its account, or neither. */
function naming(entry: string, principal: Candidate['principal'], context: Context): 'itself' | 'account' | '-' {
  if (principal.kind === 'service') return entry === principal.service ? 'itself' : '-'
  if (principal.kind !== 'aws') return '-'
  if (entry === principal.arn || entry === context['aws:PrincipalArn']) return 'itself'
  return entry === principal.account || entry === `arn:aws:iam::${principal.account}:root` ? 'account' : '-'
}

function someSucceeds(action: string, sender: Candidate, source: Source, whole: EvaluatedResource): boolean {
  const common = { 'aws:CurrentTime': NOW, 'aws:EpochTime': String(Date.parse(NOW) / 1000), 'aws:ResourceAccount': whole.account }
  const known: Context = { ...sender.context, ...source.context, ...common }
  const further = furtherKeys(action, sender.kind, source.family)
  const open = openKeys(further)
  const resource = stillApplying(whole, { principal: sender.principal, action, resource: whole.arn, context: known }, open)
  if (!statementsOf(resource.policy).some(({ Effect }) => Effect === 'Allow') && !hasAclGrants(resource)) return false
  // What is left does not look at who sends it and from where, but for values that variables put in.
  const tried = TRIED.get(resource) ?? new Map<string, boolean>()
  TRIED.set(resource, tried)
  const what = `${action} ${sender.kind} ${source.family === 'service'} ${differencesIn(resource).putIn(known)}`
  const succeeds = tried.get(what) ?? trySucceeding(action, sender, known, further, resource)
  tried.set(what, succeeds)
  return succeeds
}

const OPEN = new WeakMap<readonly (readonly Context[])[], ReadonlySet<string>>()

function openKeys(further: readonly (readonly Context[])[]): ReadonlySet<string> {
  const known = OPEN.get(further)
  if (known) return known
  const keys = new Set(further.flat().flatMap((choice) => Object.keys(choice).map((key) => key.toLowerCase())))
  OPEN.set(further, keys)
  return keys
}

const TRIED = new WeakMap<EvaluatedResource, Map<string, boolean>>()

function trySucceeding(
  action: string,
  sender: Candidate,
  known: Context,
  further: readonly (readonly Context[])[],
  resource: EvaluatedResource,
): boolean {
  const differences = differencesIn(resource)
  let contexts: readonly Context[] = [known]
  for (const choices of further) {
    const different = distinct(choices, differences.between)
    if (contexts.length * different.length > MOST_REQUESTS / OBJECT_KEYS.length) throw new TooMany()
    contexts = contexts.flatMap((context) => different.map((choice) => ({ ...context, ...choice })))
  }
  const keys = ON_BUCKETS.test(action) && !/Object/.test(action) ? [null] : OBJECT_KEYS
  for (const context of contexts) {
    for (const key of keys) {
      const name = key === null ? resource.arn : `${resource.arn}/${key}`
      if (evaluate({ principal: sender.principal, action, resource: name, context }, resource).allowed) return true
    }
  }
  return false
}

/** Without the statements that such a request does not meet whatever is chosen for the open keys. */
function stillApplying(whole: EvaluatedResource, request: Witness, open: ReadonlySet<string>): EvaluatedResource {
  const present = keysOf(request)
  const applying = (policy: Json): Json => {
    const variables = versionOf(policy) === '2012-10-17'
    const statements = statementsOf(policy).filter(
      (statement) =>
        principalsMatch(statement, request) &&
        Object.entries((statement.Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, Json>>>>).every(
          ([operator, comparisons]) =>
            Object.entries(comparisons).every(
              ([key, values]) =>
                open.has(key.toLowerCase()) ||
                JSON.stringify(values).includes('${') ||
                conditionsHold({ [operator]: { [key]: values } }, present, variables),
            ),
        ),
    )
    return { Version: versionOf(policy), Statement: statements as readonly Json[] }
  }
  const policy = whole.policy === null ? null : applying(whole.policy)
  const controls = listOf(whole.resourceControlPolicies ?? null).map(applying)
  const ofWhole = APPLYING.get(whole) ?? new Map<string, EvaluatedResource>()
  APPLYING.set(whole, ofWhole)
  const which = JSON.stringify([policy, controls])
  const known = ofWhole.get(which) ?? { ...whole, policy, resourceControlPolicies: controls }
  ofWhole.set(which, known)
  return known
}

const APPLYING = new WeakMap<EvaluatedResource, Map<string, EvaluatedResource>>()
