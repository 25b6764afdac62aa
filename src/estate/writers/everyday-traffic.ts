import type { Moment } from '../moments.ts'
import type { Random } from '../random.ts'
import type { Store, StoredObject } from '../world/store.ts'
import { type LineWriter, type LoggedRequest, uriPath } from './access-log-lines.ts'

/** Lines of everyday traffic that a store's log has a day at scale 1; two million in all. */
export const LINES_A_DAY: Readonly<Record<string, number>> = {
  'mapdata-distribution-prod': 1_700,
  'www-brand-jp': 60,
  'www-brand-au': 40,
  'overseas-dealer-inquiries': 25,
  'telematics-archive-jp': 30,
  'fleet-partner-exchange': 8,
  'navigation-voice-packs': 15,
  'parts-catalog-share': 6,
  'recall-campaign-banners': 6,
}

// However small the estate, no store falls silent for as long as lost files look; the archive has a line each hour.
const LEAST_LINES_A_DAY: Readonly<Record<string, number>> = { 'telematics-archive-jp': 30 }

export function linesADay(store: Store, scale: number): number {
  return Math.max(LINES_A_DAY[store.name]! * scale, LEAST_LINES_A_DAY[store.name] ?? 4)
}

const VISITORS = ['198.51.100', '192.0.2']
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.45 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 15_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/95.0 Mobile Safari/537.36 "in-app"',
]
const SERVICES = ['map-delivery', 'batch-worker', 'data-quality', 'backup-agent']
const SERVICE_AGENT = 'aws-sdk-java/1.11.1030 Linux/5.4.0 OpenJDK_64-Bit_Server_VM/25.275 java/1.8.0_275'

/** One more request such as the store gets all day: a website's from anywhere, everybody else's from the company itself. */
export function everydayRequest(
  store: Store,
  moment: Moment,
  objects: readonly StoredObject[],
  random: Random,
  writer: LineWriter,
): LoggedRequest {
  const object = objects.length > 0 ? objects[random.below(objects.length)]! : null
  const there = object !== null && object.putAt < moment && (object.deletedAt === null || object.deletedAt > moment)
  const isWebsite = store.name.startsWith('www-')
  const head = !isWebsite && random.below(5) === 0
  const found = there ? object : null
  return {
    at: moment,
    ip: isWebsite ? visitor(random) : `203.0.113.${16 + random.below(48)}`,
    requester: isWebsite
      ? '-'
      : `arn:aws:sts::${store.account.id}:assumed-role/${SERVICES[random.below(4)]}/i-${100 + random.below(60)}`,
    requestId: writer.requestId(),
    operation:
      object === null ? 'REST.GET.BUCKET' : isWebsite ? 'WEBSITE.GET.OBJECT' : head ? 'REST.HEAD.OBJECT' : 'REST.GET.OBJECT',
    key: object?.key ?? null,
    requestUri: object === null ? 'GET /?list-type=2 HTTP/1.1' : `${head ? 'HEAD' : 'GET'} /${uriPath(object.key)} HTTP/1.1`,
    status: object === null || found ? 200 : isWebsite ? 403 : 404,
    error: object === null || found ? '-' : isWebsite ? 'AccessDenied' : 'NoSuchKey',
    sentBytes: head ? 0 : (found?.sizeBytes ?? 290),
    objectBytes: found?.sizeBytes ?? null,
    userAgent: isWebsite ? BROWSERS[random.below(3)]! : SERVICE_AGENT,
  }
}

function visitor(random: Random): string {
  return random.below(8) === 0
    ? `2001:db8:${(1 + random.below(4_000)).toString(16)}::${(1 + random.below(200)).toString(16)}`
    : `${VISITORS[random.below(2)]}.${1 + random.below(190)}`
}

/** What writes and deletes objects: the company's own batch, multi-object deletes, S3's own housekeeping, copies that leave two lines. */
export function maintenanceRequests(store: Store, objects: readonly StoredObject[], random: Random): LoggedRequest[] {
  const base = (moment: Moment, operation: string, object: StoredObject): LoggedRequest => ({
    at: moment,
    ip: '203.0.113.40',
    requester: `arn:aws:sts::${store.account.id}:assumed-role/batch-worker/nightly`,
    requestId: random.text('0123456789ABCDEF', 16),
    operation,
    key: object.key,
    requestUri: `${operation.startsWith('REST.PUT') ? 'PUT' : operation.startsWith('REST.COPY') ? 'PUT' : 'DELETE'} /${uriPath(object.key)} HTTP/1.1`,
    status: operation === 'REST.DELETE.OBJECT' ? 204 : 200,
    error: '-',
    sentBytes: 0,
    objectBytes: object.sizeBytes,
    userAgent: 'Boto3/1.20.24 Python/3.9.9 Linux/5.4.0 Botocore/1.23.24',
  })
  return objects
    .flatMap((object, index) => {
      const put = base(object.putAt, 'REST.PUT.OBJECT', object)
      const copied = [
        base(object.putAt, 'REST.COPY.OBJECT', object),
        { ...base(object.putAt, 'REST.COPY.OBJECT_GET', object), requestId: put.requestId },
      ]
      const arrivals = index % 23 === 7 ? copied : [put]
      return object.deletedAt === null ? arrivals : [...arrivals, ...departure(base, object, object.deletedAt, index)]
    })
    .sort((a, b) => a.at - b.at)
}

function departure(
  base: (moment: Moment, operation: string, object: StoredObject) => LoggedRequest,
  object: StoredObject,
  moment: Moment,
  index: number,
): LoggedRequest[] {
  switch (index % 4) {
    case 0:
      // A multi-object delete writes one line for the call and one, without a request line, for each key.
      return [
        { ...base(moment, 'REST.POST.MULTI_OBJECT_DELETE', object), key: null, requestUri: 'POST /?delete HTTP/1.1' },
        { ...base(moment, 'BATCH.DELETE.OBJECT', object), requestUri: null, status: 204, userAgent: '-' },
      ]
    case 1:
      return [
        {
          ...base(moment, 'S3.EXPIRE.OBJECT', object),
          ip: '-',
          requester: 'AmazonS3',
          requestUri: null,
          status: 204,
          userAgent: '-',
        },
      ]
    default:
      return [base(moment, 'REST.DELETE.OBJECT', object)]
  }
}
