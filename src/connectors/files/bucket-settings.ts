import type { Json, Reading } from '../../model/index.ts'
import {
  at,
  booleanOf,
  isObject,
  type JsonObject,
  listAt,
  listOf,
  parseJson,
  pick,
  textAt,
  withCapitalKeys,
} from './json-fields.ts'
import { ABSENT, notRead, read } from './observing.ts'

const MAXIMUM_POLICY_LENGTH = 1024 * 1024

/** A policy from its text; not read, with the reason, where the text is no JSON object. */
export function policyOfText(text: string): Reading<Json> {
  if (text.length > MAXIMUM_POLICY_LENGTH)
    return notRead(`The policy's text is ${text.length} characters long; the provider allows 20 KB.`)
  const policy = parseJson(text)
  return isObject(policy) ? read(policy) : notRead('The policy’s text is not a JSON object.')
}

/** Logging from its two settings: absent where no bucket is named. */
export function logging(bucket: string | null, prefix: string | null): Reading<Json> {
  return bucket === null ? ABSENT : read({ TargetBucket: bucket, TargetPrefix: prefix ?? '' })
}

/** Versioning from its status; a bucket that never had it has none. */
export function versioning(status: string | null, mfaDelete: boolean | null = null): Reading<Json> {
  if (status === null || status === 'Off') return ABSENT
  return read({ Status: status, ...(mfaDelete === null ? {} : { MFADelete: mfaDelete ? 'Enabled' : 'Disabled' }) })
}

/** Who pays for requests. */
export function requestPayment(payer: string | null): Reading<Json> {
  return payer === null ? notRead('Who pays for requests was recorded without its setting.') : read({ Payer: payer })
}

/** Default encryption from rules in any spelling: `{Rules:[{ApplyServerSideEncryptionByDefault:{SSEAlgorithm,KMSMasterKeyID},BucketKeyEnabled}]}`. */
export function encryption(value: Json | undefined): Reading<Json> {
  const rules = listOf(at(value, 'rules') ?? at(value, 'Rules') ?? at(value, 'Rule')).map(encryptionRule)
  if (rules.length === 0 || rules.some((rule) => rule === null))
    return notRead('Default encryption was recorded without its rules.')
  return read({ Rules: rules as JsonObject[] })
}

function encryptionRule(rule: Json): JsonObject | null {
  const byDefault = at(rule, 'applyServerSideEncryptionByDefault') ?? at(rule, 'ApplyServerSideEncryptionByDefault')
  const algorithm = textAt(byDefault, 'sseAlgorithm') ?? textAt(byDefault, 'SSEAlgorithm')
  if (algorithm === null) return null
  const key = textAt(byDefault, 'kmsMasterKeyID') ?? textAt(byDefault, 'KMSMasterKeyID') ?? textAt(byDefault, 'kmsMasterKeyId')
  const bucketKey = booleanOf(at(rule, 'bucketKeyEnabled') ?? at(rule, 'BucketKeyEnabled'))
  return {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, ...(key === null ? {} : { KMSMasterKeyID: key }) },
    ...(bucketKey === null ? {} : { BucketKeyEnabled: bucketKey }),
  }
}

const OWNERSHIPS: ReadonlySet<string> = new Set(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'])

/** Object ownership from its rules in any spelling: the one word. */
export function objectOwnership(value: Json | undefined): Reading<Json> {
  const [rule] = listOf(at(value, 'rules') ?? at(value, 'Rules') ?? at(value, 'Rule'))
  const word = textAt(rule, 'objectOwnership') ?? textAt(rule, 'ObjectOwnership')
  return ownershipWord(word)
}

/** Object ownership from its word. */
export function ownershipWord(word: string | null): Reading<Json> {
  return word !== null && OWNERSHIPS.has(word)
    ? read(word)
    : notRead('Object ownership was recorded with a setting that is not known.')
}

/** A website's settings in the spelling of the command line. */
export function website(value: Json | undefined): Reading<Json> {
  if (!isObject(value)) return notRead('The website was recorded without its settings.')
  const index = textAt(value, 'indexDocumentSuffix') ?? textAt(value, 'IndexDocument', 'Suffix')
  const error = textAt(value, 'errorDocument') ?? textAt(value, 'ErrorDocument', 'Key')
  const redirect = at(value, 'redirectAllRequestsTo') ?? at(value, 'RedirectAllRequestsTo')
  const rules = listAt(value, 'routingRules') ?? listAt(value, 'RoutingRules')
  if (index === null && !isObject(redirect)) return notRead('The website was recorded without its index document.')
  return read({
    ...(index === null ? {} : { IndexDocument: { Suffix: index } }),
    ...(error === null ? {} : { ErrorDocument: { Key: error } }),
    ...(isObject(redirect) ? { RedirectAllRequestsTo: withCapitalKeys(redirect) } : {}),
    ...(rules === null || rules.length === 0 ? {} : { RoutingRules: withCapitalKeys(rules) }),
  })
}

/** Lifecycle rules in the spelling of the source with capital keys. */
export function lifecycle(value: Json | undefined): Reading<Json> {
  const rules = listOf(at(value, 'rules') ?? at(value, 'Rules') ?? at(value, 'Rule'))
  return rules.length === 0 ? ABSENT : read({ Rules: withCapitalKeys(rules) })
}

/** Tags as one object, from a list of `{Key,Value}` in any spelling. */
export function tagsOfList(tags: readonly Json[]): Reading<Json> {
  const pairs = tags.flatMap((tag) => {
    const key = textAt(tag, 'Key') ?? textAt(tag, 'key')
    const value = at(tag, 'Value') ?? at(tag, 'value')
    return key === null ? [] : [[key, typeof value === 'string' ? value : ''] as const]
  })
  return pairs.length === 0 ? ABSENT : read(Object.fromEntries(pairs))
}

/** An access point's settings in the shape of `aws s3control get-access-point`, its policy parsed. */
export function accessPoint(value: Json | undefined): Reading<Json> {
  const capital = withCapitalKeys(value ?? null)
  const policy = textAt(capital, 'Policy')
  const settings = pick(capital, [
    'Name',
    'Bucket',
    'BucketAccountId',
    'NetworkOrigin',
    'VpcConfiguration',
    'PublicAccessBlockConfiguration',
    'Alias',
  ])
  if (policy === null) return read(settings)
  const parsed = policyOfText(policy)
  return parsed.status === 'read' ? read({ ...settings, Policy: parsed.value }) : parsed
}
