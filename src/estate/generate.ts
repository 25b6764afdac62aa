import type { Instant } from '../model/index.ts'
import { clearEstateDirectory, writeTruth } from './estate-directory.ts'
import { iso } from './moments.ts'
import { AccessTally } from './truth/access.ts'
import { Census } from './truth/census.ts'
import { type GroundTruth, groundTruth } from './truth/ground-truth.ts'
import { BATCHES } from './world/accounts.ts'
import { populate } from './world/population.ts'
import { STORES } from './world/stores.ts'
import { planVisits } from './world/visits.ts'
import { writeAccessLogs } from './writers/access-logs.ts'
import { writeCloudTrail } from './writers/cloudtrail.ts'
import { writeConfig } from './writers/config.ts'
import { shelveClosedFiles, shelveDealerFiles, shelvePartnerFiles } from './writers/dealer-objects.ts'
import { Delivery } from './writers/delivery.ts'
import { shelveImpersonalObjects } from './writers/impersonal-objects.ts'
import { writeInventories } from './writers/inventory.ts'
import { shelveMapFiles, shelveTripFiles } from './writers/map-objects.ts'
import { writeSavedOutputs } from './writers/saved-outputs.ts'
import { Shelf } from './writers/shelf.ts'

export interface EstateOptions {
  readonly directory: string
  /** Any number; the same seed and scale give the same bytes on any machine. */
  readonly seed: number
  /** 1 is the size of the reference case; it multiplies customers, owners, rows and log lines, not stores. */
  readonly scale: number
  readonly onProgress?: (done: number, total: number, what: string) => void
  readonly signal?: AbortSignal
}

/** The two batches in which the evidence arrives, with the moments at which they were learned. */
export const ESTATE_BATCHES: readonly { readonly name: string; readonly recordedAt: Instant }[] = BATCHES.map(
  ({ name, recordedAt }) => ({
    name,
    recordedAt: iso(recordedAt),
  }),
)

// Progress counts months of the map service, files of logs, and the rest as one step each.
const STEPS = 100

/**
 * Writes the reference estate into DIR/2023-05-12 and DIR/2023-05-31 and the truth about it into DIR.truth.json.
 * EstateDirectoryError where DIR holds something else; the signal's reason when it is aborted.
 */
export async function generateEstate(options: EstateOptions): Promise<GroundTruth> {
  const { directory, seed, scale } = options
  if (!Number.isFinite(scale) || scale <= 0) throw new RangeError(`scale must be a positive number, not ${scale}`)
  const delivery = new Delivery(clearEstateDirectory(directory))
  const population = populate(seed, scale)
  const census = new Census(population.size, STORES)
  const tally = new AccessTally()
  const shelf = new Shelf(delivery, census)
  await walk(options, 0, 50, shelveMapFiles(seed, scale, population.mapCustomerCount, shelf))
  shelveTripFiles(seed, population.mapCustomerCount, shelf)
  shelveDealerFiles(seed, population, shelf)
  shelvePartnerFiles(population, shelf)
  shelveClosedFiles(seed, population, shelf)
  shelveImpersonalObjects(seed, shelf)
  const visits = planVisits(seed, census.objects)
  await walk(options, 55, 95, writeAccessLogs(seed, scale, census.objects, visits, delivery, tally))
  writeInventories(seed, census.objects, delivery)
  writeCloudTrail(seed, census.objects, visits, delivery)
  writeConfig(seed, delivery)
  writeSavedOutputs(delivery)
  const truth = groundTruth(seed, scale, population, census, tally)
  writeTruth(directory, truth)
  options.onProgress?.(STEPS, STEPS, 'truth')
  return truth
}

/** Runs a writer to its end, letting others have a turn and the caller stop it between its files. */
async function walk({ onProgress, signal }: EstateOptions, from: number, to: number, steps: Iterable<string>): Promise<void> {
  let turn = 0
  for (const what of steps) {
    signal?.throwIfAborted()
    turn++
    // How many files a writer will make is not known beforehand; the share comes closer to its end, never past it.
    onProgress?.(from + Math.floor((to - from) * (1 - 1 / (1 + turn / 40))), STEPS, what)
    if (turn % 8 === 0) await new Promise((resume) => setImmediate(resume))
  }
}
