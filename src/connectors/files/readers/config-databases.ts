import { databaseReadings, databaseSnapshotReadings } from '../database-settings.ts'
import type { EvidenceItem } from '../evidence-item.ts'
import { at } from '../json-fields.ts'
import { type Occasion, observedAll } from '../observing.ts'
import type { ConfigRecord } from './config-record.ts'

/** What AWS Config recorded of a database instance or cluster. */
export function databaseItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  return observedAll(occasion, databaseReadings(record.configuration))
}

/** What AWS Config recorded of a snapshot: the attributes, where it wrote them, say who may restore it. */
export function databaseSnapshotItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  const { supplementary, configuration } = record
  const attributes = at(supplementary, 'DBSnapshotAttributes') ?? at(supplementary, 'DBClusterSnapshotAttributes')
  return observedAll(occasion, databaseSnapshotReadings(configuration, attributes))
}
