import type { Json } from '../../src/model/index.ts'
import type { S3Request } from './s3-client.ts'
import type { Server } from './server.ts'

export const BUCKET = 'bbb'

export type Settings = Readonly<Record<string, Json | undefined>>

type Members = { readonly [key: string]: Json }

/** Creates the bucket that all configurations are put on. */
export async function createBucket(server: Server): Promise<void> {
  const made = await server.send({ method: 'PUT', path: `/${BUCKET}`, by: server.owner })
  if (made.status >= 300) throw new Error(`${server.name} makes no bucket: ${made.status} ${made.body}`)
}

/** Makes sure that the object is there; false where the server takes no such key. */
export async function ensureObject(server: Server, key: string): Promise<boolean> {
  const path = `/${BUCKET}/${key}`
  // Writing it anew would take its ACL away.
  if ((await server.send({ method: 'HEAD', path, by: server.owner })).status < 300) return true
  return (await server.send({ method: 'PUT', path, body: 'content', by: server.owner })).status < 300
}

/** Takes the object away with its ACL, which not every server forgets when the object is written anew. */
export async function forgetObject(server: Server, key: string): Promise<void> {
  await server.send({ method: 'DELETE', path: `/${BUCKET}/${key}`, by: server.owner })
}

/** Puts a configuration on the bucket; the sentence says what of it the server does not have or refuses. */
export async function configure(server: Server, settings: Settings): Promise<string | null> {
  const beyond = beyondAbility(server, settings)
  if (beyond !== null) return beyond
  await reset(server)
  for (const request of await putting(server, settings)) {
    const answer = await server.send({ path: `/${BUCKET}`, by: server.owner, ...request })
    if (answer.status >= 300) return `refused: ${/<Code>([^<]*)/.exec(answer.body)?.[1] ?? answer.status}`
  }
  return null
}

type Putting = Pick<S3Request, 'method'> & Partial<S3Request>

const PRIVATE_ACL: Putting = { method: 'PUT', query: { acl: '' }, headers: { 'x-amz-acl': 'private' } }

async function reset(server: Server): Promise<void> {
  const { acls, ownership, publicAccessBlock, requestPayment } = server.ability
  const steps: readonly Putting[] = [
    { method: 'DELETE', query: { policy: '' } },
    ...(publicAccessBlock ? [{ method: 'DELETE', query: { publicAccessBlock: '' } }] : []),
    ...(ownership ? [ownershipIs('ObjectWriter')] : []),
    ...(acls === 'none' ? [] : [PRIVATE_ACL]),
    ...(requestPayment ? [payerIs('BucketOwner')] : []),
  ]
  for (const step of steps) await server.send({ path: `/${BUCKET}`, by: server.owner, ...step })
}

async function putting(server: Server, settings: Settings): Promise<readonly Putting[]> {
  const { acl, objectAcls, objectOwnership, requestPayment, policy, publicAccessBlock } = settings
  const steps: Putting[] = []
  if (outsideGrants(acl).length > 0) steps.push(await aclIs(server, outsideGrants(acl)))
  for (const { Key, Grants } of (objectAcls ?? []) as readonly { Key: string; Grants: readonly Members[] }[]) {
    await forgetObject(server, Key)
    await ensureObject(server, Key)
    steps.push({ ...(await aclIs(server, Grants)), path: `/${BUCKET}/${Key}` })
  }
  if (server.ability.ownership && typeof objectOwnership === 'string' && objectOwnership !== 'ObjectWriter') {
    steps.push(ownershipIs(objectOwnership))
  }
  if (isRecord(requestPayment) && requestPayment.Payer === 'Requester') steps.push(payerIs('Requester'))
  if (policy) steps.push({ method: 'PUT', query: { policy: '' }, body: JSON.stringify(policy) })
  if (isRecord(publicAccessBlock)) steps.push(blockIs(publicAccessBlock))
  return steps
}

