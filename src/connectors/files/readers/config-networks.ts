import type { EvidenceItem } from '../evidence-item.ts'
import { networkReadings } from '../network-settings.ts'
import { type Occasion, observedAll } from '../observing.ts'
import type { ConfigRecord } from './config-record.ts'

/** What AWS Config recorded of a security group, subnet, route table or network ACL. */
export function networkItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  return observedAll(occasion, networkReadings(occasion.resource.type, record.configuration))
}
