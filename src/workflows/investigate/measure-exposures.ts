import { heldOverTime, objectExposures, objectPresence } from '../../exposure/index.ts'
import type { History } from '../../history/index.ts'
import {
  type Access,
  type AccessReport,
  compareText,
  type ContentReport,
  type ExposureWindow,
  type Instant,
  type ObjectExposure,
  type ObjectPresence,
  type ResourceRef,
  type ZoneOfTrust,
} from '../../model/index.ts'
import type { Lake } from '../../query-engines/index.ts'
import { countExposedPeople, type ExposedGroup, type PeopleCounts } from './count-exposed-people.ts'
import { type CopiedObject, copiedObjects } from './copied-objects.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Knowledge } from './knowledge.ts'
import type { InvestigateOptions } from './options.ts'
import { reportAccess } from './report-access.ts'

/** What lay behind one open door, who it was about, and who came. */
export interface MeasuredExposure {
  /** Unique in the case; ties it to its counts. */
  readonly id: string
  readonly resource: ResourceRef
  readonly window: ExposureWindow
  /** One entry for each distinct key, in their order. */
  readonly objects: readonly ExposedObject[]
  readonly held: readonly { readonly at: string; readonly share: number }[]
  readonly access: AccessReport
}

export interface ExposedObject {
  readonly key: string
  readonly sizeBytes: number | null
  /** All copies of it in the evidence: more than one where its bytes changed over time. */
  readonly reports: readonly ContentReport[]
  readonly exposures: readonly ObjectExposure[]
}

export interface Measured {
  readonly exposures: readonly MeasuredExposure[]
  readonly people: PeopleCounts
  /** When each object was there, by the store's resource id. */
  readonly presences: ReadonlyMap<string, readonly ObjectPresence[]>
}

interface Given {
  readonly history: History
  readonly lake: Lake
  readonly knowledge: Knowledge
  readonly stores: readonly DecidedStore[]
  readonly zone: ZoneOfTrust
}

/** For every exposure: (store open) ∩ (object present), the people in those objects, and the requests of outsiders. */
export async function measureExposures(given: Given, options: InvestigateOptions): Promise<Measured> {
  const { knowledge, stores } = given
  const presences = new Map(stores.map((store) => [store.resource.id, presencesOf(store, knowledge, options)]))
  const opened = stores.flatMap((store) => openWindows(store, presences.get(store.resource.id) ?? [], knowledge, options.asOf))
  options.onProgress?.({ stage: 'Linking records into people' })
  const people = await countExposedPeople(given, opened.map(groupOf), options)
  const exposures: MeasuredExposure[] = []
  for (const exposure of opened) {
    options.signal?.throwIfAborted()
    options.onProgress?.({ stage: 'Asking the logs who came', done: exposures.length, total: opened.length, unit: 'exposures' })
    exposures.push({ ...exposure, access: await reportAccess(given, exposure, options) })
  }
  return { exposures, people, presences }
}

function presencesOf(
  { resource, existence }: DecidedStore,
  knowledge: Knowledge,
  { asOf }: InvestigateOptions,
): ObjectPresence[] {
  if (resource.type !== 'AWS::S3::Bucket') return []
  const copies = knowledge.copies.get(resource.id) ?? []
  const keys = [...new Set(copies.map(({ key }) => key))].sort(compareText)
  return objectPresence(knowledge.sightings.get(resource.id) ?? [], knowledge.inventories.get(resource.id) ?? [], {
    existence,
    keys,
    asOf,
  })
}

/** What lay behind each window of one store. */
function openWindows(
  { resource, windows }: DecidedStore,
  present: readonly ObjectPresence[],
  knowledge: Knowledge,
  asOf: Instant,
): Omit<MeasuredExposure, 'access'>[] {
  if (windows.length === 0) return []
  const copies = copiedObjects(knowledge, resource.id)
  return windows.map((window, index) => ({
    id: `${resource.id} ${index}`,
    resource,
    window,
    ...objectsBehind(window, present, copies, asOf),
  }))
}

function objectsBehind(
  window: ExposureWindow,
  present: readonly ObjectPresence[],
  copies: ReadonlyMap<string, CopiedObject>,
  asOf: Instant,
): Pick<MeasuredExposure, 'objects' | 'held'> {
  const exposures = Map.groupBy(objectExposures(window, present, { access: dataAccess(window) }), ({ key }) => key)
  const objects = [...exposures].map(([key, stretches]): ExposedObject => {
    const copy = copies.get(key)
    const listed = stretches.find(({ sizeBytes }) => sizeBytes !== null)?.sizeBytes
    return { key, sizeBytes: listed ?? copy?.sizeBytes ?? null, reports: copy?.reports ?? [], exposures: stretches }
  })
  const weights = new Map(objects.map(({ key, reports }) => [key, Math.max(0, ...reports.map(personalRecords))]))
  return { objects, held: heldOverTime(window.window, present, { weightOf: (key) => weights.get(key) ?? 0, asOf }) }
}

/** The access that hands out contents, or failing that the one that hands out names. */
function dataAccess({ verdicts }: ExposureWindow): Access {
  return verdicts.read.audience === 'none' && verdicts.list.audience !== 'none' ? 'list' : 'read'
}

function groupOf({ id, resource, window, objects }: Omit<MeasuredExposure, 'access'>): ExposedGroup {
  const readable = window.verdicts.read.audience !== 'none'
  return {
    id,
    resource,
    audience: window.verdicts.read.audience,
    files: readable
      ? objects.map(({ key, reports, exposures }) => ({
          key,
          contents: reports.map(({ sha256 }) => sha256),
          // Which of several contents was there at the time is not known, so none of them is certain.
          certain: window.certain && reports.length === 1 && exposures.some(({ certain }) => certain),
        }))
      : [],
  }
}

function personalRecords({ elements, recordCount }: ContentReport): number {
  return elements.length === 0 ? 0 : recordCount
}
