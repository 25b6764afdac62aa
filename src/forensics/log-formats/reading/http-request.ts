import type { OperationAccess } from '../../operation-access.ts'
import { percentDecode } from '../key-encoding.ts'
import { escapeInvalidUtf8 } from '../utf8-escape.ts'
import type { RowWriter } from './row-writer.ts'

const BY_METHOD: Readonly<Record<string, OperationAccess>> = {
  GET: 'read',
  HEAD: 'head',
  PUT: 'write',
  POST: 'write',
  PATCH: 'write',
  DELETE: 'delete',
}
/** Query parameters by which S3, Azure and GCS list, in their REST interfaces. */
const LISTING = /(?:^|&)(?:list-type=2|comp=list|prefix=|delimiter=|max-keys=|marker=|versions(?:&|=|$)|uploads(?:&|=|$))/
/** Query parameters by which a store's settings are changed. */
const SETTING =
  /(?:^|&)(?:acl|policy|publicAccessBlock|logging|website|cors|lifecycle|comp=acl|comp=properties|restype=service)(?:&|=|$)/

/** What a plain HTTP request does to a store behind it. */
export function httpAccess(method: string, query: string): OperationAccess {
  const access = BY_METHOD[method] ?? 'other'
  if (access === 'read' && LISTING.test(query)) return 'list'
  return (access === 'write' || access === 'delete') && SETTING.test(query) ? 'admin' : access
}

/** Method, path and query of `GET /a/b?c=d HTTP/1.1`, also with a whole URL; null where it is no request. */
export function parseRequestLine(request: string): { method: string; path: string; query: string } | null {
  const match = /^([A-Z]{3,20}) (\S.*?)(?: HTTP\/[\d.]+)?$/s.exec(request)
  if (!match) return null
  const target = match[2]!.replace(/^[a-z]{2,10}:\/\/[^/?]*/, '')
  const mark = target.indexOf('?')
  return mark < 0
    ? { method: match[1]!, path: target, query: '' }
    : { method: match[1]!, path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** Writes operation, access, and the key that a request's path stands for. */
export function writeHttpRequest(row: RowWriter, method: string, path: string, query: string): void {
  row.text('operation', method).access(httpAccess(method, query))
  const key = path.replace(/^\//, '')
  row.text('key', key)
  if (key !== '') row.text('object_key', decodedText(key))
}

/** Text with one layer of URL encoding taken off; bytes that are no UTF-8 then become `\xNN`. */
export function decodedText(text: string): string {
  if (!text.includes('%')) return text
  const decoded = percentDecode(ENCODER.encode(text))
  return decoded ? DECODER.decode(escapeInvalidUtf8(decoded) ?? decoded) : text
}

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
