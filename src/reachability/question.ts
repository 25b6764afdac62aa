import {
  type Access,
  type Facet,
  type Instant,
  instant,
  type Json,
  type Reading,
  type ResourceConfiguration,
  type Verdict,
  type Verdicts,
  type ZoneOfTrust,
} from '../model/index.ts'
import type { Certificate } from './certificate/certificate.ts'
import { certify } from './certificate/certify.ts'
import { decide } from './decide.ts'
import { parseCidr } from './engine/addresses.ts'
import { eachAccess } from './readings.ts'

/** One line of `ajar reach`. */
export interface ReachQuestion {
  readonly id: string
  readonly asOf: Instant
  readonly configuration: ResourceConfiguration
  readonly zone: ZoneOfTrust
  readonly related: readonly ResourceConfiguration[]
}

export interface ReachAnswer {
  readonly id: string
  readonly verdicts: Verdicts
}

export interface CertifiedAnswer {
  readonly id: string
  readonly verdicts: Readonly<Record<Access, Verdict & { readonly certificate: Certificate | null }>>
}

/** A question that is not understood; the message says which part of it. */
export class ReachQuestionError extends Error {
  override readonly name = 'ReachQuestionError'
  readonly part: string

  constructor(part: string, problem: string) {
    super(`${part}: ${problem}`)
    this.part = part
  }
}

export function answerReachQuestion({ id, configuration, zone, asOf, related }: ReachQuestion): ReachAnswer {
  return { id, verdicts: decide(configuration, { zone, asOf, related }) }
}

/** The same, each verdict with the certificate that nobody wider gets in; null where there is a witness for the widest audience, or no proof by policies alone. */
export function certifyReachQuestion({ id, configuration, zone, asOf, related }: ReachQuestion): CertifiedAnswer {
  const certified = certify(configuration, { zone, asOf, related })
  return { id, verdicts: eachAccess((access) => ({ ...certified[access].verdict, certificate: certified[access].certificate })) }
}

const MOST_DEPTH = 64

/**
 * Reads one question: `{"id","asOf","resource":{"type","arn","account","region", …settings},"zone"}`; `id` stands for
 * `arn` where the provider's resources have other names. A setting that is null was read
 * and is not set; one that is not there was not read. `related` lists further resources in the same shape.
 */
export function parseReachQuestion(line: unknown): ReachQuestion {
  const question = recordAt(line, 'question')
  const resource = recordAt(question.resource, 'resource')
  const related = question.related === undefined ? [] : listAt(question.related, 'related')
  return {
    id: textAt(question.id ?? '', 'id'),
    asOf: momentAt(question.asOf, 'asOf'),
    configuration: configurationAt(resource, 'resource'),
    zone: zoneAt(question.zone),
    related: related.map((entry, index) => configurationAt(recordAt(entry, `related[${index}]`), `related[${index}]`)),
  }
}

type Members = Readonly<Record<string, unknown>>

const NOT_FACETS = new Set(['type', 'arn', 'id', 'account', 'region', 'name'])

function configurationAt(resource: Members, part: string): ResourceConfiguration {
  const type = textAt(resource.type, `${part}.type`)
  const id = textAt(resource.id ?? resource.arn, `${part}.${resource.id === undefined ? 'arn' : 'id'}`)
  const account = textAt(resource.account ?? (type.startsWith('AWS::') ? undefined : ''), `${part}.account`)
  if (type.startsWith('AWS::')) checkAwsNames(type, id, account, part)
  const region = textAt(resource.region ?? '', `${part}.region`)
  const name = textAt(resource.name ?? id.split(/[:/]/).at(-1)!, `${part}.name`)
  const facets: Record<Facet, Reading<Json>> = {}
  for (const [facet, value] of Object.entries(resource)) {
    if (!NOT_FACETS.has(facet) && value !== undefined) facets[facet] = readingAt(value, `${part}.${facet}`)
  }
  return { resource: { id, type, account, region, name }, facets }
}

function checkAwsNames(type: string, arn: string, account: string, part: string): void {
  if (!/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:./.test(arn)) throw new ReachQuestionError(`${part}.arn`, 'is no ARN')
  if (type === 'AWS::S3::Bucket' && !/^arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]{1,255}$/.test(arn)) {
    throw new ReachQuestionError(`${part}.arn`, 'is not the ARN of a bucket')
  }
  if (!/^\d{12}$/.test(account)) throw new ReachQuestionError(`${part}.account`, 'is not an account of twelve digits')
}

function readingAt(value: unknown, part: string): Reading<Json> {
  return value === null ? { status: 'absent' } : { status: 'read', value: jsonAt(value, part, 0) }
}

function jsonAt(value: unknown, part: string, depth: number): Json {
  if (depth > MOST_DEPTH) throw new ReachQuestionError(part, `is nested deeper than ${MOST_DEPTH} levels`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  if (Array.isArray(value)) {
    for (const entry of value) jsonAt(entry, part, depth + 1)
  } else if (typeof value === 'object') {
    for (const entry of Object.values(value)) jsonAt(entry, part, depth + 1)
  } else throw new ReachQuestionError(part, 'is not JSON')
  return value as Json
}

const ZONE_LISTS = ['organizations', 'accounts', 'cidrs', 'vpcs', 'vpcEndpoints', 'principals', 'domains', 'tenants'] as const

// One zone serves many questions in a row, and what is worked out of it is kept with it.
let lastZone: { readonly text: string; readonly zone: ZoneOfTrust } | null = null

function zoneAt(value: unknown): ZoneOfTrust {
  const text = JSON.stringify(value ?? null)
  if (lastZone?.text !== text) lastZone = { text, zone: readZone(value) }
  return lastZone.zone
}

function readZone(value: unknown): ZoneOfTrust {
  const zone = value === undefined || value === null ? {} : recordAt(value, 'zone')
  for (const name of Object.keys(zone)) {
    if (!(ZONE_LISTS as readonly string[]).includes(name))
      throw new ReachQuestionError(`zone.${name}`, 'is not a list that a zone of trust has')
  }
  const lists = ZONE_LISTS.map((name) => [
    name,
    listAt(zone[name] ?? [], `zone.${name}`).map((entry, index) => textAt(entry, `zone.${name}[${index}]`)),
  ])
  const read = Object.fromEntries(lists) as ZoneOfTrust
  for (const [index, cidr] of read.cidrs.entries()) {
    if (!parseCidr(cidr)) throw new ReachQuestionError(`zone.cidrs[${index}]`, 'is no range of addresses')
  }
  return read
}

function recordAt(value: unknown, part: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ReachQuestionError(part, 'is no object')
  return value as Members
}

function listAt(value: unknown, part: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ReachQuestionError(part, 'is no list')
  return value
}

function textAt(value: unknown, part: string): string {
  if (typeof value !== 'string') throw new ReachQuestionError(part, value === undefined ? 'is missing' : 'is no text')
  return value
}

function momentAt(value: unknown, part: string): Instant {
  try {
    return instant(textAt(value, part))
  } catch (error) {
    if (error instanceof ReachQuestionError) throw error
    throw new ReachQuestionError(part, 'is no moment in ISO 8601')
  }
}
