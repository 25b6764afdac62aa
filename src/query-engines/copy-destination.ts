import { printable } from '../forensics/index.ts'

interface CopyLine {
  readonly bucket: string
  readonly key: string | null
  readonly operation: string
  /** The request line of an access log, or CloudTrail's request parameters as JSON. */
  readonly detail: string | null
}

interface CopyEnds {
  /** Whence the copy was made. */
  readonly bucket: string
  readonly key: string | null
  /** Whither, as the log tells it: `bucket/key` or the path of the request. */
  readonly destination: string | null
}

/**
 * Both ends of a copy. An access log's line of the source has the path of the request for the destination, written by the client; CloudTrail's
 * event is of the destination and names the source.
 */
export function copyDestination({ bucket, key, operation, detail }: CopyLine): CopyEnds {
  const ends = /^(?:REST|SOAP)\./.test(operation) ? fromRequestLine(bucket, key, detail) : fromParameters(bucket, key, detail)
  return {
    bucket: printable(ends.bucket),
    key: ends.key === null ? null : printable(ends.key),
    destination: ends.destination === null ? null : printable(ends.destination),
  }
}

function fromRequestLine(bucket: string, key: string | null, detail: string | null): CopyEnds {
  return { bucket, key, destination: /^(?:PUT|POST) ([^ ?]+)/.exec(detail ?? '')?.[1] ?? null }
}

function fromParameters(bucket: string, key: string | null, detail: string | null): CopyEnds {
  const source = copySource(detail)
  const destination = key === null ? bucket : `${bucket}/${key}`
  const split = source === null ? -1 : source.indexOf('/')
  if (source === null || split <= 0) return { bucket, key, destination }
  return { bucket: source.slice(0, split), key: source.slice(split + 1), destination }
}

function copySource(detail: string | null): string | null {
  try {
    const source = JSON.parse(detail ?? 'null')?.requestParameters?.['x-amz-copy-source']
    return typeof source === 'string' ? decodeURIComponent(source).replace(/^\//, '') : null
  } catch {
    return null
  }
}
