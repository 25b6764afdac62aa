import type { Json } from '../../../model/index.ts'
import type { JsonObject } from '../json-fields.ts'

/** One recorded configuration with what was written as text inside it decoded. */
export interface ConfigRecord {
  readonly configuration: Json | undefined
  readonly supplementary: JsonObject
  readonly tags: Json | undefined
}
