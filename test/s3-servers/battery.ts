import type { Access, Json, ZoneOfTrust } from '../../src/model/index.ts'
import { BUCKET } from './configure.ts'
import { conditionsOf, contains, statementsOf, type WrittenCondition } from './policy-words.ts'
import type { S3Request } from './s3-client.ts'
import { OUTSIDERS, type Server } from './server.ts'

const MOST_KEYS = 5
const MOST_VALUES = 3

/**
 * Requests that try an access in all the ways that a policy can tell apart: each action, object keys and listing parameters that
 * its patterns take, headers that its conditions speak of; without credentials and as other accounts.
 */
export function* battery(access: Access, policy: Json | undefined, zone: ZoneOfTrust, server: Server): Generator<S3Request> {
  const conditions = conditionsOf(policy)
  const outsiders = OUTSIDERS.filter((account) => !zone.accounts.includes(account))
  for (const by of [null, ...outsiders.map((account) => server.outsider(account)).filter((signer) => signer !== null)]) {
    for (const headers of headerChoices(conditions, access, server)) {
      for (const shape of shapes(access, policy, conditions)) yield { ...shape, headers: { ...shape.headers, ...headers }, by }
    }
  }
}

type Shape = Omit<S3Request, 'by'>

function* shapes(access: Access, policy: Json | undefined, conditions: readonly WrittenCondition[]): Generator<Shape> {
  const bucket = `/${BUCKET}`
  switch (access) {
    case 'read':
      for (const path of objectPaths(policy)) {
        yield { method: 'GET', path }
        yield { method: 'GET', path, query: { versionId: 'null' } }
      }
      return
    case 'list':
      for (const query of listings(conditions)) {
        yield { method: 'GET', path: bucket, query }
        yield { method: 'GET', path: bucket, query: { ...query, versions: '' } }
      }
      return
    case 'write':
      for (const path of objectPaths(policy)) yield { method: 'PUT', path, body: 'content' }
      return
    case 'delete':
      for (const path of objectPaths(policy)) {
        yield { method: 'DELETE', path }
        yield { method: 'DELETE', path, query: { versionId: 'null' } }
      }
      return
    case 'admin':
      if (policy) yield { method: 'PUT', path: bucket, query: { policy: '' }, body: JSON.stringify(policy) }
      yield { method: 'PUT', path: bucket, query: { acl: '' }, headers: { 'x-amz-acl': 'private' } }
  }
}

function objectPaths(policy: Json | undefined): readonly string[] {
  const globs = statementsOf(policy).flatMap(({ Resource, NotResource }) => [Resource ?? NotResource ?? []].flat().map(String))
  const keys = globs.flatMap((glob) => {
    const key = /^arn:aws:s3:::[^/]*\/(.+)$/.exec(glob)?.[1]
    return key === undefined || key.includes('${') ? [] : [sampleOf(key)]
  })
  return [...new Set([...keys, 'x', 'public/x', 'x.txt'])].slice(0, MOST_KEYS).map((key) => `/${BUCKET}/${key}`)
}

/** The shortest text but the empty one that a glob takes. */
function sampleOf(glob: string): string {
  return glob.replace(/[*?]/g, 'x')
}

function listings(conditions: readonly WrittenCondition[]): readonly Readonly<Record<string, string>>[] {
  const prefixes = valuesOf(conditions, 's3:prefix').map(sampleOf)
  const limits = valuesOf(conditions, 's3:max-keys').flatMap((limit) => [Number(limit) - 1, Number(limit), Number(limit) + 1])
  const choices: Record<string, string>[] = [{}, ...prefixes.map((prefix) => ({ prefix }))]
  const numbers = limits.filter((limit) => limit >= 0).map((limit) => ({ 'max-keys': String(limit) }))
  return [...choices, ...choices.flatMap((choice) => numbers.map((number) => ({ ...choice, ...number })))].slice(0, 12)
}

function headerChoices(
  conditions: readonly WrittenCondition[],
  access: Access,
  server: Server,
): readonly Readonly<Record<string, string>>[] {
  const choices: Record<string, string>[] = [{}]
  const add = (header: string, values: readonly string[]) => {
    for (const value of values.slice(0, MOST_VALUES)) choices.push({ [header]: sampleOf(value) })
  }
  add('referer', valuesOf(conditions, 'aws:referer'))
  add('user-agent', valuesOf(conditions, 'aws:useragent'))
  if (access === 'write') add('x-amz-acl', valuesOf(conditions, 's3:x-amz-acl'))
  if (server.ability.secure && conditions.some(({ key }) => key === 'aws:securetransport'))
    choices.push({ ...server.ability.secure })
  return choices
}

function valuesOf(conditions: readonly WrittenCondition[], key: string): readonly string[] {
  return [...new Set(conditions.filter((condition) => condition.key === key).flatMap(({ values }) => values))]
}

// An address that no policy of the material names by itself.
const ANYWHERE = '8.8.4.4'
const MOST_ADDRESSES = 4

/** Outside addresses that stand for all that the policy's ranges can tell apart, as far as one of each range does. */
export function addressesToTry(policy: Json | undefined, inside: readonly string[]): readonly string[] {
  const ranges = conditionsOf(policy)
    .filter(({ key }) => key === 'aws:sourceip')
    .flatMap(({ values }) => values)
  const named = ranges.map((range) => range.split('/')[0]!).filter(isOutside)
  return [...new Set([ANYWHERE, ...named])]
    .filter((address) => !inside.some((cidr) => contains(cidr, address)))
    .slice(0, MOST_ADDRESSES)
}

function isOutside(address: string): boolean {
  return (
    !/^(0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|22[4-9]\.|2[3-5]\d\.)/.test(address) &&
    /^\d|^2[0-9a-f]{3}:/.test(address)
  )
}
