import { compareText, type ContentReport } from '../../model/index.ts'
import type { Knowledge } from './knowledge.ts'

/** One key of a store, as far as the evidence holds copies of it. */
export interface CopiedObject {
  /** Of the first copy. */
  readonly sizeBytes: number
  /** What each distinct content was found to hold: more than one where its bytes changed over time. */
  readonly reports: readonly ContentReport[]
}

/** The copies of a store's objects with what was found in them, by key. */
export function copiedObjects({ copies, reports }: Knowledge, store: string): ReadonlyMap<string, CopiedObject> {
  const byKey = Map.groupBy(copies.get(store) ?? [], ({ key }) => key)
  return new Map(
    [...byKey].map(([key, group]) => {
      const shas = [...new Set(group.map(({ sha256 }) => sha256))].sort(compareText)
      return [key, { sizeBytes: group[0]!.sizeBytes, reports: shas.flatMap((sha256) => reports.get(sha256) ?? []) }]
    }),
  )
}

/** Whether every byte was examined. */
export function isWhole({ bytesRead, sizeBytes }: ContentReport): boolean {
  return bytesRead >= sizeBytes
}
