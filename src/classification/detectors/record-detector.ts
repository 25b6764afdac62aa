import type { DataElement } from '../../model/index.ts'

/** What the columns of one record were found to hold together. */
export interface RecordFacts {
  readonly hasPlace: boolean
  readonly hasTime: boolean
  /** A vehicle, terminal or customer is named. */
  readonly hasEntity: boolean
}

/** An element that no single value shows, only a record as a whole. */
export interface RecordDetector {
  readonly element: DataElement
  holds(record: RecordFacts): boolean
}
