import { writeFileSync } from 'node:fs'
import type { Json, Verdict, Witness } from '../src/model/index.ts'
import { decide } from '../src/reachability/index.ts'
import { hostileBuckets } from './reachability-hostile.ts'
import { AS_OF, bucketOf, OWNER, ZONE } from './reachability-policies.ts'

// One part of the bench in a process of its own, its figures as one line of JSON: `PART NUMBER SEED [FILE]`.

const CONTEXT = { zone: ZONE, asOf: AS_OF }
const CHUNK = 500
const WARM_UP = 3_000

/** Complete decisions of different buckets, five accesses each; the time in which the buckets are made is not counted. */
function speed(decisions: number, seed: number): object {
  decideFrom(0, WARM_UP, seed + 1)
  const times: number[] = []
  const audiences: Record<string, number> = {}
  let cpuSeconds = 0
  for (let at = 0; at < decisions; at += CHUNK) {
    const buckets = Array.from({ length: CHUNK }, (_, offset) => bucketOf(at + offset, seed))
    const before = cpuNow()
    for (const bucket of buckets) {
      const startedAt = performance.now()
      const verdicts = decide(bucket, CONTEXT)
      times.push(performance.now() - startedAt)
      for (const { audience } of Object.values(verdicts)) audiences[audience] = (audiences[audience] ?? 0) + 1
    }
    cpuSeconds += cpuNow() - before
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
  return { perCpuSecond: times.length / cpuSeconds, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1), audiences }
}

function hostile(): object {
  decideFrom(0, WARM_UP, 1)
  const slow = hostileBuckets().map(([name, bucket]) => {
    const startedAt = performance.now()
    const before = cpuNow()
    const verdicts = decide(bucket, CONTEXT)
    const cpuMs = (cpuNow() - before) * 1000
    return { name, ms: performance.now() - startedAt, cpuMs, verdicts: Object.values(verdicts).map(({ audience }) => audience) }
  })
  return { slow }
}

/** CPU seconds for each quarter of many resources, and the most memory that was resident. */
function growth(resources: number, seed: number): object {
  const quarters: number[] = []
  const size = Math.floor(resources / 4)
  for (let quarter = 0; quarter < 4; quarter++) {
    const before = cpuNow()
    decideFrom(quarter * size, size, seed)
    quarters.push(cpuNow() - before)
  }
  return { quarters, peakMiB: process.resourceUsage().maxRSS / 1024 }
}

function decideFrom(first: number, count: number, seed: number): void {
  for (let at = first; at < first + count; at++) decide(bucketOf(at, seed), CONTEXT)
}

/** For another implementation: the same policies, each with one concrete request. */
function writeSimulations(count: number, seed: number, file: string): object {
  const simulations = Array.from({ length: count }, (_, at) => {
    const bucket = bucketOf(at, seed)
    const witness = Object.values(decide(bucket, CONTEXT)).find((verdict: Verdict) => verdict.witness)?.witness ?? null
    const { policy } = bucket.facets
    return {
      request: requestOf(witness, bucket.resource.id),
      identityPolicies: witness?.principal.kind === 'aws' ? [EVERYTHING] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy?.status === 'read' ? policy.value : null,
    }
  })
  writeFileSync(file, JSON.stringify(simulations))
  return {}
}

const EVERYTHING: Json = {
  name: 'own',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
}
// What that implementation works out of the principal itself.
const DERIVED =
  /^aws:(PrincipalArn|PrincipalAccount|PrincipalIsAWSService|PrincipalType|userid|username|ResourceAccount|ViaAWSService)$/

function requestOf(witness: Witness | null, bucket: string): object {
  if (!witness) {
    const context = { 'aws:SourceIp': '192.0.2.1', 'aws:SecureTransport': 'true' }
    return { principal: null, action: 's3:GetObject', resource: resourceOf(`${bucket}/x`), contextVariables: context }
  }
  const { principal, action, resource, context } = witness
  return {
    principal: principal.kind === 'aws' ? principal.arn : principal.kind === 'service' ? principal.service : null,
    action,
    resource: resourceOf(resource),
    contextVariables: Object.fromEntries(Object.entries(context).filter(([key]) => !DERIVED.test(key))),
  }
}

function resourceOf(resource: string): object {
  return { resource, accountId: OWNER }
}

/** User and system time of the whole process, its helper threads included, in seconds. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const [part = '', number = '', seed = '', file = ''] = process.argv.slice(2)
const PARTS: Readonly<Record<string, () => object>> = {
  speed: () => speed(Number(number), Number(seed)),
  hostile,
  growth: () => growth(Number(number), Number(seed)),
  simulations: () => writeSimulations(Number(number), Number(seed), file),
}
console.log(JSON.stringify(PARTS[part]!()))
