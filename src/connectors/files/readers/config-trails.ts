import type { EvidenceItem } from '../evidence-item.ts'
import { isObject, withCapitalKeys } from '../json-fields.ts'
import { notRead, type Occasion, observed, read } from '../observing.ts'
import type { ConfigRecord } from './config-record.ts'

/** What AWS Config recorded of a trail: where it delivers, not what it selects. */
export function trailItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  const { configuration } = record
  const value = isObject(configuration)
    ? read(withCapitalKeys(configuration))
    : notRead('AWS Config recorded the trail without its settings.')
  return [observed(occasion, 'trail', value)]
}
