import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerReachQuestion, parseReachQuestion } from '../../src/reachability/index.ts'
import type { Verdicts } from '../../src/model/index.ts'
import { KNOWN_DIFFERENCES } from './known-differences.ts'
import { ACCOUNT, type BlobRequest, type BlobServer, isWanted, KEY, startAzurite } from './server.ts'
import { accountToken, type Parameters, serviceToken } from './signing.ts'

const LEVELS = ['none', 'blob', 'container'] as const
type Level = (typeof LEVELS)[number]

const BY = { account: ACCOUNT, key: KEY }
const PAST = '2000-01-01T00:00:00Z'
const FUTURE = '2099-01-01T00:00:00Z'
const AS_OF = '2026-06-01T00:00:00Z'
/** The stored access policies of every container. */
const POLICIES = {
  current: { permission: 'rl', start: PAST, expiry: FUTURE },
  ended: { permission: 'rl', start: PAST, expiry: '2001-01-01T00:00:00Z' },
  ahead: { permission: 'rl', start: '2098-01-01T00:00:00Z', expiry: FUTURE },
}
const ACCESSES = ['read', 'list', 'write', 'delete'] as const
type Tried = (typeof ACCESSES)[number]

// Needs the npm registry once: AJAR_TEST_SERVERS=1, or AJAR_TEST_SERVERS=azurite.
describe.skipIf(!isWanted())('verdicts for Azure against Azurite', { timeout: 600_000 }, () => {
  let server: BlobServer
  beforeAll(async () => {
    server = await startAzurite()
    for (const level of LEVELS) await fill(server, level)
  }, 600_000)
  afterAll(() => server?.stop())

  it.each(LEVELS.flatMap((level) => ACCESSES.map((access) => ({ level, access }))))(
    'anonymous $access of a container of level $level',
    async ({ level, access }) => {
      const { audience, witness } = verdicts(level, [])[access]
      expect(audience === 'anyone').toBe(await succeeds(server, level, access, ''))
      if (witness) expect(await server.send({ method: 'GET', path: pathOf(witness.resource) })).toBe(200)
    },
  )

  it('tokens of every kind', async () => {
    const tokens = fc.sample(randomToken, { numRuns: process.env.AJAR_NIGHTLY ? 1_500 : 250, seed: 3 })
    const counts = { agree: 0, open: 0 }
    for (const parameters of tokens) {
      const text = sign(parameters)
      const place = parameters.kind === 'other' ? 'blob' : parameters.kind === 'blob' ? 'none/x' : 'none'
      const decided = verdicts('none', [`https://${ACCOUNT}.blob.core.windows.net/${place}?${text}`])
      for (const access of ACCESSES) {
        // The server speaks HTTP, the witness of a verdict HTTPS: a signature for HTTPS alone has to fail here.
        const isOpen = decided[access].audience === 'named' && parameters.spr !== 'https'
        const answer = await succeeds(server, 'none', access, text)
        expect({ parameters, access, audience: decided[access].audience, isOpen }).toEqual({
          parameters,
          access,
          audience: decided[access].audience,
          isOpen: answer,
        })
        counts.agree++
        counts.open += answer ? 1 : 0
      }
    }
    console.log(`${counts.agree} verdicts on signatures agree with Azurite, ${counts.open} of them open`)
    expect(counts.open).toBeGreaterThan(tokens.length / 5)
  })

  it('a verdict takes a signature for genuine, and the server refuses one that was changed', async () => {
    const genuine = serviceToken('none', null, { sp: 'r', se: FUTURE }, BY)
    expect(await succeeds(server, 'none', 'read', genuine)).toBe(true)
    expect(await succeeds(server, 'none', 'read', genuine.replace('2099', '2098'))).toBe(false)
    expect(await succeeds(server, 'none', 'list', genuine.replace('sp=r', 'sp=rl'))).toBe(false)
  })

  it(`still differs: ${KNOWN_DIFFERENCES.addresses}`, async () => {
    const text = serviceToken('none', null, { sp: 'r', se: FUTURE, sip: '198.51.100.7' }, BY)
    expect(await succeeds(server, 'none', 'read', text)).toBe(true)
  })

  it(`still differs: ${KNOWN_DIFFERENCES.accessPolicies}`, async () => {
    const path = 'container?restype=container&comp=acl'
    expect(await server.send({ method: 'GET', path })).toBe(200)
  })
})

