import type { ColumnBatch } from './column-batch.ts'
import type { LogFormat } from './log-format.ts'
import { LineReader, NO_RECORD } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * VPC flow logs, versions 2 to 10, in the default format or under a header line that names the fields (as S3 delivers them).
 * Said of a flow: who is the other side. With `flow-direction` that is known: of an egress flow the receiver, and its bytes are
 * bytes sent. Without it the side with the lower port is taken for the server; equal ports leave two readings.
 * `NODATA` and `SKIPDATA` are kept as error codes: they say what the log could not show.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const vpcFlowLog: LogFormat = {
  id: 'vpc-flow',
  recognises: ({ lines }) => isHeader(lines[0] ?? '') || DEFAULT_LINE.test(lines[0] ?? ''),
  open: () => {
    let fields: readonly string[] = DEFAULT_FIELDS
    const writer = new RowWriter()
    return new LineReader((bytes, start, end, row, batch) => {
      const line = DECODER.decode(bytes.subarray(start, end))
      if (isHeader(line)) {
        fields = line.split(' ')
        return NO_RECORD
      }
      const values = line.split(' ')
      return values.length === fields.length ? writeFlow(fields, values, row, batch, writer) : 0
    })
  },
}

const DEFAULT_FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(' ')
const DEFAULT_LINE = /^2 (?:\d{12}|unknown) eni-\S+ (?:\S+ ){10}(?:OK|NODATA|SKIPDATA)$/
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

function isHeader(line: string): boolean {
  return (
    /^[a-z][a-z -]+$/.test(line) && /(?:^| )(?:pkt-)?srcaddr(?: |$)/.test(line) && /(?:^| )(?:pkt-)?dstaddr(?: |$)/.test(line)
  )
}

function writeFlow(
  fields: readonly string[],
  values: readonly string[],
  rowNumber: number,
  batch: ColumnBatch,
  writer: RowWriter,
): number {
  const get = (name: string): string | null => {
    const value = values[fields.indexOf(name)]
    return value === undefined || value === '-' ? null : value
  }
  const start = get('start') ?? get('end')
  const status = get('log-status')
  if (start === null || !/^\d{9,11}$/.test(start) || (status !== null && !/^(?:OK|NODATA|SKIPDATA)$/.test(status))) return 0
  const bytes = get('bytes')
  if (bytes !== null && !/^\d{1,15}$/.test(bytes)) return 0
  const row = writer.at(batch, rowNumber)
  const { side, by } = remoteSide(get('flow-direction'), get('srcport'), get('dstport'))
  const [remote, local] = side === 'src' ? (['src', 'dst'] as const) : (['dst', 'src'] as const)
  row
    .number('time_ms', Number(start) * 1000)
    .text('bucket', get('interface-id') ?? get('vpc-id'))
    .text('remote_ip', get(`pkt-${remote}addr`) ?? get(`${remote}addr`))
    .text('request_id', null)
    .text('operation', get('action'))
    .access('other')
    .text('account', get('account-id'))
    .text('source_region', get('region'))
    .text('resource', get('resource-id') ?? get('instance-id'))
    .text('error_code', status === 'OK' ? get('reject-reason') : status)
    .succeeded(get('action') === null ? null : get('action') === 'ACCEPT')
    .sent(side === 'dst' && bytes !== null ? Number(bytes) : Number.NaN)
    .extra({
      remotePort: get(`${remote}port`),
      localAddress: get(`pkt-${local}addr`) ?? get(`${local}addr`),
      localPort: get(`${local}port`),
      protocol: get('protocol'),
      packets: get('packets'),
      received: side === 'src' ? bytes : null,
      end: get('end'),
      direction: side === null ? null : side === 'src' ? 'ingress' : 'egress',
      directionBy: by,
      tcpFlags: get('tcp-flags'),
      service: get(`pkt-${remote}-aws-service`),
      vpc: get('vpc-id'),
    })
  return by === 'unknown' && status === 'OK' ? 2 : 1
}

/** Which end of the flow is not the interface's own service. */
function remoteSide(
  direction: string | null,
  srcPort: string | null,
  dstPort: string | null,
): { side: 'src' | 'dst'; by: 'flow-direction' | 'ports' | 'unknown' | null } {
  if (direction !== null) return { side: direction === 'egress' ? 'dst' : 'src', by: 'flow-direction' }
  if (srcPort === null || dstPort === null || (srcPort === '0' && dstPort === '0')) return { side: 'src', by: null }
  if (srcPort === dstPort) return { side: 'src', by: 'unknown' }
  return { side: Number(srcPort) < Number(dstPort) ? 'dst' : 'src', by: 'ports' }
}