function beyondAbility({ ability }: Server, settings: Settings): string | null {
  for (const name of ['accountPublicAccessBlock', 'encryption', 'accessPoints', 'resourceControlPolicies']) {
    const value = settings[name]
    if (value !== null && value !== undefined && JSON.stringify(value) !== '[]') return `has no ${name}`
  }
  const grants = [
    ...outsideGrants(settings.acl),
    ...((settings.objectAcls ?? []) as readonly { Grants: readonly Members[] }[]).flatMap(({ Grants }) => Grants),
  ]
  if (grants.some((grant) => isRecord(grant.Grantee) && grant.Grantee.URI === undefined)) return 'knows no canonical ids of AWS'
  const aclsCount = settings.objectOwnership !== 'BucketOwnerEnforced'
  if (aclsCount && grants.length > 0 && ability.acls === 'none') return 'has no ACLs'
  if (grants.length > 0 && ability.acls === 'canned' && (settings.objectAcls || cannedAcl(grants) === null)) {
    return 'has only canned ACLs for groups'
  }
  // AWS refuses it; where it is there all the same, ACLs were put first.
  if (settings.objectOwnership === 'BucketOwnerEnforced' && grants.length > 0 && ability.ownership && ability.acls === 'full')
    return 'disables no ACLs that grant'
  const block = settings.publicAccessBlock
  if (isRecord(block) && Object.values(block).includes(true) && !ability.publicAccessBlock) return 'has no public access block'
  const payment = settings.requestPayment
  if (isRecord(payment) && payment.Payer === 'Requester' && !ability.requestPayment) return 'knows no requester who pays'
  return null
}

function outsideGrants(acl: Json | undefined): readonly Members[] {
  const grants = isRecord(acl) && Array.isArray(acl.Grants) ? (acl.Grants as readonly Members[]) : []
  return grants.filter(({ Grantee }) => !(isRecord(Grantee) && Grantee.ID === 'owner'))
}

function cannedAcl(grants: readonly Members[]): string | null {
  const all = grants.every(({ Grantee }) => isRecord(Grantee) && String(Grantee.URI).endsWith('/AllUsers'))
  const permissions = [...new Set(grants.map(({ Permission }) => Permission))].sort().join()
  if (!all) return null
  return { READ: 'public-read', 'READ,WRITE': 'public-read-write' }[permissions] ?? null
}

async function aclIs(server: Server, grants: readonly Members[]): Promise<Putting> {
  const canned = cannedAcl(grants)
  if (server.ability.acls === 'canned') return { method: 'PUT', query: { acl: '' }, headers: { 'x-amz-acl': canned! } }
  const { body } = await server.send({ method: 'GET', path: `/${BUCKET}`, query: { acl: '' }, by: server.owner })
  const owner = /<Owner>.*?<ID>([^<]*)/s.exec(body)?.[1] ?? ''
  const granted = grants.map(
    ({ Grantee, Permission }) =>
      `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>${(Grantee as Members).URI}</URI></Grantee>` +
      `<Permission>${Permission}</Permission></Grant>`,
  )
  const own =
    `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${owner}</ID></Grantee>` +
    '<Permission>FULL_CONTROL</Permission></Grant>'
  return {
    method: 'PUT',
    query: { acl: '' },
    body:
      `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${owner}</ID></Owner>` +
      `<AccessControlList>${own}${granted.join('')}</AccessControlList></AccessControlPolicy>`,
  }
}

function ownershipIs(rule: string): Putting {
  const body = `<OwnershipControls xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ObjectOwnership>${rule}</ObjectOwnership></Rule></OwnershipControls>`
  return { method: 'PUT', query: { ownershipControls: '' }, body }
}

function payerIs(payer: string): Putting {
  const body = `<RequestPaymentConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Payer>${payer}</Payer></RequestPaymentConfiguration>`
  return { method: 'PUT', query: { requestPayment: '' }, body }
}

function blockIs(block: Members): Putting {
  const parts = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map(
    (name) => `<${name}>${block[name] === true}</${name}>`,
  )
  const body = `<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</PublicAccessBlockConfiguration>`
  return { method: 'PUT', query: { publicAccessBlock: '' }, body }
}

export function isRecord(json: unknown): json is Members {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
