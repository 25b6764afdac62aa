import type { Access, Json } from '../../../model/index.ts'
import { isRecord } from '../../readings.ts'
import type { Gates, ServicePlace } from './service.ts'

/** Where a store says under which key its data lie, and what that bears on. */
export interface EncryptionQuestion {
  readonly noun: string
  readonly facets: readonly string[]
  readonly accesses: readonly Access[]
  /** What it means that no key is named: one that AWS manages in the account (`managed`), or none that asks for consent. */
  readonly withoutKey: 'managed' | 'none'
}

/**
 * Data under a key are for those whom the key lets in too. The keys that AWS manages in an account (`alias/aws/…`) let no other
 * account in; of a key of one's own, its policy says. Where the key was not read at all, the policy alone is judged.
 */
export function encryptionGates(place: ServicePlace, { noun, facets, accesses, withoutKey }: EncryptionQuestion): Gates {
  if (!accesses.includes(place.access)) return {}
  const facet = facets.map((name) => place.configuration.facets[name]).find((reading) => reading !== undefined)
  if (facet === undefined)
    return {
      remarks:
        withoutKey === 'managed'
          ? [`the key that the ${noun} is encrypted with was not read; it must let the sender in too`]
          : [],
    }
  if (facet.status === 'not-read') return ownKey(place, `the key of the ${noun} was not read`)
  const id = facet.status === 'absent' ? null : keyIn(facet.value)
  if (id === null) return withoutKey === 'managed' ? managed(noun) : {}
  if (/(^|\/)aws\//.test(id)) return managed(noun)
  return ownKey(place, `the ${noun} is encrypted with ${id.slice(0, 120)}, which must let the sender in too`)
}

function managed(noun: string): Gates {
  return { closed: `the ${noun} is encrypted with the key that AWS manages in its account, which lets no other account in` }
}

/** A key of one's own: nobody gets in for certain, and whoever signs may. */
function ownKey({ mode }: ServicePlace, doubt: string): Gates {
  return { doubts: [doubt], refuses: (sender) => mode === 'least' || sender === 'anonymous' }
}

/** The id, alias or ARN of a key, wherever a command prints it. */
function keyIn(json: Json): string | null {
  if (typeof json === 'string') return json === '' ? null : json
  if (!isRecord(json)) return null
  for (const member of [
    'KmsKeyId',
    'KMSMasterKeyArn',
    'KmsMasterKeyId',
    'KeyId',
    'kmsKeyId',
    'SSEDescription',
    'Attributes',
    'StreamDescription',
    'StreamDescriptionSummary',
    'Table',
  ]) {
    const inner = json[member]
    if (inner !== undefined && inner !== null) return keyIn(inner)
  }
  return null
}