const randomToken: fc.Arbitrary<Parameters> = fc
  .record({
    kind: fc.constantFrom('container', 'blob', 'other', 'account'),
    sp: fc.option(
      fc.subarray(['r', 'a', 'c', 'w', 'd', 'l'], { minLength: 1 }).map((letters) => letters.join('')),
      { nil: '' },
    ),
    st: fc.constantFrom('', '', PAST, FUTURE),
    se: fc.constantFrom(FUTURE, FUTURE, FUTURE, PAST, ''),
    si: fc.constantFrom('', '', 'current', 'ended', 'ahead', 'missing'),
    spr: fc.constantFrom('', 'https,http', 'https'),
    ss: fc.constantFrom('b', 'bq', 'qt'),
    srt: fc.constantFrom('o', 'c', 'co', 's', 'sco'),
  })
  .map(({ kind, ss, srt, sp, se, st, si, spr }): Record<string, string> => {
    if (kind === 'account') return { kind, ss, srt, sp: sp || 'r', se: se || FUTURE, st, spr }
    // What a stored policy says may not be said again, and what it does not say has to be.
    return si === '' ? { kind, sp: sp || 'r', se: se || FUTURE, st, spr } : { kind, si, spr }
  })
  .map((parameters) => Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== '')))

function sign({ kind, ...parameters }: Parameters): string {
  if (kind === 'account') return accountToken(parameters, BY)
  if (kind === 'blob') return serviceToken('none', 'x', { ...parameters, sr: 'b' }, BY)
  return serviceToken(kind === 'other' ? 'blob' : 'none', null, { ...parameters, sr: 'c' }, BY)
}

function verdicts(level: Level, tokens: readonly string[]): Verdicts {
  const group = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/maps'
  return answerReachQuestion(
    parseReachQuestion({
      id: level,
      asOf: AS_OF,
      resource: {
        type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
        id: `${group}/providers/Microsoft.Storage/storageAccounts/${ACCOUNT}/blobServices/default/containers/${level}`,
        account: '11111111-1111-1111-1111-111111111111',
        storageAccount: { properties: { allowBlobPublicAccess: true, networkAcls: { defaultAction: 'Allow' } } },
        properties: { publicAccess: level },
        storedAccessPolicies: POLICIES,
        roleAssignments: [],
        sharedAccessSignatures: tokens,
      },
    }),
  ).verdicts
}

async function fill(server: BlobServer, level: Level): Promise<void> {
  const access: Record<string, string> = level === 'none' ? {} : { 'x-ms-blob-public-access': level }
  await asOwner(server, { method: 'PUT', path: `${level}?restype=container` })
  const entries = Object.entries(POLICIES).map(
    ([id, { permission, start, expiry }]) =>
      `<SignedIdentifier><Id>${id}</Id><AccessPolicy><Start>${start}</Start><Expiry>${expiry}</Expiry><Permission>${permission}</Permission></AccessPolicy></SignedIdentifier>`,
  )
  const body = `<?xml version="1.0" encoding="utf-8"?><SignedIdentifiers>${entries.join('')}</SignedIdentifiers>`
  const headers = { ...access, 'content-type': 'application/xml' }
  await asOwner(server, { method: 'PUT', path: `${level}?restype=container&comp=acl`, headers, body })
  await asOwner(server, putBlob(`${level}/x`, 'BlockBlob'))
  await asOwner(server, putBlob(`${level}/log`, 'AppendBlob'))
}

async function asOwner(server: BlobServer, request: BlobRequest): Promise<void> {
  const status = await server.send({ ...request, owner: true })
  if (status >= 300) throw new Error(`${request.method} ${request.path}: ${status}`)
}

function putBlob(path: string, kind: 'BlockBlob' | 'AppendBlob'): BlobRequest {
  const headers = { 'x-ms-blob-type': kind, 'content-type': 'text/plain' }
  return kind === 'BlockBlob' ? { method: 'PUT', path, headers, body: 'x' } : { method: 'PUT', path, headers, body: '' }
}

let made = 0

/** Whether any request for the access succeeds, with this token. */
async function succeeds(server: BlobServer, container: Level, access: Tried, token: string): Promise<boolean> {
  // What an earlier request took away is put back.
  await asOwner(server, putBlob(`${container}/x`, 'BlockBlob'))
  for (const request of requestsFor(container, access)) {
    const join = request.path.includes('?') ? '&' : '?'
    const status = await server.send({ ...request, path: token ? `${request.path}${join}${token}` : request.path })
    if (status < 300) {
      if (access === 'delete' && request.path.includes('restype')) await fill(server, container)
      return true
    }
  }
  return false
}

function requestsFor(container: Level, access: Tried): readonly BlobRequest[] {
  const text = { 'content-type': 'text/plain' }
  switch (access) {
    case 'read':
      return [{ method: 'GET', path: `${container}/x` }]
    case 'list':
      return [{ method: 'GET', path: `${container}?restype=container&comp=list` }]
    case 'write': {
      const append = { method: 'PUT', path: `${container}/log?comp=appendblock`, headers: text, body: 'x' } as const
      return [putBlob(`${container}/x`, 'BlockBlob'), putBlob(`${container}/new${made++}`, 'BlockBlob'), append]
    }
    case 'delete':
      return [
        { method: 'DELETE', path: `${container}/x` },
        { method: 'DELETE', path: `${container}?restype=container` },
      ]
  }
}

function pathOf(resource: string): string {
  return resource.replace(`https://${ACCOUNT}.blob.core.windows.net/`, '')
}
