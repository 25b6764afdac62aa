import type { EvidenceRef, Facet, Instant, Json, Reading, ResourceRef } from '../../../model/index.ts'
import { type EvidenceItem, unreadPart } from '../evidence-item.ts'
import { type JsonObject, listAt, textAt } from '../json-fields.ts'
import { notRead, type Occasion, observedAll } from '../observing.ts'
import { bucketRef } from '../resource-names.ts'

/** One successful event. */
export interface TrailEvent {
  readonly name: string
  readonly at: Instant
  readonly account: string
  readonly region: string
  /** Null where the event does not hold them, or CloudTrail left them out for their length. */
  readonly parameters: JsonObject | null
  readonly response: JsonObject | null
  readonly record: Json
  readonly evidence: EvidenceRef
}

export type EventHandlers = Readonly<Record<string, (event: TrailEvent) => EvidenceItem[]>>

/** A change of a resource that took effect with the event. */
export function changeOf(event: TrailEvent, resource: ResourceRef): Occasion {
  return { resource, kind: 'change', validFrom: event.at, source: 'cloudtrail', evidence: event.evidence }
}

/** The changes of a resource's facets; for one that the event does not tell, that it changed to something not read. */
export function changed(
  event: TrailEvent,
  resource: ResourceRef,
  readings: Readonly<Record<Facet, Reading<Json> | undefined>>,
): EvidenceItem[] {
  return observedAll(changeOf(event, resource), readings)
}

/** For a facet that an event set to something that it does not hold. */
export function notHeld(event: TrailEvent): Reading<Json> {
  return notRead(`The event ${event.name} at ${event.at} changed it and does not hold what to.`)
}

/** A relevant event that does not name what it changed. */
export function nameless(event: TrailEvent): EvidenceItem[] {
  const file = { path: event.evidence.file }
  const detail = `The event ${event.name} does not name its resource.`
  return [
    unreadPart(
      file,
      'malformed',
      detail,
      `What it changed in account ${event.account || 'unknown'} at ${event.at}.`,
      event.evidence,
    ),
  ]
}

/** The bucket of an S3 event; its owner's account stands among the resources, the event's own account may be a caller's. */
export function bucketOf(event: TrailEvent): ResourceRef | null {
  const named = (listAt(event.record, 'resources') ?? []).find((entry) => textAt(entry, 'type') === 'AWS::S3::Bucket')
  const arn = textAt(named, 'ARN')
  const name = textAt(event.parameters ?? undefined, 'bucketName') ?? /^arn:[^:]+:s3:::([^/]+)$/.exec(arn ?? '')?.[1] ?? null
  if (name === null) return null
  return bucketRef(name, textAt(named, 'accountId') ?? event.account, event.region, arn ?? undefined)
}
