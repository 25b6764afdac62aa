import type { EvidenceFile, Json } from '../../../model/index.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from '../evidence-item.ts'
import { at, instantOf, isObject, textAt } from '../json-fields.ts'
import { readRecords } from '../read-json.ts'
import { BUCKET_EVENTS } from './cloudtrail-buckets.ts'
import { DATABASE_EVENTS } from './cloudtrail-databases.ts'
import type { TrailEvent } from './cloudtrail-event.ts'
import { NETWORK_EVENTS } from './cloudtrail-networks.ts'
import { BulkDeletes, OBJECT_EVENTS } from './cloudtrail-objects.ts'
import { TRAIL_EVENTS } from './cloudtrail-trails.ts'

/** What an event of a provider's service changed; events that are not in here change no exposure that is modelled. */
const EVENTS: Readonly<Record<string, Readonly<Record<string, (event: TrailEvent) => EvidenceItem[]>>>> = {
  's3.amazonaws.com': { ...BUCKET_EVENTS, ...OBJECT_EVENTS },
  's3express.amazonaws.com': {},
  'rds.amazonaws.com': DATABASE_EVENTS,
  'ec2.amazonaws.com': NETWORK_EVENTS,
  'cloudtrail.amazonaws.com': TRAIL_EVENTS,
}

const WANTED: ReadonlySet<string> = new Set(['Records'])
const MAXIMUM_EVENT_IDS = 2_000_000

/** Successful events that changed what others may do, or an object's presence, as changes at their own time; each event id once. */
export async function* readCloudTrail(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  const seen = new Set<string>()
  const bulkDeletes = new BulkDeletes()
  for await (const record of readRecords(file, WANTED, 'event', options.signal)) {
    if (record.kind === 'unread') yield record
    else {
      const id = textAt(record.value, 'eventID')
      if (id !== null && seen.has(id)) continue
      if (id !== null && seen.size < MAXIMUM_EVENT_IDS) seen.add(id)
      yield* itemsOf(file, record.value, record.offset, bulkDeletes)
    }
  }
  yield* bulkDeletes.items(file)
}

function itemsOf(file: EvidenceFile, value: Json, offset: number, bulkDeletes: BulkDeletes): EvidenceItem[] {
  const source = textAt(value, 'eventSource')
  const name = textAt(value, 'eventName')
  if (source === null || name === null) {
    return [unreadPart(file, 'malformed', 'One event lacks its source or its name.', 'What it changed.', { offset })]
  }
  const handlers = Object.hasOwn(EVENTS, source) ? EVENTS[source]! : {}
  const handler = Object.hasOwn(handlers, name) ? handlers[name]! : null
  const isBulkDelete = source === 's3.amazonaws.com' && name === 'DeleteObjects'
  if ((handler === null && !isBulkDelete) || hasFailed(value)) return []
  const event = eventOf(file, value, name, offset)
  if (event === null) {
    const detail = `One ${name} event lacks its time.`
    return [unreadPart(file, 'malformed', detail, 'When the change took effect.', { offset })]
  }
  if (handler !== null) return handler(event)
  bulkDeletes.add(event)
  return []
}

function hasFailed(value: Json): boolean {
  return textAt(value, 'errorCode') !== null
}

function eventOf(file: EvidenceFile, value: Json, name: string, offset: number): TrailEvent | null {
  const time = instantOf(at(value, 'eventTime'))
  if (time === null) return null
  const id = textAt(value, 'eventID')
  const parameters = at(value, 'requestParameters')
  const response = at(value, 'responseElements')
  return {
    name,
    at: time,
    account: textAt(value, 'recipientAccountId') ?? textAt(value, 'userIdentity', 'accountId') ?? '',
    region: textAt(value, 'awsRegion') ?? '',
    // CloudTrail cuts parameters that are too long down to a note that says so.
    parameters: isObject(parameters) && at(parameters, 'omitted') !== true ? parameters : null,
    response: isObject(response) && at(response, 'omitted') !== true ? response : null,
    record: value,
    evidence: { file: file.path, offset, ...(id === null ? {} : { record: id }) },
  }
}
