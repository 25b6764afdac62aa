import { type S3Answer, type S3Request, send } from './s3-client.ts'
import type { Credentials } from './signer.ts'

export const SERVER_NAMES = ['ministack', 'minio', 'versitygw', 'ceph'] as const
export type ServerName = (typeof SERVER_NAMES)[number]

/** What a server has of S3's settings, and how a request is made to look there as its witness describes it. */
interface Ability {
  /** The type by which Ajar knows a bucket of such a store. */
  readonly type: string
  readonly ownerSecret: string
  /** The secret of other accounts, whose access keys are their twelve digits; null where the server has none. */
  readonly outsiderSecret: string | null
  readonly acls: 'full' | 'canned' | 'none'
  readonly ownership: boolean
  readonly publicAccessBlock: boolean
  readonly requestPayment: boolean
  /** Whether users of other accounts or tenants are outsiders there. */
  readonly hasOtherTenants: boolean
  /** Whether a header of its own name sets any condition key. */
  readonly headersSetKeys: boolean
  /** Headers that make the server take a plain request for one over TLS; null where there are none. */
  readonly secure: Readonly<Record<string, string>> | null
}

const ABILITIES: Readonly<Record<ServerName, Ability>> = {
  ministack: {
    type: 'AWS::S3::Bucket',
    ownerSecret: 'test',
    outsiderSecret: 'test',
    acls: 'full',
    ownership: true,
    publicAccessBlock: true,
    requestPayment: false,
    hasOtherTenants: true,
    headersSetKeys: false,
    secure: { 'x-forwarded-proto': 'https' },
  },
  minio: {
    type: 'MinIO::S3::Bucket',
    ownerSecret: 'test-password',
    outsiderSecret: null,
    acls: 'none',
    ownership: false,
    // MinIO takes the removal of a block for the removal of the bucket: it never hears of one.
    publicAccessBlock: false,
    requestPayment: false,
    hasOtherTenants: false,
    headersSetKeys: true,
    secure: null,
  },
  versitygw: {
    type: 'Versitygw::S3::Bucket',
    ownerSecret: 'test-password',
    outsiderSecret: 'test-password',
    acls: 'canned',
    ownership: true,
    publicAccessBlock: false,
    requestPayment: false,
    hasOtherTenants: false,
    headersSetKeys: false,
    secure: null,
  },
  ceph: {
    type: 'Ceph::S3::Bucket',
    ownerSecret: 'test-password',
    outsiderSecret: 'test-password',
    acls: 'full',
    ownership: false,
    publicAccessBlock: true,
    requestPayment: false,
    hasOtherTenants: true,
    headersSetKeys: false,
    secure: null,
  },
}

/** Whose rules verdicts follow: those of AWS, or those of the server's own dialect. */
export type Rules = 'aws' | 'own'

export const OWNER = '111111111111'
export const OUTSIDERS = ['222222222222', '333333333333', '999999999999']

/** A running server that verdicts are compared with. */
export interface Server {
  readonly name: ServerName
  readonly ability: Ability
  readonly owner: Credentials
  /** Someone of that account; null where the server does not know such a one. */
  readonly outsider: (account: string) => Credentials | null
  readonly send: (request: S3Request) => Promise<S3Answer>
  readonly stop: () => Promise<void>
}

interface ServerProgram {
  readonly isInstalled: () => boolean
  readonly start: () => Promise<{ readonly endpoint: string; readonly stop: () => Promise<void> }>
}

async function program(name: ServerName): Promise<ServerProgram> {
  return (await import(new URL(`../../scripts/servers/${name}.mjs`, import.meta.url).href)) as ServerProgram
}

/**
 * The servers to compare with: with AJAR_TEST_SERVERS=1 those that `scripts/servers/install.mjs` has installed, with a list of
 * names exactly these.
 */
export async function wantedServers(): Promise<readonly ServerName[]> {
  const wish = process.env.AJAR_TEST_SERVERS ?? ''
  if (wish !== '1') return SERVER_NAMES.filter((name) => wish.split(',').includes(name))
  const names = SERVER_NAMES.filter((name) => name !== 'ceph' || process.env.AJAR_NIGHTLY)
  const installed = await Promise.all(names.map(async (name) => (await program(name)).isInstalled()))
  return names.filter((_, at) => installed[at])
}

export async function startServer(name: ServerName): Promise<Server> {
  const { endpoint, stop } = await (await program(name)).start()
  const ability = ABILITIES[name]
  const server: Server = {
    name,
    ability,
    owner: { accessKey: OWNER, secret: ability.ownerSecret },
    outsider: (account) =>
      ability.outsiderSecret !== null && OUTSIDERS.includes(account)
        ? { accessKey: account, secret: ability.outsiderSecret }
        : null,
    send: (request) => send(endpoint, name === 'ceph' ? acrossTenants(request) : request),
    stop,
  }
  if (name === 'versitygw') await createUsers(server)
  return server
}

/** Users of other tenants find a bucket of the tenant without a name under `:NAME`. */
function acrossTenants(request: S3Request): S3Request {
  return OUTSIDERS.includes(request.by?.accessKey ?? '') ? { ...request, path: request.path.replace('/', '/:') } : request
}

/** versitygw knows only users that its administrator made; its bucket policies name them by access key. */
async function createUsers(server: Server): Promise<void> {
  for (const account of OUTSIDERS) {
    const body = `<Account><Access>${account}</Access><Secret>${server.ability.outsiderSecret}</Secret><Role>user</Role></Account>`
    const { status, body: answer } = await server.send({ method: 'PATCH', path: '/create-user', body, by: server.owner })
    if (status >= 300) throw new Error(`versitygw makes no user: ${status} ${answer}`)
  }
}
