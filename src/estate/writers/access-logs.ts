import { DAY, type Moment, MINUTE, SECOND } from '../moments.ts'
import { type Random, random } from '../random.ts'
import { inBatch } from '../truth/census.ts'
import type { AccessTally } from '../truth/access.ts'
import { BATCHES } from '../world/accounts.ts'
import type { Store, StoredObject } from '../world/store.ts'
import { STORES } from '../world/stores.ts'
import { LOST_LOGS, logsKept, type Visit } from '../world/visits.ts'
import { forgedAgent, LineWriter, type LoggedRequest, uriPath } from './access-log-lines.ts'
import type { Delivery } from './delivery.ts'
import { everydayRequest, LINES_A_DAY, linesADay, maintenanceRequests } from './everyday-traffic.ts'

/** S3 server access logs of every store that had them, as plain text; tells the tally who from outside got something. */
export function* writeAccessLogs(
  seed: number,
  scale: number,
  objects: readonly StoredObject[],
  visits: readonly Visit[],
  delivery: Delivery,
  tally: AccessTally,
): Generator<string> {
  for (const store of STORES.filter(({ name }) => name in LINES_A_DAY)) {
    const log = new StoreLog(seed, scale, store, objects, visits, delivery, tally)
    for (const span of segments(store, scale)) {
      log.write(span.from, span.to)
      yield `access log ${store.name}`
    }
  }
}

interface Segment {
  readonly from: Moment
  readonly to: Moment
}

/** Stretches that fill one file each; none crosses a change of logging, a loss, or the end of a batch. */
function* segments(store: Store, scale: number): Generator<Segment> {
  const filed = (scale >= 0.5 ? (LINES_A_DAY[store.name]! > 100 ? 1 : 3) : scale >= 0.02 ? 5 : 10) * DAY
  const end = BATCHES[1].evidenceUntil
  const changed = store.changes.filter(({ set }) => set.logging !== undefined).map(({ at }) => at)
  const lost = LOST_LOGS.filter((span) => span.store === store).flatMap(({ from, to }) => [from, to])
  const edges = [...changed, ...lost, BATCHES[0].evidenceUntil, end]
  let from = store.createdAt
  while (from < end) {
    const next = Math.min((Math.floor(from / filed) + 1) * filed, ...edges.filter((edge) => edge > from))
    if (logsKept(store, from)) yield { from, to: next }
    from = next
  }
}

class StoreLog {
  readonly #store: Store
  readonly #delivery: Delivery
  readonly #tally: AccessTally
  readonly #random: Random
  readonly #writer: LineWriter
  readonly #objects: readonly StoredObject[]
  readonly #told: readonly Visit[]
  readonly #maintenance: readonly LoggedRequest[]
  readonly #linesAMillisecond: number
  #owed = 0
  #again = ''

  constructor(
    seed: number,
    scale: number,
    store: Store,
    objects: readonly StoredObject[],
    visits: readonly Visit[],
    delivery: Delivery,
    tally: AccessTally,
  ) {
    this.#store = store
    this.#delivery = delivery
    this.#tally = tally
    this.#random = random(seed, 'access log', store.name)
    this.#writer = new LineWriter(store, this.#random)
    this.#objects = objects.filter((object) => object.store === store)
    this.#told = visits.filter((visit) => visit.store === store)
    this.#maintenance = maintenanceRequests(store, this.#objects, this.#random)
    this.#linesAMillisecond = linesADay(store, scale) / DAY
  }

  /** Everyday requests spread over the stretch, and the ones told one by one where they belong. */
  write(from: Moment, to: Moment): void {
    const inside = ({ at }: { readonly at: Moment }) => from <= at && at < to
    const special = [
      ...this.#told.filter(inside).map((visit) => ({ at: visit.at, visit, request: null })),
      ...this.#maintenance.filter(inside).map((request) => ({ at: request.at, visit: null, request })),
    ]
    special.sort((a, b) => a.at - b.at)
    this.#owed += (to - from) * this.#linesAMillisecond
    const count = Math.floor(this.#owed)
    this.#owed -= count
    // S3 delivers some records twice; the second time they come with the next file.
    let text = this.#again
    this.#again = ''
    let next = 0
    for (let index = 0; index < count; index++) {
      const moment = Math.floor((from + ((index + this.#random.unit()) * (to - from)) / count) / SECOND) * SECOND
      while (next < special.length && special[next]!.at <= moment) text += this.#special(special[next++]!)
      const line = this.#everyday(moment)
      text += line
      if (this.#random.below(3_000) === 0) this.#again += line
    }
    while (next < special.length) text += this.#special(special[next++]!)
    if (text !== '') this.#deliver(text, to)
  }

  #everyday(moment: Moment): string {
    const request = everydayRequest(this.#store, moment, this.#objects, this.#random, this.#writer)
    if (request.requester === '-' && request.status === 200) this.#tally.read(this.#store, moment, request.key!)
    return this.#writer.line(request)
  }

  #special(told: { readonly visit: Visit | null; readonly request: LoggedRequest | null }): string {
    if (told.request) return this.#writer.line(told.request)
    const visit = told.visit!
    if (visit.status === 200) this.#tally.visit(visit)
    const line = this.#writer.line(visitRequest(visit))
    if (this.#random.chance(0.1)) this.#again += line
    return line
  }

  #deliver(text: string, to: Moment): void {
    const prefix = this.#store.name
    const deliveredAt = to + 12 * MINUTE + this.#random.below(40 * 60) * SECOND
    const name = new Date(deliveredAt).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')
    this.#delivery.write(
      `s3-access-logs/${prefix}/${name}-${this.#random.text('0123456789ABCDEF', 16)}`,
      text,
      inBatch(this.#store, to, 0),
    )
  }
}

function visitRequest(visit: Visit): LoggedRequest {
  const method =
    visit.operation === 'REST.GET.BUCKET'
      ? 'GET /?list-type=2&max-keys=1000 HTTP/1.1'
      : `GET /${uriPath(visit.key ?? '')} HTTP/1.1`
  const failed = visit.status !== 200
  return {
    at: visit.at,
    ip: visit.ip,
    requester: visit.requester,
    requestId: visit.requestId,
    operation: visit.operation,
    key: visit.key,
    requestUri: method,
    status: visit.status,
    error: visit.status === 403 ? 'AccessDenied' : visit.status === 404 ? 'NoSuchKey' : '-',
    sentBytes: failed ? 243 : (visit.object?.sizeBytes ?? 5_812),
    objectBytes: visit.object?.sizeBytes ?? null,
    userAgent: visit.forged ? forgedAgent(visit.userAgent) : visit.userAgent,
  }
}
