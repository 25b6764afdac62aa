import { compareText, type Facet, type Json, type Observation, type Reading } from '../model/index.ts'

const NAMES: Readonly<Record<Facet, string>> = {
  policy: 'policy',
  acl: 'access control list',
  objectAcls: 'object access control lists',
  publicAccessBlock: 'public access block',
  accountPublicAccessBlock: "account's public access block",
  objectOwnership: 'object ownership',
  encryption: 'encryption',
  requestPayment: 'requester pays',
  website: 'website hosting',
  accessPoints: 'access points',
  resourceControlPolicies: 'resource control policies',
}

const SOURCES: Readonly<Record<Observation['source'], string>> = {
  'aws-config': 'AWS Config',
  cloudtrail: 'CloudTrail',
  'aws-cli': 'The AWS command line',
  's3-inventory': 'S3 Inventory',
  'aws-organizations': 'AWS Organizations',
  provider: 'The provider’s history of the setting',
}

const GROUPS = /(?:groups\/(?:global|s3)\/|")(AllUsers|AuthenticatedUsers)\b/g
const BLOCKS = ['blockpublicacls', 'ignorepublicacls', 'blockpublicpolicy', 'restrictpublicbuckets']

export function nameOfFacet(facet: Facet): string {
  const [name = facet, resource] = splitFacet(facet)
  const words = NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return resource === undefined ? words : `${words} of ${resource}`
}

export function nameOfSource(source: Observation['source']): string {
  return SOURCES[source]
}

/** A mark's text: what the facet was set to, in a few words, such as `policy: Principal *` or `public access block on`. */
export function describeSetting(facet: Facet, reading: Reading<Json>): string {
  const name = nameOfFacet(facet)
  if (reading.status === 'not-read') return `${name}: changed, not read`
  if (/[pP]ublicAccessBlock$/.test(facet)) return `${name} ${blockWord(reading)}`
  if (reading.status === 'absent') return `${name}: none`
  if (facet === 'policy') return `${name}: ${principalsOf(asDocument(reading.value))}`
  if (facet === 'acl' || facet === 'objectAcls') return `${name}: ${groupsOf(reading.value)}`
  if (facet === 'snapshotAttributes') return `${name}: ${sharedWith(reading.value)}`
  return `${name}: ${shortValue(reading.value)}`
}

function splitFacet(facet: Facet): [string, string | undefined] {
  const colon = facet.indexOf(':')
  return colon < 0 ? [facet, undefined] : [facet.slice(0, colon), facet.slice(colon + 1)]
}

function blockWord(reading: Reading<Json>): string {
  if (reading.status !== 'read' || !isObject(reading.value)) return 'off'
  const on = Object.entries(flattenOnce(reading.value)).filter(
    ([key, value]) => BLOCKS.includes(key.toLowerCase()) && String(value).toLowerCase() === 'true',
  )
  return on.length === 0 ? 'off' : on.length >= BLOCKS.length ? 'on' : 'partly on'
}

/** The settings may stand in a wrapper, as `aws s3api get-public-access-block` prints them. */
function flattenOnce(value: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  const [only, ...others] = Object.values(value)
  return only !== undefined && others.length === 0 && isObject(only) ? only : value
}

/** A policy may come as its text, or in a wrapper with its text. */
function asDocument(value: Json): Json {
  if (typeof value === 'string') {
    try {
      return asDocument(JSON.parse(value) as Json)
    } catch {
      return null
    }
  }
  if (!isObject(value)) return value
  const inner = value.policyText ?? value.Policy
  return typeof inner === 'string' ? asDocument(inner) : value
}

function principalsOf(document: Json): string {
  if (!isObject(document)) return 'not a policy document'
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement ?? null]
  const allows = statements.filter((statement): statement is { readonly [key: string]: Json } => isAllow(statement))
  if (allows.some((statement) => statement.NotPrincipal !== undefined)) return 'NotPrincipal'
  const principals = allows.flatMap((statement) => namesIn(statement.Principal ?? null))
  if (principals.includes('*')) {
    const conditional = allows
      .filter((statement) => namesIn(statement.Principal ?? null).includes('*'))
      .every((s) => s.Condition !== undefined)
    return conditional ? 'Principal * under conditions' : 'Principal *'
  }
  const distinct = new Set(principals).size
  return distinct === 0 ? 'grants nobody' : distinct === 1 ? '1 named principal' : `${distinct} named principals`
}

function isAllow(statement: Json): boolean {
  return isObject(statement) && statement.Effect === 'Allow'
}

function namesIn(principal: Json): string[] {
  if (typeof principal === 'string') return [principal]
  if (Array.isArray(principal)) return principal.flatMap(namesIn)
  return isObject(principal) ? Object.values(principal).flatMap(namesIn) : []
}

function groupsOf(value: Json): string {
  const groups = new Set([...JSON.stringify(value).matchAll(GROUPS)].map((match) => match[1] ?? ''))
  if (groups.size === 0) return 'no public group'
  return groups.has('AllUsers') ? 'everyone' : 'any AWS account'
}

function sharedWith(value: Json): string {
  const restore = isObject(value) && Array.isArray(value.restore) ? value.restore : []
  if (restore.includes('all')) return 'shared with all accounts'
  return restore.length === 0
    ? 'shared with nobody'
    : restore.length === 1
      ? 'shared with 1 account'
      : `shared with ${restore.length} accounts`
}

/** A plain value as it is; of a structure the algorithms or address ranges it names; failing that, that it is set. */
function shortValue(value: Json): string {
  if (value === null || typeof value !== 'object') return shortened(String(value))
  const telling = [...JSON.stringify(value).matchAll(/"(?:sseAlgorithm|CidrIp|CidrIpv6|Payer)":"([^"]+)"/gi)].map(
    (match) => match[1] ?? '',
  )
  return telling.length === 0 ? 'set' : shortened([...new Set(telling)].sort(compareText).join(', '))
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
