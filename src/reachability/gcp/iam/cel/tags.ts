import type { Json } from '../../../../model/index.ts'
import { isKnown, isRecord, type Known } from '../../../readings.ts'
import { type CelValue, ERROR, type Outcome, asValue } from './values.ts'

/** A tag that holds for a resource, its own or inherited: `123/env` and `123/env/prod`, with the permanent ids. */
export interface Tag {
  readonly key: string
  readonly value: string
  readonly keyId: string
  readonly valueId: string
}

/** Reads effective tags as `gcloud resource-manager tags bindings list --effective --format=json` prints them. */
export function parseTags(json: Json): Known<readonly Tag[]> {
  const entries = isRecord(json) ? json.effectiveTags : json
  if (!Array.isArray(entries)) return { problem: 'the effective tags are not understood' }
  const tags: Tag[] = []
  for (const entry of entries as readonly Json[]) {
    const {
      namespacedTagKey: key,
      namespacedTagValue: value,
      tagKey: keyId = '',
      tagValue: valueId = '',
    } = isRecord(entry) ? entry : {}
    if (typeof key !== 'string' || typeof value !== 'string' || typeof keyId !== 'string' || typeof valueId !== 'string') {
      return { problem: 'the effective tags are not understood' }
    }
    tags.push({ key, value, keyId, valueId })
  }
  return { known: tags }
}

/** `resource.matchTag('123/env', 'prod')`, `matchTagId`, `hasTagKey` and `hasTagKeyId`; other methods are not known. */
export function tagQuestion(name: string, args: readonly CelValue[], tags: Known<readonly Tag[]>): Outcome {
  const test = TESTS[name]
  if (!test) return { kind: 'unknown', what: '' }
  if (args.length !== test.arguments || !args.every((argument) => typeof argument === 'string')) return ERROR
  if (!isKnown(tags)) return { kind: 'unknown', what: tags.problem }
  return asValue(tags.known.some((tag) => test.holds(tag, ...(args as readonly string[]))))
}

interface TagTest {
  readonly arguments: number
  readonly holds: (tag: Tag, key?: string, value?: string) => boolean
}

const TESTS: Readonly<Record<string, TagTest>> = {
  matchTag: { arguments: 2, holds: (tag, key, value) => tag.key === key && tag.value === `${key}/${value}` },
  matchTagId: { arguments: 2, holds: (tag, key, value) => tag.keyId === key && tag.valueId === value },
  hasTagKey: { arguments: 1, holds: (tag, key) => tag.key === key },
  hasTagKeyId: { arguments: 1, holds: (tag, key) => tag.keyId === key },
}
