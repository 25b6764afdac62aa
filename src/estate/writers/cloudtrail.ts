import { at, DAY, HOUR, MINUTE, type Moment, SECOND, startOfDay } from '../moments.ts'
import { random } from '../random.ts'
import { inBatch } from '../truth/census.ts'
import { type Account, ACCOUNTS, BATCHES, CONNECTED_SERVICES, OVERSEAS_DEALERS, type Span, within } from '../world/accounts.ts'
import type { Store, StoredObject } from '../world/store.ts'
import { DEALER_STORE, STORES, THREE_HOUR_STORE } from '../world/stores.ts'
import type { Visit } from '../world/visits.ts'
import { compactTime } from './configuration-items.ts'
import type { Delivery } from './delivery.ts'
import { managementCalls } from './management-calls.ts'
import {
  ANONYMOUS,
  changeCalls,
  createBucketCall,
  objectCall,
  operator,
  s3Call,
  type TrailCall,
  trailRecord,
} from './trail-events.ts'

/** Stretches for which object-level requests were recorded, by store. */
export const DATA_EVENTS: readonly (Span & { readonly store: Store; readonly account: Account })[] = [
  { store: THREE_HOUR_STORE, account: CONNECTED_SERVICES, from: at('2021-07-01T01:00:00Z'), to: at('2022-01-31T01:00:00Z') },
  { store: DEALER_STORE, account: OVERSEAS_DEALERS, from: at('2022-11-01T01:00:00Z'), to: at('2023-05-10T14:00:00Z') },
]

/** CloudTrail's log files: what was changed, what was tried in vain, who fetched what while data events were on, and noise. */
export function writeCloudTrail(
  seed: number,
  objects: readonly StoredObject[],
  visits: readonly Visit[],
  delivery: Delivery,
): void {
  const storeCalls = STORES.flatMap((store) => [
    createBucketCall(store),
    ...store.changes.flatMap((change) => changeCalls(store, change)),
  ])
  const calls = [...storeCalls, ...managementCalls(seed), ...dataCalls(seed, objects, visits)]
  for (const account of ACCOUNTS) {
    const kept = calls.filter(
      (call) => call.account === account && within(account.trail, call.at) && call.at <= BATCHES[1].evidenceUntil,
    )
    for (const [hour, inHour] of Map.groupBy(
      kept.sort((a, b) => a.at - b.at),
      (call) => Math.floor(call.at / (6 * HOUR)),
    )) {
      writeFile(seed, account, hour, inHour, delivery)
    }
  }
}

function writeFile(seed: number, account: Account, hour: number, calls: readonly TrailCall[], delivery: Delivery): void {
  const ids = random(seed, 'cloudtrail', account.id, hour)
  const early = calls.filter(({ at: moment }) => inBatch({ account }, moment, 0))
  const late = calls.filter((call) => !early.includes(call))
  for (const [part, isEarly] of [
    [early, true],
    [late, false],
  ] as const) {
    const last = part.at(-1)
    if (!last) continue
    const deliveredAt = Math.ceil(last.at / (5 * MINUTE)) * 5 * MINUTE
    const records = part.flatMap((call) => {
      const record = trailRecord(ids, call)
      // One record in a hundred is delivered twice, under the same event id.
      return ids.chance(0.01) ? [record, record] : [record]
    })
    const path = `AWSLogs/${account.id}/CloudTrail/${account.region}/${dayFolder(deliveredAt)}/${account.id}_CloudTrail_${account.region}_${compactTime(deliveredAt).replace(/\d\dZ$/, 'Z')}_${ids.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 16)}.json.gz`
    delivery.writeGzip(path, JSON.stringify({ Records: records }), isEarly)
  }
}

function dayFolder(moment: Moment): string {
  return new Date(startOfDay(moment)).toISOString().slice(0, 10).replaceAll('-', '/')
}

function dataCalls(seed: number, objects: readonly StoredObject[], visits: readonly Visit[]): TrailCall[] {
  return DATA_EVENTS.flatMap(({ store, from, to }) => {
    const recorded = (moment: Moment) => from <= moment && moment < to
    const here = objects.filter((object) => object.store === store)
    const puts = here
      .filter(({ putAt }) => recorded(putAt))
      .map(({ putAt, key }) => ownObjectCall(store, putAt, 'PutObject', key))
    const deletes = here
      .filter(({ deletedAt }) => deletedAt !== null && recorded(deletedAt))
      .map(({ deletedAt, key }) => ownObjectCall(store, deletedAt!, 'DeleteObject', key))
    return [
      ...puts,
      ...deletes,
      ...ownReads(seed, store, { from, to }, here),
      ...visits.filter((visit) => visit.store === store && recorded(visit.at)).map(visitCall),
    ]
  })
}

function ownObjectCall(store: Store, moment: Moment, name: string, key: string): TrailCall {
  return objectCall(store, moment, name, key, {
    identity: operator(store.account, 'batch-worker', moment),
    ip: '203.0.113.40',
    userAgent: '[Boto3/1.20.24 Python/3.9.9]',
  })
}

function ownReads(seed: number, store: Store, { from, to }: Span, objects: readonly StoredObject[]): TrailCall[] {
  const choice = random(seed, 'own data events', store.name)
  const out: TrailCall[] = []
  for (let moment = from + HOUR; moment < to; moment += 2 * DAY + choice.below(1_800) * SECOND) {
    const present = objects.filter(({ putAt, deletedAt }) => putAt < moment && (deletedAt === null || deletedAt > moment))
    if (present.length > 0) out.push(ownObjectCall(store, moment, 'GetObject', choice.pick(present).key))
  }
  return out
}

function visitCall(visit: Visit): TrailCall {
  const refusals: Readonly<Record<number, { code: string; message: string }>> = {
    403: { code: 'AccessDenied', message: 'Access Denied' },
    404: { code: 'NoSuchKey', message: 'The specified key does not exist.' },
  }
  const more = {
    identity: ANONYMOUS,
    ip: visit.ip,
    userAgent: `[${visit.userAgent}]`,
    requestId: visit.requestId,
    ...(visit.status === 200 ? {} : { error: refusals[visit.status]! }),
  }
  if (visit.operation === 'REST.GET.BUCKET')
    return s3Call(visit.store, visit.at, 'ListObjects', {}, { ...more, category: 'Data', readOnly: true })
  return objectCall(visit.store, visit.at, 'GetObject', visit.key!, more)
}
