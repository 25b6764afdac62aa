import type { Access, Json, Reading } from '../../../model/index.ts'
import { isKnown, isRecord, type Known } from '../../readings.ts'
import { grantsPolicy } from '../key-grants.ts'
import { setting } from '../native.ts'
import { serviceModel } from './decision.ts'
import { key } from './key.ts'
import type { Gates, ServicePlace } from './service.ts'

/** Where a store says under which key its data lie, and what that bears on. */
export interface EncryptionQuestion {
  readonly noun: string
  readonly key: Reading<Json> | undefined
  readonly accesses: readonly Access[]
  /** What it means that no key is named: one that AWS manages in the account (`managed`), or none that asks for consent. */
  readonly withoutKey: 'managed' | 'none'
}

const KEYS = serviceModel(key)

/**
 * Data under a key are for those whom the key lets in too. The keys that AWS manages in an account (`alias/aws/…`) let no other
 * account in; of a key of one's own, its policy says. Where the key was not read at all, the policy alone is judged.
 */
export function encryptionGates(place: ServicePlace, { noun, key: reading, accesses, withoutKey }: EncryptionQuestion): Gates {
  if (!accesses.includes(place.access)) return {}
  if (reading === undefined) {
    const remark = `the key that the ${noun} is encrypted with was not read; it must let the sender in too`
    return withoutKey === 'managed' ? { remarks: [remark] } : {}
  }
  if (reading.status === 'not-read') return ownKey(place, `the key of the ${noun} was not read`)
  const id: Known<string | null> = reading.status === 'absent' ? { known: null } : keyIn(reading.value)
  if (!isKnown(id)) return ownKey(place, `the key of the ${noun} is not understood`)
  if (id.known === null ? withoutKey === 'managed' : /(^|[/:])alias\/aws\//.test(id.known)) return managed(noun)
  return id.known === null ? {} : ofKey(place, noun, id.known)
}

function managed(noun: string): Gates {
  return { closed: `the ${noun} is encrypted with the key that AWS manages in its account, which lets no other account in` }
}

/** A key of one's own that is among the related resources may be known to let nobody outside in: by its policy and its grants. */
function ofKey(place: ServicePlace, noun: string, id: string): Gates {
  const { related, zone, asOf } = place
  const found = related.find(
    ({ resource }) => resource.type === 'AWS::KMS::Key' && (resource.id === id || resource.id.endsWith(`:key/${id}`)),
  )
  if (found && KEYS.decide(found, { zone, asOf, related: [] }).read.audience === 'none') {
    const grants = grantsPolicy(setting(found, 'grants'), `grants of ${id.slice(0, 120)}`)
    if (isKnown(grants))
      return { closed: `the ${noun} is encrypted with ${id.slice(0, 120)}, whose policy and grants let no outsider decrypt` }
    return ownKey(place, `the ${noun} is encrypted with a key that may be opened by a grant: ${grants.problem}`)
  }
  return ownKey(place, `the ${noun} is encrypted with ${id.slice(0, 120)}, which must let the sender in too`)
}

/** A key of one's own: nobody gets in for certain, and whoever signs may. */
function ownKey({ mode }: ServicePlace, doubt: string): Gates {
  return { doubts: [doubt], refuses: (sender) => mode === 'least' || sender === 'anonymous' }
}

const KEY_MEMBERS = ['KmsKeyId', 'kmsKeyId', 'KMSMasterKeyArn', 'KmsMasterKeyId', 'KeyId']
const WRAPPINGS = ['Attributes', 'StreamDescriptionSummary', 'StreamDescription', 'Table', 'SSEDescription']
/** Members of what is printed of a store that has no key of its own to name. */
const ANSWERS = ['ARN', 'QueueArn', 'TopicArn', 'StreamARN', 'TableArn', 'EncryptionType', 'Status']

/** The id, alias or ARN of a key, wherever a command prints it; null where none is named. */
function keyIn(json: Json): Known<string | null> {
  if (typeof json === 'string') return { known: json === '' || json === 'NONE' ? null : json }
  if (!isRecord(json)) return { problem: 'key not understood' }
  const member = [...KEY_MEMBERS, ...WRAPPINGS].find((name) => Object.hasOwn(json, name))
  if (member !== undefined) return json[member] === null ? { known: null } : keyIn(json[member]!)
  return ANSWERS.some((name) => Object.hasOwn(json, name)) ? { known: null } : { problem: 'key not understood' }
}
