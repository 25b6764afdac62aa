import type { Json, Witness } from '../../src/model/index.ts'
import { BUCKET } from './configure.ts'
import { mentionedKeys, statementsOf } from './policy-words.ts'
import type { S3Request } from './s3-client.ts'
import type { Rules, Server } from './server.ts'

/** A request to send, or why this server cannot be sent such a one. */
export type Sendable = { readonly request: S3Request } | { readonly beyond: string }

/** The request of a witness, made real as far as a server on this machine allows; addresses are put in elsewhere. */
export function requestOf(witness: Witness, server: Server, policy: Json | undefined, rules: Rules): Sendable {
  const mentioned = mentionedKeys(policy)
  const by = signerOf(witness, server, policy, mentioned)
  if (by !== null && 'beyond' in by) return by
  const query: Record<string, string> = {}
  const headers: Record<string, string | readonly string[]> = {}
  for (const [key, value] of Object.entries(witness.context)) {
    const name = key.toLowerCase()
    if (!mentioned.has(name) && !name.startsWith('s3:x-amz-')) continue
    if (rules === 'own' && server.ability.headersSetKeys) {
      Object.assign(headers, headerOfKey(name, value))
      continue
    }
    if (name === 'aws:securetransport') {
      if (value === 'false') continue
      if (server.ability.secure === null) return { beyond: 'no TLS here' }
      Object.assign(headers, server.ability.secure)
    } else if (name === 'aws:referer') headers.referer = String(value)
    else if (name === 'aws:useragent') headers['user-agent'] = String(value)
    else if (/^s3:(prefix|delimiter|max-keys)$/.test(name)) query[name.slice(3)] = String(value)
    else if (/^s3:x-amz-/.test(name)) headers[name.slice(3)] = String(value)
    else if (!SAID_BY_THE_REQUEST_ITSELF.test(name)) return { beyond: `${key} cannot be made here` }
  }
  if (witness.context['aws:ViaAWSService'] === 'true') return { beyond: 'no service forwards requests here' }
  if (witness.context['aws:SourceVpce'] !== undefined) return { beyond: 'no VPC endpoint here' }
  const shape = shapeOf(witness, policy)
  if ('beyond' in shape) return shape
  return {
    request: { ...shape, query: { ...shape.query, ...query }, headers: { ...shape.headers, ...headers }, by: by?.signer ?? null },
  }
}

/** MinIO takes the value of a key from a header of the key's own name, and that of an address from where a proxy would put it. */
function headerOfKey(key: string, value: string | readonly string[]): Readonly<Record<string, string | readonly string[]>> {
  if (key === 'aws:sourceip') return { 'x-forwarded-for': value }
  if (key === 'aws:useragent') return { 'user-agent': value }
  const tag = /^s3:(?:existing|request)objecttag\/(.+)$/.exec(key)
  return tag ? { 'x-amz-tagging': `${tag[1]}=${value}` } : { [key.slice(key.indexOf(':') + 1)]: value }
}

// Keys whose value follows from who sends the request, when, and to what.
const SAID_BY_THE_REQUEST_ITSELF =
  /^(aws:(sourceip|currenttime|epochtime|viaawsservice|resourceaccount|requestedregion|principal.*|userid|username)|s3:(resourceaccount|authtype|signatureversion|signatureage))$/

function signerOf(
  { principal, context }: Witness,
  server: Server,
  policy: Json | undefined,
  mentioned: ReadonlySet<string>,
): { readonly signer: S3Request['by'] } | { readonly beyond: string } | null {
  if (principal.kind === 'anonymous') return null
  if (principal.kind !== 'aws') return { beyond: `nobody here is a ${principal.kind}` }
  const names = JSON.stringify(statementsOf(policy).map(({ Principal, NotPrincipal }) => [Principal, NotPrincipal]))
  // Outsiders here are whole accounts; what tells users and roles apart cannot be made.
  if (/:(user|role|assumed-role|federated-user)\//.test(names)) return { beyond: 'no single users of other accounts here' }
  for (const key of mentioned) {
    if (/^aws:(principalarn|username|userid|principaltype|multifactor|principaltag|tokenissue|federated|sourceid)/.test(key)) {
      return { beyond: `${key} is another one here` }
    }
    if (/^aws:principalorg/.test(key) && context['aws:PrincipalOrgID'] !== undefined) return { beyond: 'no organisations here' }
    if (/^s3:signature|^s3:authtype/.test(key)) return { beyond: `${key} is another one here` }
  }
  const signer = server.outsider(principal.account)
  return signer ? { signer } : { beyond: 'no other accounts here' }
}

/**
 * Servers on top of directories take no key that ends in a slash. Where the policy cannot tell it from a key below it, that one
 * stands for it.
 */
function belowFolders(path: string, policy: Json | undefined): string {
  const resources = statementsOf(policy).flatMap(({ Resource, NotResource }) =>
    [Resource ?? NotResource ?? []].flat().map(String),
  )
  return path.endsWith('/') && !resources.some((glob) => /[/?]$/.test(glob)) ? `${path}leaf` : path
}

type Shape = Pick<S3Request, 'method' | 'path'> & Partial<S3Request>

function shapeOf({ action, resource }: Witness, policy: Json | undefined): Shape | { readonly beyond: string } {
  const bucket = `/${BUCKET}`
  const path = belowFolders(resource.replace('arn:aws:s3:::', '/'), policy)
  switch (action) {
    case 's3:GetObject':
      return { method: 'GET', path }
    case 's3:GetObjectVersion':
      return { method: 'GET', path, query: { versionId: 'null' } }
    case 's3:ListBucket':
      return { method: 'GET', path: bucket }
    case 's3:ListBucketVersions':
      return { method: 'GET', path: bucket, query: { versions: '' } }
    case 's3:PutObject':
      return { method: 'PUT', path, body: 'content' }
    case 's3:DeleteObject':
      return { method: 'DELETE', path }
    case 's3:DeleteObjectVersion':
      return { method: 'DELETE', path, query: { versionId: 'null' } }
    case 's3:PutBucketPolicy':
      return policy
        ? { method: 'PUT', path: bucket, query: { policy: '' }, body: JSON.stringify(policy) }
        : { beyond: 'no policy to put' }
    case 's3:PutBucketAcl':
      return { method: 'PUT', path: bucket, query: { acl: '' }, headers: { 'x-amz-acl': 'private' } }
    default:
      return { beyond: `${action} is not tried` }
  }
}
