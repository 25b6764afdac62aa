import { ACCESSES, type Access, type Verdict, type ZoneOfTrust } from '../../src/model/index.ts'
import { decide } from '../../src/reachability/index.ts'
import { addressesToTry, battery } from './battery.ts'
import { BUCKET, configure, ensureObject, forgetObject, isRecord, type Settings } from './configure.ts'
import { conditionsOf, mentionedKeys, standingFor } from './policy-words.ts'
import { requestOf } from './requests.ts'
import type { S3Request } from './s3-client.ts'
import { OUTSIDERS, OWNER, type Rules, type Server } from './server.ts'

/** A bucket's settings with the zone that is asked about. */
export interface Question {
  readonly name: string
  readonly settings: Settings
  readonly zone: ZoneOfTrust
}

/** What one server says of one verdict. */
export interface Comparison {
  readonly question: Question
  readonly access: Access
  readonly verdict: Verdict
  /** `more open`: the server let in whom the verdict keeps out; `beyond`: the server cannot express the question. */
  readonly outcome: 'agrees' | 'more open' | 'more closed' | 'beyond'
  readonly detail: string
}

/** Puts the settings on the server, sends what the verdicts say of requests, and compares. */
export async function compare(server: Server, asked: Question, rules: Rules): Promise<readonly Comparison[]> {
  const question = rules === 'own' && !server.ability.hasOtherTenants ? withoutOutsiders(asked) : asked
  const verdicts = decideOn(question, rules === 'aws' ? 'AWS::S3::Bucket' : server.ability.type)
  const decided = ACCESSES.filter((access) => verdicts[access].audience !== 'undecided')
  const told = (access: Access, outcome: Comparison['outcome'], detail: string): Comparison => ({
    question,
    access,
    verdict: verdicts[access],
    outcome,
    detail,
  })
  const beyond = setsAddresses(server, rules) ? null : beyondLoopback(question.settings)
  if (beyond !== null) return decided.map((access) => told(access, 'beyond', beyond))
  const bucket = new Bucket(server, question.settings, rules)
  const comparisons: Comparison[] = []
  for (const access of decided) {
    const [outcome, detail] = await bucket.try(access, verdicts[access], question.zone)
    comparisons.push(told(access, outcome, detail))
  }
  return comparisons
}

/** The server's users are its owner's own: none of them is an outsider. */
function withoutOutsiders(question: Question): Question {
  return { ...question, zone: { ...question.zone, accounts: [OWNER, ...OUTSIDERS] } }
}

/** Whether a request can say itself which address it comes from. */
function setsAddresses(server: Server, rules: Rules): boolean {
  return rules === 'own' && server.ability.headersSetKeys
}

function decideOn({ settings, zone }: Question, type: string) {
  const facets = Object.fromEntries(
    Object.entries(settings).map(([facet, value]) => [
      facet,
      value === null || value === undefined ? ({ status: 'absent' } as const) : ({ status: 'read', value } as const),
    ]),
  )
  const resource = { id: `arn:aws:s3:::${BUCKET}`, type, account: OWNER, region: 'us-east-1', name: BUCKET }
  // The servers tell the time themselves.
  return decide({ resource, facets }, { zone, asOf: `${new Date().toISOString().slice(0, 19)}Z` })
}

/** Addresses can be stood for only where ranges are compared, and where their width decides nothing. */
function beyondLoopback({ policy, publicAccessBlock }: Settings): string | null {
  const conditions = conditionsOf(policy).filter(({ key }) => key === 'aws:sourceip')
  if (conditions.some(({ operator }) => !/IpAddress|^Null$/.test(operator))) return 'compares addresses as texts'
  if (conditions.some(({ operator }) => operator === 'Null') && conditions.length > 1) return 'compares addresses as texts'
  const restricts = isRecord(publicAccessBlock) && publicAccessBlock.RestrictPublicBuckets === true
  return conditions.length > 0 && restricts ? 'the width of ranges decides' : null
}

