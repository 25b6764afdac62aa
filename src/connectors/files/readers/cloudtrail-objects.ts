import type { EvidenceFile, Instant, ObjectSighting } from '../../../model/index.ts'
import { compareText, earliest, latest } from '../../../model/index.ts'
import { type EvidenceItem, unreadPart } from '../evidence-item.ts'
import { textAt } from '../json-fields.ts'
import { bucketOf, type EventHandlers, nameless, type TrailEvent } from './cloudtrail-event.ts'

/** Data events of S3 that put an object into its bucket or take it out. */
export const OBJECT_EVENTS: EventHandlers = {
  PutObject: sighted('put'),
  CopyObject: sighted('put'),
  CompleteMultipartUpload: sighted('put'),
  DeleteObject: sighted('delete'),
}

/** The events do not hold an object's size: what was transferred may be more, and is missing for copies and parts. */
function sighted(kind: 'put' | 'delete'): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const bucket = bucketOf(event)
    const key = textAt(event.parameters ?? undefined, 'key')
    if (bucket === null || key === null) return nameless(event)
    const put = textAt(event.response ?? undefined, 'x-amz-version-id')
    const named = kind === 'delete' ? textAt(event.parameters ?? undefined, 'versionId') : put
    const sighting: ObjectSighting = {
      store: bucket.id,
      key,
      versionId: named === 'null' ? null : named,
      kind,
      at: event.at,
      lastModified: kind === 'put' ? event.at : null,
      sizeBytes: null,
      evidence: event.evidence,
    }
    return [{ kind: 'sighting', sighting }]
  }
}

/** Requests that deleted several objects at once: CloudTrail does not hold their keys. One note for each bucket. */
export class BulkDeletes {
  readonly #buckets = new Map<string, { requests: number; from: Instant; to: Instant; offset: number }>()

  add(event: TrailEvent): void {
    const id = bucketOf(event)?.id ?? 'a bucket that is not named'
    const known = this.#buckets.get(id) ?? { requests: 0, from: event.at, to: event.at, offset: event.evidence.offset ?? 0 }
    known.requests++
    known.from = earliest(known.from, event.at)
    known.to = latest(known.to, event.at)
    this.#buckets.set(id, known)
  }

  items(file: EvidenceFile): EvidenceItem[] {
    const buckets = [...this.#buckets].sort(([left], [right]) => compareText(left, right))
    return buckets.map(([id, { requests, from, to, offset }]) => {
      const when = from === to ? `at ${from}` : `from ${from} to ${to}`
      const detail = `${requests} DeleteObjects ${requests === 1 ? 'request' : 'requests'} ${when}: CloudTrail does not log their keys.`
      return unreadPart(file, 'unsupported', detail, `Which objects of ${id} were deleted then.`, { offset })
    })
  }
}
