import type { Json, Reading, ResourceRef } from '../../../model/index.ts'
import type { EvidenceItem } from '../evidence-item.ts'
import { listAt, pick, textAt, withCapitalKeys } from '../json-fields.ts'
import { ABSENT, existence, read } from '../observing.ts'
import { trailRef } from '../resource-names.ts'
import { changed, changeOf, type EventHandlers, nameless, notHeld, type TrailEvent } from './cloudtrail-event.ts'

/** Events of CloudTrail that change what it records: the evidence for what its silence is worth. */
export const TRAIL_EVENTS: EventHandlers = {
  CreateTrail: createTrail,
  UpdateTrail: updateTrail,
  DeleteTrail: deleteTrail,
  StartLogging: switched(true),
  StopLogging: switched(false),
  PutEventSelectors: putEventSelectors,
}

const SETTINGS = [
  'Name',
  'S3BucketName',
  'S3KeyPrefix',
  'IsMultiRegionTrail',
  'IsOrganizationTrail',
  'IncludeGlobalServiceEvents',
  'LogFileValidationEnabled',
]

/** Trails are named by their name or by their ARN, in the request or in the response. */
function trailOf(event: TrailEvent): ResourceRef | null {
  const [response, parameters] = [event.response ?? undefined, event.parameters ?? undefined]
  const text =
    textAt(response, 'trailARN') ?? textAt(parameters, 'trailName') ?? textAt(parameters, 'name') ?? textAt(response, 'name')
  if (text === null) return null
  const [, , , region, account, trail] = text.split(':')
  if (trail === undefined) return trailRef(text, event.account, event.region)
  return trailRef(trail.replace(/^trail\//, ''), account || event.account, region || event.region, text)
}

function createTrail(event: TrailEvent): EvidenceItem[] {
  const trail = trailOf(event)
  if (trail === null) return nameless(event)
  // A new trail does not record before StartLogging, and no data events before PutEventSelectors.
  const readings = {
    trail: settingsOf(event.response ?? event.parameters, event),
    logging: read({ IsLogging: false }),
    eventSelectors: ABSENT,
  }
  return [existence(changeOf(event, trail), true), ...changed(event, trail, readings)]
}

function updateTrail(event: TrailEvent): EvidenceItem[] {
  const trail = trailOf(event)
  return trail === null ? nameless(event) : changed(event, trail, { trail: settingsOf(event.response, event) })
}

function deleteTrail(event: TrailEvent): EvidenceItem[] {
  const trail = trailOf(event)
  if (trail === null) return nameless(event)
  return [existence(changeOf(event, trail), false), ...changed(event, trail, { logging: read({ IsLogging: false }) })]
}

function switched(on: boolean): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const trail = trailOf(event)
    return trail === null ? nameless(event) : changed(event, trail, { logging: read({ IsLogging: on }) })
  }
}

function putEventSelectors(event: TrailEvent): EvidenceItem[] {
  const trail = trailOf(event)
  return trail === null
    ? nameless(event)
    : changed(event, trail, { eventSelectors: selectorsOf(event.response) ?? selectorsOf(event.parameters) ?? notHeld(event) })
}

function selectorsOf(value: Json): Reading<Json> | null {
  if (listAt(value, 'eventSelectors') === null && listAt(value, 'advancedEventSelectors') === null) return null
  return read(pick(withCapitalKeys(value), ['EventSelectors', 'AdvancedEventSelectors']))
}

/** The response of an update holds all settings, its request only those that were asked for. */
function settingsOf(value: Json, event: TrailEvent): Reading<Json> {
  return value === null ? notHeld(event) : read(pick(withCapitalKeys(value), SETTINGS))
}
