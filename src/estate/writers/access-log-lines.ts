import { type Moment, SECOND, DAY } from '../moments.ts'
import type { Random } from '../random.ts'
import type { Store } from '../world/store.ts'

/** One request, as S3 server access logging describes it. */
export interface LoggedRequest {
  readonly at: Moment
  readonly ip: string
  readonly requester: string
  readonly requestId: string
  readonly operation: string
  readonly key: string | null
  /** The request line without its quotes; null where S3 writes a bare hyphen. */
  readonly requestUri: string | null
  readonly status: number
  readonly error: string
  readonly sentBytes: number
  readonly objectBytes: number | null
  readonly userAgent: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const PADDED = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const HOST_ID = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const UPPER_HEX = '0123456789ABCDEF'

// The format grew: a TLS version in 2019, the access point's ARN in 2020, whether a list decided in 2022, the source region in 2023.
const COLUMNS_SINCE: readonly (readonly [Moment, number])[] = [
  [Date.UTC(2019, 2, 1), 24],
  [Date.UTC(2020, 0, 1), 25],
  [Date.UTC(2022, 5, 1), 26],
  [Date.UTC(2023, 3, 1), 27],
]

/** Writes the lines of one store's log; the random stream gives what nobody decides: durations and host ids. */
export class LineWriter {
  readonly #store: Store
  readonly #random: Random
  readonly #hostIds: readonly string[]
  #day = Number.NaN
  #dayText = ''

  constructor(store: Store, random: Random) {
    this.#store = store
    this.#random = random
    this.#hostIds = Array.from({ length: 32 }, () => `${random.text(HOST_ID, 75)}=`)
  }

  requestId(): string {
    return this.#random.text(UPPER_HEX, 16)
  }

  line(request: LoggedRequest): string {
    const signed = request.requester === '-' ? '-' : 'SigV4'
    const tls =
      request.ip === '-'
        ? '- - - -'
        : `${signed} ECDHE-RSA-AES128-GCM-SHA256 ${signed === '-' ? '-' : 'AuthHeader'} ${this.#store.name}.s3.${this.#store.region}.amazonaws.com`
    // What S3 does on its own has no request line, no referrer and no user agent, and no quotes around the hyphens.
    const uri = request.requestUri === null ? '-' : `"${request.requestUri}"`
    const client = request.requestUri === null ? '- -' : `"-" "${request.userAgent}"`
    const duration = 4 + this.#random.below(60)
    return (
      `${this.#store.account.canonicalId} ${this.#store.name} [${this.#time(request.at)}] ${request.ip} ${request.requester} ${request.requestId} ` +
      `${request.operation} ${request.key === null ? '-' : loggedKey(request.key)} ${uri} ${request.status} ${request.error} ` +
      `${request.sentBytes === 0 ? '-' : request.sentBytes} ${request.objectBytes ?? '-'} ${duration} ${request.status === 200 ? duration - 2 : '-'} ${client} - ` +
      `${this.#hostIds[this.#random.below(32)]} ${tls}${this.#laterColumns(request)}\n`
    )
  }

  #laterColumns({ at, ip }: LoggedRequest): string {
    const columns = COLUMNS_SINCE.findLast(([since]) => at >= since)?.[1] ?? 23
    const values = [ip === '-' ? '-' : 'TLSv1.2', '-', '-', this.#store.region]
    return columns === 23 ? '' : ` ${values.slice(0, columns - 23).join(' ')}`
  }

  #time(moment: Moment): string {
    const day = Math.floor(moment / DAY)
    if (day !== this.#day) {
      const date = new Date(moment)
      this.#day = day
      this.#dayText = `${String(date.getUTCDate()).padStart(2, '0')}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`
    }
    const second = Math.floor((moment - day * DAY) / SECOND)
    return `${this.#dayText}:${PADDED[Math.floor(second / 3600)]}:${PADDED[Math.floor(second / 60) % 60]}:${PADDED[second % 60]} +0000`
  }
}

/** The key as it stands in a request's path. */
export function uriPath(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

/** S3 encodes keys twice in its logs: a space is %2520. */
function loggedKey(key: string): string {
  return key.includes(' ') || key.includes('%') ? encodeURI(uriPath(key)) : uriPath(key)
}

/**
 * A user agent after which the line can be read twice: from the left it says 200, from the right a refusal.
 * S3 does not escape quotes in what the client sends.
 */
export function forgedAgent(agent: string): string {
  return `${agent} HTTP/1.1" 403 AccessDenied 243 - 7 - "-" "${agent}`
}
