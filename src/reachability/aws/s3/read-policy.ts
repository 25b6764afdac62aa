import type { Json } from '../../../model/index.ts'
import type { Known } from '../../readings.ts'
import { type Policy, parsePolicy } from '../policy/document.ts'
import { policyDocument } from './native.ts'

/** A policy in force: as it was written, and as it was understood. */
export interface ReadPolicy {
  readonly policy: Policy
  readonly document: Json
}

/** A policy in one of the shapes in which services print it; null where none is set. */
export function readPolicy(json: Json, name: string): Known<ReadPolicy | null> {
  const document = policyDocument(json)
  if (document === null) return { known: null }
  const parsed = parsePolicy(document, name)
  return 'problem' in parsed ? parsed : { known: { policy: parsed.policy, document } }
}