/** A configured bucket, with one address that loopback stands for at a time. */
class Bucket {
  readonly #server: Server
  readonly #settings: Settings
  readonly #rules: Rules
  #standsFor: string | null = null
  #refused: string | null = null

  constructor(server: Server, settings: Settings, rules: Rules) {
    this.#server = server
    this.#rules = rules
    this.#settings = settings
  }

  async try(access: Access, verdict: Verdict, zone: ZoneOfTrust): Promise<[Comparison['outcome'], string]> {
    const { policy } = this.#settings
    if (verdict.witness) {
      const { witness } = verdict
      const sendable = requestOf(witness, this.#server, policy, this.#rules)
      if ('beyond' in sendable) return ['beyond', sendable.beyond]
      const refused = await this.#standFor(String(witness.context['aws:SourceIp'] ?? '8.8.4.4'))
      if (refused !== null) return ['beyond', refused]
      const answer = await this.#send(sendable.request)
      if (answer === 'unclear') return ['beyond', 'neither allows nor denies']
      if (answer === 'denied') return ['more closed', describe(sendable.request)]
      return this.#noWider(access, verdict, zone)
    }
    for (const address of addressesToTry(policy, zone.cidrs)) {
      const refused = await this.#standFor(address)
      if (refused !== null) return ['beyond', refused]
      for (const request of battery(access, policy, zone, this.#server)) {
        if ((await this.#send(request)) === 'allowed') return ['more open', `${describe(request)} from ${address}`]
      }
    }
    return ['agrees', '']
  }

  /** Where an identity is needed and addresses do not count, nobody gets in without one. */
  async #noWider(access: Access, { witness }: Verdict, zone: ZoneOfTrust): Promise<[Comparison['outcome'], string]> {
    const { policy } = this.#settings
    if (witness?.principal.kind === 'anonymous' || mentionedKeys(policy).has('aws:sourceip')) return ['agrees', '']
    for (const request of battery(access, policy, zone, this.#server)) {
      if (request.by === null && (await this.#send(request)) === 'allowed') return ['more open', describe(request)]
    }
    return ['agrees', '']
  }

  async #standFor(address: string): Promise<string | null> {
    if (this.#refused !== null || this.#standsFor === address) return this.#refused
    const { policy } = this.#settings
    const speaksOfAddresses = mentionedKeys(policy).has('aws:sourceip') && !setsAddresses(this.#server, this.#rules)
    if (this.#standsFor !== null && !speaksOfAddresses) return null
    const settings = policy && speaksOfAddresses ? { ...this.#settings, policy: standingFor(policy, address) } : this.#settings
    this.#refused = await configure(this.#server, settings)
    this.#standsFor = address
    return this.#refused
  }

  async #send(request: S3Request): Promise<'allowed' | 'denied' | 'unclear'> {
    const key = request.path.split('/').slice(2).join('/')
    if (key !== '' && request.method === 'GET' && !(await ensureObject(this.#server, key))) return 'unclear'
    const { status } = await this.#server.send(request)
    // Who wrote an object may own it, and an ACL stays with it.
    const leavesRights = request.method === 'PUT' && (request.by !== null || request.headers?.['x-amz-acl'] !== undefined)
    if (key !== '' && leavesRights) await forgetObject(this.#server, key)
    if (status < 300 && changesConfiguration(request)) {
      const standsFor = this.#standsFor!
      this.#standsFor = null
      await this.#standFor(standsFor)
    }
    return status < 300 ? 'allowed' : status === 401 || status === 403 ? 'denied' : 'unclear'
  }
}

function changesConfiguration({ query = {} }: S3Request): boolean {
  return 'policy' in query || 'acl' in query
}

function describe({ method, path, query = {}, headers = {}, by }: S3Request): string {
  const text = [...Object.entries(query), ...Object.entries(headers)].map(([name, value]) => `${name}=${value}`).join(' ')
  return `${by?.accessKey ?? 'anonymous'} ${method} ${path} ${text}`.trim()
}
