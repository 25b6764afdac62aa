import type { LogFormat } from './log-format.ts'
import { whole } from './reading/json-value.ts'
import { LineReader, NO_RECORD } from './reading/line-reader.ts'
import { quotedFields } from './reading/quoted-fields.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * Storage logs of Cloud Storage: how much each bucket held on the day before, which no request shows but which says that there
 * was something to take. The day stands in the file's name only; without it the row has no time. `object_size` is the mean in bytes.
 * https://cloud.google.com/storage/docs/access-logs#storage_logs
 */
export const gcsStorageLog: LogFormat = {
  id: 'gcs-storage',
  recognises: ({ lines }) => /^"?bucket"?,"?storage_byte_hours"?$/.test(lines[0] ?? ''),
  open: (settings) => {
    const writer = new RowWriter()
    const time = dayIn(settings?.path ?? '')
    return new LineReader((bytes, start, end, row, batch) => {
      const fields = quotedFields(DECODER.decode(bytes.subarray(start, end)), ',')
      if (fields?.[0] === 'bucket' && fields[1] === 'storage_byte_hours') return NO_RECORD
      const byteHours = whole(fields?.[1])
      if (fields?.length !== 2 || fields[0] === '' || Number.isNaN(byteHours)) return 0
      writer
        .at(batch, row)
        .number('time_ms', time)
        .text('bucket', fields[0])
        .text('operation', 'STORAGE')
        .access('other')
        .number('object_size', Math.floor(byteHours / 24))
      return 1
    })
  },
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

function dayIn(path: string): number {
  const match = /_storage_(\d{4})_(\d\d)_(\d\d)_/.exec(path)
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN
}
