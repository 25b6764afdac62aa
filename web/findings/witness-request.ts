import type { ResourceRef, Witness } from '../../src/model/index.ts'

/** A witness as somebody would type it: a command, or null where no person sends such a request. */
export function witnessCommand(witness: Witness, resource: ResourceRef): string | null {
  const { principal, action } = witness
  if (principal.kind === 'service') return null
  if (action === 'tcp:connect') return connection(witness)
  if (!action.startsWith('s3:')) return principal.kind === 'anonymous' ? httpRequest(witness) : null
  return principal.kind === 'anonymous' ? unsignedS3(witness, resource) : signedS3(witness)
}

const METHODS: Readonly<Record<string, string>> = {
  's3:PutObject': 'PUT',
  's3:PutObjectAcl': 'PUT',
  's3:PutBucketAcl': 'PUT',
  's3:PutBucketPolicy': 'PUT',
  's3:PutBucketPublicAccessBlock': 'PUT',
  's3:DeleteObject': 'DELETE',
  's3:DeleteObjectVersion': 'DELETE',
  's3:DeleteBucketPolicy': 'DELETE',
}
const SUBRESOURCES: Readonly<Record<string, string>> = {
  's3:ListBucketVersions': 'versions',
  's3:PutObjectAcl': 'acl',
  's3:PutBucketAcl': 'acl',
  's3:PutBucketPolicy': 'policy',
  's3:DeleteBucketPolicy': 'policy',
  's3:PutBucketPublicAccessBlock': 'publicAccessBlock',
}
const BODIES: Readonly<Record<string, string>> = {
  's3:PutObject': 'FILE',
  's3:PutBucketPolicy': 'POLICY.json',
  's3:PutBucketPublicAccessBlock': 'BLOCK.xml',
}

/** A request without credentials to the store's own address, with the headers that the witness carries. */
function unsignedS3({ action, resource, context }: Witness, { region }: ResourceRef): string {
  const [, bucket, key] = /^arn:[^:]+:s3:::([^/]+)(?:\/(.*))?$/s.exec(resource) ?? [undefined, resource, undefined]
  const scheme = one(context['aws:SecureTransport']) === 'false' ? 'http' : 'https'
  const path = (key ?? '').split('/').map(encodeURIComponent).join('/')
  const query = [
    SUBRESOURCES[action] ?? (action === 's3:ListBucket' ? 'list-type=2' : null),
    ...['prefix', 'delimiter', 'max-keys'].map((name) => parameter(name, context[`s3:${name}`])),
    parameter('versionId', context['s3:VersionId']),
  ].filter((part) => part !== null)
  const host = region === '' ? 's3.amazonaws.com' : `s3.${region}.amazonaws.com`
  // A name with dots is not covered by the certificate of a host of its own.
  const address = bucket!.includes('.') ? `${host}/${bucket}` : `${bucket}.${host}`
  const url = `${scheme}://${address}/${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const method = METHODS[action]
  return [
    'curl -s',
    ...(method ? [`-X ${method}`] : []),
    ...(BODIES[action] ? [`--data-binary @${BODIES[action]}`] : []),
    ...headers(context),
    quoted(url),
  ].join(' ')
}

/** The headers that put the witness's values into a request. */
function headers(context: Witness['context']): string[] {
  return Object.entries(context).flatMap(([key, value]) => {
    const name = HEADERS[key.toLowerCase()] ?? /^s3:(x-amz-.*)$/i.exec(key)?.[1]
    return name === undefined ? [] : [`-H ${quoted(`${name}: ${[value].flat().join(', ')}`)}`]
  })
}

const HEADERS: Readonly<Record<string, string>> = { 'aws:referer': 'Referer', 'aws:useragent': 'User-Agent' }

const OPERATIONS: Readonly<Record<string, string>> = {
  's3:GetObject': 'get-object',
  's3:GetObjectVersion': 'get-object',
  's3:ListBucket': 'list-objects-v2',
  's3:ListBucketVersions': 'list-object-versions',
  's3:PutObject': 'put-object',
  's3:DeleteObject': 'delete-object',
  's3:DeleteObjectVersion': 'delete-object',
  's3:PutBucketPolicy': 'put-bucket-policy',
  's3:DeleteBucketPolicy': 'delete-bucket-policy',
  's3:PutBucketAcl': 'put-bucket-acl',
  's3:PutObjectAcl': 'put-object-acl',
  's3:PutBucketPublicAccessBlock': 'put-public-access-block',
}

/** The same with an identity's credentials, which stand in a profile of the caller's. */
function signedS3({ action, resource, context }: Witness): string | null {
  const operation = OPERATIONS[action]
  if (!operation) return null
  const [, bucket, key] = /^arn:[^:]+:s3:::([^/]+)(?:\/(.*))?$/s.exec(resource) ?? [undefined, resource, undefined]
  const prefix = one(context['s3:prefix'])
  const acl = one(context['s3:x-amz-acl'])
  return [
    `aws s3api ${operation} --bucket ${quoted(bucket!)}`,
    ...(key === undefined ? [] : [`--key ${quoted(key)}`]),
    ...(prefix === undefined || prefix === '' ? [] : [`--prefix ${quoted(prefix)}`]),
    ...(acl === undefined ? [] : [`--acl ${acl}`]),
    ...(operation === 'get-object' ? ['OUTPUT'] : []),
    ...(BODIES[action] ? [`--${action === 's3:PutBucketPolicy' ? 'policy file://' : 'body '}${BODIES[action]}`] : []),
    '--profile OUTSIDER',
  ].join(' ')
}

function connection({ resource, context }: Witness): string {
  return `nc -z -w 5 ${quoted(resource.split(':').at(-1)!)} ${one(context['tcp:DestinationPort']) ?? 'PORT'}`
}

function httpRequest({ resource }: Witness): string | null {
  return /^https?:\/\//.test(resource) ? `curl -s ${quoted(resource)}` : null
}

function parameter(name: string, value: string | readonly string[] | undefined): string | null {
  const text = one(value)
  return text === undefined ? null : `${name}=${encodeURIComponent(text)}`
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

/** A word of a shell that means itself. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
