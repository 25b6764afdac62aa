import { compareText, type DataElement, ELEMENTS, type ElementFinding } from '../../model/index.ts'

/** What was seen of one element in one column, key path or under one label. */
interface Place {
  readonly named: boolean
  readonly chanceRate: number
  /** Cells that were not empty. */
  tried: number
  hits: number
  /** Over distinct values as they were first seen. */
  strengthSum: number
  values: number
}

/** Counts for each element and place how many values passed, and says with what confidence. */
export class FindingTally {
  readonly #places = new Map<DataElement, Map<string, Place>>()

  place(element: DataElement, where: string, named: boolean, chanceRate: number): Place {
    const places = this.#places.get(element) ?? new Map<string, Place>()
    this.#places.set(element, places)
    const place = places.get(where) ?? { named, chanceRate, tried: 0, hits: 0, strengthSum: 0, values: 0 }
    places.set(where, place)
    return place
  }

  /** Takes in what another tally counted; places of one name are counted together. */
  absorb(other: FindingTally): void {
    for (const [element, places] of other.#places)
      for (const [where, theirs] of places) {
        const ours = this.place(element, where, theirs.named, theirs.chanceRate)
        ours.tried += theirs.tried
        ours.hits += theirs.hits
        ours.strengthSum += theirs.strengthSum
        ours.values += theirs.values
      }
  }

  /** One finding for each element that was found, in the order of ELEMENTS. */
  findings(valuesOf: (element: DataElement) => number, recordsOf: (element: DataElement) => number): ElementFinding[] {
    return ELEMENTS.flatMap((element) => {
      const places = [...(this.#places.get(element) ?? [])].filter(([, place]) => place.hits > 0)
      if (places.length === 0) return []
      const confidence = Math.max(...places.map(([, place]) => confidenceOf(place)))
      return {
        element,
        values: valuesOf(element),
        records: recordsOf(element),
        confidence: Math.round(confidence * 1000) / 1000,
        where: places.map(([where]) => where).sort(compareText),
      }
    })
  }
}

/**
 * Structure, header and agreement of many values are taken as independent hints, of which each leaves the rest of the
 * doubt; what chance would pass is taken off the share of values that did.
 */
function confidenceOf({ named, chanceRate, tried, hits, strengthSum, values }: Place): number {
  const structure = values === 0 ? 0 : strengthSum / values
  const hitRate = tried === 0 ? 1 : Math.min(1, hits / tried)
  const header = named ? 0.85 : 0
  const agreement = !named && values >= 20 && hitRate >= 0.9 && chanceRate < 0.2 ? 0.85 : 0
  const belief = 1 - (1 - structure) * (1 - header) * (1 - agreement)
  const share = named ? 0.6 + 0.4 * hitRate : Math.max(0, (hitRate - chanceRate) / (1 - chanceRate))
  return belief * share
}
