import type { Verdict, Witness } from '../model/index.ts'
import type { ExposedStore } from './exposed-store.ts'
import { option, shellWord } from './shell-words.ts'

/** One request that worked while the door was open, as a command, and what it must give once it is shut. */
export interface WitnessCheck {
  readonly command: string
  readonly expected: string
}

const ACCESS_ORDER = ['read', 'list', 'write', 'delete', 'admin'] as const

/** A sentence: which request must be refused afterwards. */
export function refusalOf(store: ExposedStore): string {
  const witness = witnessOf(store)
  if (witness === null) return 'Decide again with ajar reach: every access must come out as none.'
  const check = witnessCheck(store, witness)
  const decideAgain = 'Then decide again with ajar reach: every access must come out as none.'
  return check === null
    ? `${senderOf(witness)} ${witness.action} on ${witness.resource} must be refused. ${decideAgain}`
    : `${check.command} must give ${check.expected}. ${decideAgain}`
}

/** The witness of the first access that has one; reading comes first, since it matters most. */
export function witnessOf({ verdicts }: ExposedStore): Witness | null {
  const open = ACCESS_ORDER.map((access): Verdict => verdicts[access]).find(({ witness }) => witness !== null)
  return open?.witness ?? null
}

/** The check as a command where one that changes nothing exists: nobody tries out a deletion. */
export function witnessCheck(store: ExposedStore, witness: Witness): WitnessCheck | null {
  if (witness.action === 'tcp:connect') return connectionCheck(store, witness)
  if (!store.type.startsWith('AWS::S3::')) return null
  const key = /^arn:[^:]+:s3:::[^/]+\/(.+)$/s.exec(witness.resource)?.[1]
  if (witness.principal.kind === 'anonymous') return anonymousCheck(store, witness.action, key)
  const outside = '--profile A-PROFILE-OF-AN-ACCOUNT-OUTSIDE'
  const bucket = option('bucket', store.name)
  if (witness.action === 's3:GetObject' && key !== undefined) {
    return { command: `aws s3api get-object ${bucket} ${option('key', key)} ${outside} /dev/null`, expected: 'AccessDenied' }
  }
  if (witness.action === 's3:ListBucket')
    return { command: `aws s3api list-objects-v2 ${bucket} --max-items 1 ${outside}`, expected: 'AccessDenied' }
  return null
}

function anonymousCheck(store: ExposedStore, action: string, key: string | undefined): WitnessCheck | null {
  const path = action === 's3:GetObject' && key !== undefined ? key.split('/').map(encodeURIComponent).join('/') : null
  const query = action === 's3:ListBucket' ? '?list-type=2&max-keys=1' : null
  if (path === null && query === null) return null
  const url = `https://s3.${store.region}.amazonaws.com/${encodeURIComponent(store.name)}${path === null ? query : `/${path}`}`
  return { command: `curl --silent --output /dev/null --write-out '%{http_code}' ${shellWord(url)}`, expected: '403' }
}

function connectionCheck(store: ExposedStore, witness: Witness): WitnessCheck {
  const endpoint = store.configuration?.facets.endpoint
  const address =
    endpoint?.status === 'read' && typeof endpoint.value === 'object' && endpoint.value !== null && 'address' in endpoint.value
      ? endpoint.value.address
      : null
  const port = witness.context['tcp:DestinationPort']
  const host = typeof address === 'string' ? address : 'THE-ENDPOINT'
  return {
    command: `nc -z -w 5 ${shellWord(host)} ${shellWord(typeof port === 'string' ? port : 'THE-PORT')}`,
    expected: 'no connection, from a network outside',
  }
}

function senderOf({ principal }: Witness): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'Without credentials,'
    case 'aws':
      return `As ${principal.arn},`
    case 'service':
      return `As ${principal.service},`
    case 'google':
      return `As ${principal.member},`
    case 'entra':
      return `As the identity ${principal.object} of the tenant ${principal.tenant},`
    case 'bearer':
      return `With ${principal.of},`
  }
}
