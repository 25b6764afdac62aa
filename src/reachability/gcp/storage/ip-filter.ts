import type { Json, Reading } from '../../../model/index.ts'
import { ALL_ADDRESSES, NO_ADDRESSES, parseCidr, union } from '../../engine/addresses.ts'
import { isRecord, isTexts, narrowing } from '../../readings.ts'
import { EVERYWHERE, type Sources } from '../perimeter.ts'

/**
 * From where a bucket's IP filter lets requests in (https://cloud.google.com/storage/docs/ip-filtering-overview): addresses on the
 * internet by range, networks by name. A filter only ever narrows; without a record of one there is taken to be none.
 */
export function ipFilterSources(filter: Reading<Json> | undefined, isInside: (project: string) => boolean): Sources {
  const read = narrowing<Json>(filter, 'IP filter', (known) => ({ known }), null)
  if ('problem' in read) return unsure(read.problem)
  if (read.known === null) return EVERYWHERE
  const { mode, publicNetworkSource = null, vpcNetworkSources = [] } = isRecord(read.known) ? read.known : {}
  if (mode === 'Disabled') return EVERYWHERE
  const ranges = isRecord(publicNetworkSource) ? (publicNetworkSource.allowedIpCidrRanges ?? []) : []
  if (mode !== 'Enabled' || !isTexts(ranges) || !Array.isArray(vpcNetworkSources))
    return unsure('the IP filter is not understood')
  const sets = ranges.map(parseCidr)
  if (sets.includes(null)) return unsure('a range of the IP filter is not understood')
  const addresses = union(...sets.map((set) => set ?? NO_ADDRESSES))
  const networks = (vpcNetworkSources as readonly Json[]).map((source) => (isRecord(source) ? String(source.network ?? '') : ''))
  const foreign = networks.filter((network) => !isInside(/projects\/([^/]+)\//.exec(network)?.[1] ?? ''))
  return {
    least: addresses,
    most: foreign.length > 0 ? ALL_ADDRESSES : addresses,
    because: [`the IP filter lets in from the internet ${ranges.length > 0 ? ranges.slice(0, 10).join(', ') : 'nobody'}`],
    unread: foreign.map((network) => `who is in the network ${network}, which the IP filter lets in, is not known`),
  }
}

function unsure(why: string): Sources {
  return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [why] }
}
