import { request } from 'node:http'
import { type Credentials, signed } from './signer.ts'

export interface S3Request {
  readonly method: string
  /** Path of the bucket or the object, not encoded: `/bucket/key`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** A list stands for a header that is sent so many times, which no signed request does here. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
  /** Who signs; null where nobody does. */
  readonly by: Credentials | null
}

export interface S3Answer {
  readonly status: number
  readonly body: string
}

const LONGEST_WAIT_MS = 20_000

/** Sends one request to a server on this machine, as it stands: no retry, no redirect. */
export function send(endpoint: string, { method, path, query = {}, headers = {}, body = '', by }: S3Request): Promise<S3Answer> {
  const url = new URL(endpoint)
  url.pathname = path.split('/').map(encodeURIComponent).join('/')
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
  // Spaces of a query are %20 in what is signed, and so in what is sent.
  const target = `${url.pathname}${url.search.replaceAll('+', '%20')}`
  const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const sent = by === null ? lowered : signed({ method, url, headers: lowered as Record<string, string>, body }, by, new Date())
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path: target,
        headers: { ...(sent as Record<string, string | string[]>), 'content-length': String(Buffer.byteLength(body)) },
        timeout: LONGEST_WAIT_MS,
      },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (part) => {
          text += part
        })
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }))
        incoming.on('error', reject)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${target} timed out`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
