import type { DataElement } from './content.ts'

/** Distinct people; overlapping counts are never added up. `UNKNOWN` is the market of people no evidence places. */
export interface PeopleCount {
  /** People for whom exposure cannot be excluded. */
  readonly total: number
  /** Of those, the ones whose exposure is proved whatever the uncertain ends were. */
  readonly certain: number
  readonly byMarket: Readonly<Record<string, number>>
}

/** People with exactly this combination of exposed elements; a person is in one set only. */
export interface ElementSetCount {
  readonly elements: readonly DataElement[]
  readonly people: number
  readonly byMarket: Readonly<Record<string, number>>
}

/** What linking refused to do, so that a reader can see where counts might differ. */
export interface LinkingNotes {
  /** Identifiers shared by more customer ids than the cap, by kind: not used for linking. */
  readonly cappedIdentifiers: Readonly<Record<string, number>>
  /** Vehicles whose records name more than one owner. */
  readonly vehiclesWithSeveralOwners: number
  /** Records of such vehicles that name no owner: counted as nobody new. */
  readonly unattributedRecords: number
  readonly shareCap: number
}
