import type { Json, Reading, ResourceConfiguration } from '../../model/index.ts'
import { isRecord } from '../readings.ts'

/** Facets that hold a whole description of the resource, as `describe` prints it or the asset inventory delivers it. */
const DESCRIPTIONS = ['description', 'data', 'bucket']

/**
 * A setting of a resource under the first of its names that the record has: by itself, or inside a whole description. The command
 * line spells the fields of the interface `like_this`.
 */
export function facetOf({ facets }: ResourceConfiguration, ...names: readonly string[]): Reading<Json> | undefined {
  const spellings = [...names, ...names.map(snakeCase)]
  for (const name of spellings) if (Object.hasOwn(facets, name)) return facets[name]
  for (const description of DESCRIPTIONS) {
    const reading = Object.hasOwn(facets, description) ? facets[description] : undefined
    if (reading?.status !== 'read' || !isRecord(reading.value)) continue
    const record = isRecord(reading.value.data) ? reading.value.data : reading.value
    for (const name of spellings) {
      const value = Object.hasOwn(record, name) ? record[name] : undefined
      if (value !== undefined) return value === null ? { status: 'absent' } : { status: 'read', value }
    }
  }
  return undefined
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
