import { compareInstants, compareText, epochMs, type Json, type Observation } from '../model/index.ts'

/** A stretch in which a log was proved to be configured (`on`), proved not to be (`off`), or neither. Epoch milliseconds, `to` exclusive. */
export interface LoggingSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly state: 'on' | 'off' | 'uncertain'
}

export interface LoggingHistory {
  readonly spans: readonly LoggingSpan[]
  /** Moments at which the configuration changed, known exactly. */
  readonly changesMs: readonly number[]
}

/** Facets of a trail that tell whether it records data events, and whether it records at all. */
export const TRAIL_SELECTOR_FACETS = ['eventSelectors', 'dataEvents'] as const

/** When access logging of one bucket was on, from the observations of its `logging`. */
export function accessLogHistory(store: string, observations: readonly Observation[]): LoggingHistory {
  const own = observations.filter(({ resource, facet }) => resource.id === store && facet === 'logging')
  return historyOf(own, (value) => targetsABucket(value))
}

/**
 * When each trail recorded data events of one bucket: its selectors named the bucket's objects, and it had not been stopped.
 * A trail of which only the selectors were seen is taken to run: CreateTrail by every tool starts it, and AWS Config reports
 * `isLogging` apart.
 */
export function dataEventHistories(store: string, observations: readonly Observation[]): readonly LoggingHistory[] {
  const selectors = observations.filter(({ facet }) => TRAIL_SELECTOR_FACETS.some((name) => name === facet))
  const trails = [...new Set(selectors.map(({ resource }) => resource.id))].sort(compareText)
  return trails.map((trail) => {
    const own = observations.filter(({ resource }) => resource.id === trail)
    const selected = historyOf(
      own.filter(({ facet }) => TRAIL_SELECTOR_FACETS.some((name) => name === facet)),
      (value) => selectsObjectsOf(value, store),
    )
    const running = own.filter(({ facet, resource }) => facet === 'logging' && resource.id !== store)
    return running.length === 0 ? selected : both(selected, historyOf(running, isLogging))
  })
}

/**
 * Turns observations into stretches. A `change` took effect exactly then; a `point` saw what had been so before, so where it
 * differs from what was known the switch lies somewhere between. Before the first observation nothing is proved: a log that
 * was seen on may have been on, one that was seen off, or switched on, is not proved to have been.
 */
function historyOf(observations: readonly Observation[], isOn: (value: Json) => boolean): LoggingHistory {
  const sorted = [...observations].sort(
    (a, b) =>
      compareInstants(a.validFrom, b.validFrom) || compareText(a.kind, b.kind) || compareText(a.evidence.file, b.evidence.file),
  )
  const spans: LoggingSpan[] = []
  const changesMs: number[] = []
  let knownMs = Number.NEGATIVE_INFINITY
  let known: LoggingSpan['state'] = 'off'
  sorted.forEach((observation, index) => {
    const at = epochMs(observation.validFrom)
    const state = stateOf(observation, isOn)
    const seenOnFirst = index === 0 && observation.kind === 'point' && state === 'on'
    const between = seenOnFirst || (observation.kind === 'point' && index > 0 && state !== known) ? 'uncertain' : known
    spans.push({ fromMs: knownMs, toMs: at, state: between })
    if (observation.kind === 'change' && (index === 0 || state !== known)) changesMs.push(at)
    knownMs = at
    known = state
  })
  spans.push({ fromMs: knownMs, toMs: Number.POSITIVE_INFINITY, state: known })
  return { spans: spans.filter(({ fromMs, toMs }) => fromMs < toMs), changesMs }
}

function stateOf({ value }: Observation, isOn: (value: Json) => boolean): LoggingSpan['state'] {
  if (value.status === 'absent') return 'off'
  return value.status === 'read' ? (isOn(value.value) ? 'on' : 'off') : 'uncertain'
}

function both(left: LoggingHistory, right: LoggingHistory): LoggingHistory {
  const edges = [...new Set([...left.spans, ...right.spans].flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((a, b) =>
    a < b ? -1 : 1,
  )
  const spans = edges.slice(1).map((toMs, index) => {
    const fromMs = edges[index]!
    const states = [left, right].map(
      ({ spans }) => spans.find((span) => span.fromMs <= fromMs && toMs <= span.toMs)?.state ?? 'off',
    )
    const state = states.includes('off') ? 'off' : states.includes('uncertain') ? 'uncertain' : 'on'
    return { fromMs, toMs, state } satisfies LoggingSpan
  })
  return { spans, changesMs: [...left.changesMs, ...right.changesMs].sort((a, b) => a - b) }
}

/** Any of the shapes of a bucket's logging: AWS Config's, `get-bucket-logging`'s and PutBucketLogging's. */
function targetsABucket(value: Json): boolean {
  const status = field(value, 'BucketLoggingStatus') ?? value
  const enabled = field(status, 'LoggingEnabled') ?? field(status, 'loggingEnabled') ?? status
  if (enabled === true) return true
  const target = ['TargetBucket', 'targetBucket', 'destinationBucketName', 'bucket']
    .map((name) => field(enabled, name))
    .find((name) => name)
  return typeof target === 'string' && target !== ''
}

function isLogging(value: Json): boolean {
  if (typeof value === 'boolean') return value
  return field(value, 'isLogging') === true || field(value, 'IsLogging') === true
}

/** Whether event selectors, basic or advanced, record reads of the bucket's objects. */
function selectsObjectsOf(value: Json, store: string): boolean {
  const list = (name: string, capital: string) => items(field(value, name) ?? field(value, capital))
  const basic = list('eventSelectors', 'EventSelectors').some((selector) => basicSelects(selector, store))
  const advanced = list('advancedEventSelectors', 'AdvancedEventSelectors').some((selector) => advancedSelects(selector, store))
  return basic || advanced || items(value).some((selector) => basicSelects(selector, store) || advancedSelects(selector, store))
}

function basicSelects(selector: Json, store: string): boolean {
  const readWrite = either(selector, 'readWriteType')
  if (readWrite === 'WriteOnly') return false
  return items(either(selector, 'dataResources')).some(
    (resource) =>
      either(resource, 'type') === 'AWS::S3::Object' &&
      items(either(resource, 'values')).some(
        (arn) => typeof arn === 'string' && (arn === 'arn:aws:s3' || arn === 'arn:aws:s3:::' || arn === `${store}/`),
      ),
  )
}

/** A selector with any condition that is not modelled here selects nothing for certain. */
function advancedSelects(selector: Json, store: string): boolean {
  const conditions = items(either(selector, 'fieldSelectors'))
  return (
    conditions.length > 0 &&
    conditions.some((condition) => either(condition, 'field') === 'resources.type') &&
    conditions.every((condition) => {
      const name = either(condition, 'field')
      const equals = either(condition, 'equals')
      if (name === 'eventCategory') return items(equals).includes('Data')
      if (name === 'resources.type') return items(equals).includes('AWS::S3::Object')
      if (name === 'readOnly') return items(equals).includes('true')
      if (name === 'resources.ARN')
        return items(either(condition, 'startsWith')).some((arn) => typeof arn === 'string' && `${store}/`.startsWith(arn))
      return false
    })
  )
}

function field(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined
}

/** A member by the name that events use, or with the capital that the command line prints. */
function either(value: Json, name: string): Json | undefined {
  return field(value, name) ?? field(value, name.charAt(0).toUpperCase() + name.slice(1))
}

function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}
