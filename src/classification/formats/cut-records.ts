import type { Limits } from '../limits.ts'
import type { JsonRows } from './flatten-json.ts'
import type { RecordSink } from './format.ts'

/** Names what the limits cut off nested records. */
export function reportCuts({ hasCutDepth, hasCutColumns }: JsonRows, limits: Limits, sink: RecordSink): void {
  if (hasCutDepth) sink.problem({ code: 'too-deep', detail: `nested deeper than ${limits.depth}` })
  if (hasCutColumns) sink.problem({ code: 'too-many-columns', detail: `more than ${limits.columns} key paths` })
}
