import { epochMs, type Instant } from '../../../model/index.ts'
import type { AddressSet } from '../../engine/addresses.ts'
import { parseAddresses } from '../network/sources.ts'

/** A shared access signature as its token says, without the signature itself. Azure Storage REST: "Create an account SAS" and others. */
export interface SharedAccessToken {
  readonly kind: 'account' | 'service' | 'user-delegation'
  /** Permission letters; null where a stored policy has to give them. */
  readonly permissions: string | null
  readonly startMs: number | null
  readonly expiryMs: number | null
  readonly services: string
  readonly resourceTypes: string
  /** What a service signature is for: `c` container, `b` blob, `d` directory, `s` share, `f` file… */
  readonly signedResource: string
  readonly table: string | null
  readonly addresses: AddressSet | null
  readonly storedPolicy: string | null
  /** The identity whose key signed it, and until when that key is good. */
  readonly delegator: string | null
  readonly keyExpiryMs: number | null
  /** Limits that are read but not modelled. */
  readonly unclear: readonly string[]
  /** The address it came with: host and path; null for a bare token. */
  readonly url: { readonly host: string; readonly path: readonly string[] } | null
}

const MOST_CHARACTERS = 4_096
const PARAMETERS = new Set(
  'sv ss srt sr sp se st sip spr si sig skoid sktid skt ske sks skv sdd ses tn saoid scid rscc rscd rsce rscl rsct'.split(' '),
)

/** Reads a token or an address that carries one; null for what is none. */
export function parseSharedAccessToken(text: string): SharedAccessToken | null {
  if (text.length > MOST_CHARACTERS) return null
  const mark = text.indexOf('?')
  const url = mark > 0 ? addressOf(text.slice(0, mark)) : null
  if (mark > 0 && url === null) return null
  let parameters: URLSearchParams
  try {
    parameters = new URLSearchParams(text.slice(mark + 1).replace(/#.*$/s, ''))
  } catch {
    return null
  }
  const names = [...parameters.keys()]
  if (new Set(names).size !== names.length || !parameters.get('sig') || !parameters.has('sv')) return null
  const moment = (name: string) => momentOf(parameters.get(name))
  const [startMs, expiryMs, keyExpiryMs] = [moment('st'), moment('se'), moment('ske')]
  const sip = parameters.get('sip')
  const addresses = sip === null ? null : parseAddresses(sip)
  const unclear = [
    ...names.filter((name) => !PARAMETERS.has(name) && /^s[a-z]{1,6}$/.test(name)).map((name) => `its parameter ${name}`),
    ...(Number.isNaN(startMs) || Number.isNaN(expiryMs) || Number.isNaN(keyExpiryMs) ? ['a date in it'] : []),
    ...(sip !== null && addresses === null ? ['its range of addresses'] : []),
    ...(['https', 'https,http', 'http,https', null].includes(parameters.get('spr')) ? [] : ['its protocols']),
  ]
  return {
    kind: parameters.has('skoid') ? 'user-delegation' : parameters.has('srt') ? 'account' : 'service',
    permissions: parameters.get('sp') || null,
    startMs,
    expiryMs,
    services: parameters.get('ss') ?? '',
    resourceTypes: parameters.get('srt') ?? '',
    signedResource: parameters.get('sr') ?? '',
    table: parameters.get('tn'),
    addresses,
    storedPolicy: parameters.get('si') || null,
    delegator: parameters.get('skoid'),
    keyExpiryMs,
    unclear,
    url,
  }
}

/** What is said of a token in words; never its signature. */
export function describeToken({ kind, permissions, expiryMs, storedPolicy }: SharedAccessToken): string {
  const word = { account: 'an account', service: 'a service', 'user-delegation': 'a user delegation' }[kind]
  return [
    `${word} shared access signature`,
    ...(permissions === null ? [] : [`with the permissions ${permissions}`]),
    ...(storedPolicy === null ? [] : [`bound to the stored access policy ${storedPolicy}`]),
    ...(expiryMs === null || Number.isNaN(expiryMs) ? [] : [`until ${new Date(expiryMs).toISOString()}`]),
  ]
    .join(' ')
    .slice(0, 300)
}

/** Whether a period holds at a moment: from its start to its expiry, each null where it has none; null where that is not known. */
export function isCurrent(startMs: number | null, expiryMs: number | null, asOf: Instant): boolean | null {
  const now = epochMs(asOf)
  if (startMs !== null && now < startMs) return false
  if (expiryMs !== null && now > expiryMs) return false
  return Number.isNaN(startMs) || Number.isNaN(expiryMs) ? null : true
}

/** Milliseconds of a moment as signatures and stored policies write it; NaN for what is none. */
export function momentOf(text: string | null): number | null {
  if (text === null || text === '') return null
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d))?$/
  const ms = form.test(text) ? Date.parse(text) : Number.NaN
  // Beyond what a date can hold there is nothing to write.
  return Number.isFinite(ms) ? ms : Number.NaN
}

function addressOf(text: string): SharedAccessToken['url'] {
  const match = /^(?:https?:)?\/\/([^/]+)(\/[^#]*)?$/i.exec(text)
  if (!match) return null
  const path = (match[2] ?? '').split('/').filter((part) => part !== '')
  try {
    return { host: match[1]!.toLowerCase(), path: path.map(decodeURIComponent) }
  } catch {
    return null
  }
}
