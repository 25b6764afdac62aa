/**
 * From when on reading is called bulk reading or probing. The numbers are Ajar's own: high enough that a person who clicks
 * through pages stays below, low enough that a program which fetches a store does not. They are printed with every finding.
 */
export const BULK_THRESHOLDS = {
  /** Distinct keys that one source read within one hour of the clock. */
  keysReadInAnHour: 100,
  /** Distinct keys that one source was refused, or that were not there, within one hour of the clock. */
  keysMissedInAnHour: 50,
  /** Requests of one source, in order of time, whose key is that of the request before with its last number one higher. */
  sequentialKeys: 20,
  /** Distinct keys that one source read within a day of having listed names. */
  keysReadAfterListing: 10,
} as const

export type BulkPattern = 'bulk-reading' | 'listed-then-read' | 'sequential-keys' | 'key-guessing'

/** What a pattern means and from when on it is called so, in a sentence. */
export function describePattern(pattern: BulkPattern, keys: number): string {
  switch (pattern) {
    case 'bulk-reading':
      return `read ${keys} distinct keys within one hour (called bulk reading from ${BULK_THRESHOLDS.keysReadInAnHour})`
    case 'listed-then-read':
      return `listed names, then read ${keys} distinct keys within a day (told from ${BULK_THRESHOLDS.keysReadAfterListing})`
    case 'sequential-keys':
      return `asked for ${keys} keys each numbered one higher than the key before (told from ${BULK_THRESHOLDS.sequentialKeys})`
    case 'key-guessing':
      return `asked for ${keys} distinct keys within one hour that were refused or not there (told from ${BULK_THRESHOLDS.keysMissedInAnHour})`
  }
}

/** How much of an object was handed out. `pieces`: no answer held all of it, but together they are as long as it is. */
export type Taken = 'whole' | 'part' | 'pieces' | 'unknown'

export interface BytesTaken {
  /** The object's size as the logs give it; null where none does. */
  readonly sizeBytes: number | null
  /** The most that one answer held; null where no log says. */
  readonly largestAnswer: number | null
  readonly allAnswers: number | null
}

/** Whole or in part, by what was sent against the object's size. An empty object cannot be taken in part. */
export function takenOf({ sizeBytes, largestAnswer, allAnswers }: BytesTaken): Taken {
  if (sizeBytes === null || sizeBytes === undefined || largestAnswer === null) return 'unknown'
  if (largestAnswer >= sizeBytes) return 'whole'
  return (allAnswers ?? 0) >= sizeBytes ? 'pieces' : 'part'
}
