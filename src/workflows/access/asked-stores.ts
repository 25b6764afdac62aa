import { spannedHours, type DeliveredHours } from '../../forensics/index.ts'
import { compareText, epochMs, earliest, type Instant, instant, latest, type Observation } from '../../model/index.ts'
import type { LoggedStore, StoreHours } from '../../query-engines/index.ts'

/** A store that the question is about. */
export interface AskedStore {
  readonly resource: string
  /** As its log names it. */
  readonly name: string
  /** First and last record over all its logs; null where no log names it. */
  readonly seen: { readonly first: Instant; readonly last: Instant } | null
  readonly lines: number
}

/** Every store that the logs name, or the one asked for. */
export function askedStores(
  logged: readonly LoggedStore[],
  resource: string | null,
  loggingHistory: readonly Observation[],
): readonly AskedStore[] {
  const stores = [...Map.groupBy(logged, ({ bucket }) => bucket)].map(([name, kinds]) => storeOf(name, kinds))
  if (resource === null) return stores.sort((a, b) => compareText(a.resource, b.resource))
  const name = storeNameIn(resource)
  const found = stores.find((store) => store.resource === resource || store.name === resource || store.name === name)
  if (found) return [found]
  const configured = loggingHistory.find(({ resource: { id, name: own } }) => id === resource || own === resource)
  return [{ resource: configured?.resource.id ?? resource, name, seen: null, lines: 0 }]
}

/** Where each log holds lines of a store. */
export function deliveredHours(hours: readonly StoreHours[], name: string): readonly DeliveredHours[] {
  return hours
    .filter(({ bucket }) => bucket === name)
    .map(({ kind, observed, files }) => ({ source: sourceOfKind(kind), observed, spanned: spannedHours(files) }))
}

/** The period of a question: as asked, or from the hour of the first record through that of the last; null where nothing tells. */
export function periodOf(
  asked: { readonly from: Instant | null; readonly to: Instant | null },
  stores: readonly AskedStore[],
): { readonly from: Instant; readonly to: Instant } | null {
  const seen = stores.flatMap((store) => store.seen ?? [])
  const first = seen.map(({ first }) => first).reduce<Instant | null>((a, b) => (a === null ? b : earliest(a, b)), null)
  const last = seen.map(({ last }) => last).reduce<Instant | null>((a, b) => (a === null ? b : latest(a, b)), null)
  const from = asked.from ?? (first && instant(hourOf(first) * HOUR_MS))
  const to = asked.to ?? (last && instant((hourOf(last) + 1) * HOUR_MS))
  return from === null || to === null || epochMs(from) >= epochMs(to) ? null : { from, to }
}

const HOUR_MS = 3_600_000

function hourOf(moment: Instant): number {
  return Math.floor(epochMs(moment) / HOUR_MS)
}

function storeOf(name: string, kinds: readonly LoggedStore[]): AskedStore {
  const [one, ...others] = kinds
  const given = kinds.find(({ resource }) => resource !== null)?.resource
  const isBucket = kinds.some(({ kind }) => BUCKET_SOURCES.includes(sourceOfKind(kind)))
  return {
    resource: given ?? (isBucket ? `arn:aws:s3:::${name}` : name),
    name,
    seen: {
      first: earliest(one!.first, ...others.map(({ first }) => first)),
      last: latest(one!.last, ...others.map(({ last }) => last)),
    },
    lines: kinds.reduce((sum, { lines }) => sum + lines, 0),
  }
}

const BUCKET_SOURCES = ['s3-access-log', 'cloudtrail-data-events']

/** CloudTrail's events come in several wrappings; whatever the wrapping, they are one source. */
function sourceOfKind(kind: string): string {
  return /^(?:cloudtrail|security-lake|ocsf)/.test(kind) ? 'cloudtrail-data-events' : kind
}

/** The name of a bucket in what a person types: `arn:aws:s3:::name/key`, `s3://name/`, or the name itself. */
export function storeNameIn(resource: string): string {
  return /^(?:arn:[^:]+:s3:::|s3:\/\/)([^/]+)/.exec(resource)?.[1] ?? resource
}
