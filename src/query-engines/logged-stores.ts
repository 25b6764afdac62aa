import { HOUR_MS } from '../forensics/index.ts'
import { instant } from '../model/index.ts'
import { type DuckDbSession, epochMsOf } from './duckdb-session.ts'
import * as queries from './queries/survey-queries.ts'
import type { LoggedStore, StoreHours } from './survey-query.ts'

/** Stores that the logs hold lines of, by store and kind. */
export async function loggedStores(session: DuckDbSession): Promise<readonly LoggedStore[]> {
  const stores: LoggedStore[] = []
  await session.columns(queries.loggedStores, [], (columns, rowCount) => {
    for (let row = 0; row < rowCount; row++) {
      const [kind, bucket, resource, first, last, lines] = columns.map((column) => column[row])
      stores.push({
        kind: kind as string,
        bucket: bucket as string,
        resource: resource as string | null,
        first: instant(epochMsOf(first)),
        last: instant(epochMsOf(last)),
        lines: Number(lines),
      })
    }
  })
  return stores
}

/** Hours in which each kind of log holds lines of each store, and the files that hold lines of several hours. */
export async function storeHours(session: DuckDbSession): Promise<readonly StoreHours[]> {
  const found = new Map<string, { bucket: string; kind: string; observed: number[]; files: { first: number; last: number }[] }>()
  const entry = (bucket: string, kind: string) => {
    const name = JSON.stringify([bucket, kind])
    const known = found.get(name) ?? { bucket, kind, observed: [], files: [] }
    found.set(name, known)
    return known
  }
  await session.columns(queries.hoursOfStores, [], ([buckets, kinds, hours], rowCount) => {
    for (let row = 0; row < rowCount; row++)
      entry(buckets![row] as string, kinds![row] as string).observed.push(epochMsOf(hours![row]) / HOUR_MS)
  })
  await session.columns(queries.hoursOfFiles, [], ([buckets, kinds, firsts, lasts], rowCount) => {
    for (let row = 0; row < rowCount; row++)
      entry(buckets![row] as string, kinds![row] as string).files.push({
        first: epochMsOf(firsts![row]) / HOUR_MS,
        last: epochMsOf(lasts![row]) / HOUR_MS,
      })
  })
  return [...found.values()]
}
