import type { LogFormat, LogSettings } from './log-format.ts'
import { writeCloudfrontRecord } from './reading/cloudfront-record.ts'
import { LineReader } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * CloudFront real-time logs: tab-separated values without a header, in the order of the log configuration's field list. The
 * fields are known from that list (`cloudfrontRealtimeFields`) or, where none is given, from the number of columns, if it is
 * that of a configuration with all documented fields; `extra.fields` says which. Otherwise lines are rejected.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html#understand-real-time-log-config-fields
 */
export const cloudfrontRealtime: LogFormat = {
  id: 'cloudfront-realtime',
  recognises: ({ lines }) => /^\d{10}\.\d{1,3}\t[0-9a-fA-F.:]{3,45}\t(?:[^\t]*\t){3,}/.test(lines[0] ?? ''),
  open: (settings) => realtimeReader(settings),
}

/** All fields up to 2021, then those added since, in the order in which CloudFront sends them. */
const DOCUMENTED_FIELDS = [
  ...['timestamp', 'c-ip', 'time-to-first-byte', 'sc-status', 'sc-bytes', 'cs-method', 'cs-protocol', 'cs-host', 'cs-uri-stem'],
  ...['cs-bytes', 'x-edge-location', 'x-edge-request-id', 'x-host-header', 'time-taken', 'cs-protocol-version', 'c-ip-version'],
  ...['cs-user-agent', 'cs-referer', 'cs-cookie', 'cs-uri-query', 'x-edge-response-result-type', 'x-forwarded-for'],
  ...['ssl-protocol', 'ssl-cipher', 'x-edge-result-type', 'fle-encrypted-fields', 'fle-status', 'sc-content-type'],
  ...['sc-content-len', 'sc-range-start', 'sc-range-end', 'c-port', 'x-edge-detailed-result-type', 'c-country'],
  ...['cs-accept-encoding', 'cs-accept', 'cache-behavior-path-pattern', 'cs-headers', 'cs-header-names', 'cs-headers-count'],
  ...['primary-distribution-id', 'primary-distribution-dns-name', 'origin-fbl', 'origin-lbl', 'asn'],
]
const DOCUMENTED_COUNTS = [40, DOCUMENTED_FIELDS.length]
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const ADDRESS = /^[0-9a-fA-F.:]{3,45}$/

function realtimeReader(settings: LogSettings | undefined): LineReader {
  const given = settings?.cloudfrontRealtimeFields
  const writer = new RowWriter()
  const indexes = new Map((given ?? DOCUMENTED_FIELDS).map((name, index) => [name, index]))
  const reader = new LineReader((bytes, start, end, row, batch) => {
    const fields = DECODER.decode(bytes.subarray(start, end)).split('\t')
    const isKnown = given ? fields.length === given.length : DOCUMENTED_COUNTS.includes(fields.length)
    if (!isKnown) {
      reader.problem = given
        ? `holds lines of ${fields.length} fields where the log configuration names ${given.length}`
        : 'has no header, and its fields are not known: the real-time log configuration says them'
      return 0
    }
    const get = (name: string) => {
      const value = fields[indexes.get(name) ?? -1]
      return value === undefined || value === '-' || value === '' ? null : value
    }
    if (!ADDRESS.test(get('c-ip') ?? '::')) return 0
    return writeCloudfrontRecord(get, writer.at(batch, row), given ? 'log configuration' : 'documented order')
  })
  return reader
}
