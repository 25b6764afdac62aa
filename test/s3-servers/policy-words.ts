import { isRecord } from './configure.ts'
import type { Json } from '../../src/model/index.ts'

type Members = { readonly [key: string]: Json }

/** One condition of a policy as it is written. */
export interface WrittenCondition {
  readonly operator: string
  /** In small letters. */
  readonly key: string
  readonly values: readonly string[]
}

export function statementsOf(policy: Json | undefined): readonly Members[] {
  const all = isRecord(policy) ? policy.Statement : undefined
  return (Array.isArray(all) ? all : all === undefined ? [] : [all]).filter(isRecord)
}

export function conditionsOf(policy: Json | undefined): readonly WrittenCondition[] {
  return statementsOf(policy).flatMap(({ Condition }) =>
    Object.entries(isRecord(Condition) ? Condition : {}).flatMap(([operator, keys]) =>
      Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => ({
        operator,
        key: key.toLowerCase(),
        values: [values].flat().map(String),
      })),
    ),
  )
}

/** The keys that decide anything: those of conditions and of policy variables, in small letters. */
export function mentionedKeys(policy: Json | undefined): ReadonlySet<string> {
  const variables = [...JSON.stringify(policy ?? null).matchAll(/\$\{([^},]+)/g)].map((match) => match[1]!.trim().toLowerCase())
  return new Set([...conditionsOf(policy).map(({ key }) => key), ...variables])
}

/**
 * The policy with one address put in the place of another: ranges that hold `address` become loopback's own, the others one
 * that no request here comes from. So a request over loopback stands for one from there.
 */
export function standingFor(policy: Json, address: string): Json {
  const stands = (range: string) => (range === 'true' || range === 'false' ? range : contains(range, address) ? HERE : ELSEWHERE)
  const document = JSON.stringify(policy, (key, value) =>
    key.toLowerCase() === 'aws:sourceip' ? [value].flat().map((range) => stands(String(range))) : value,
  )
  return JSON.parse(document) as Json
}

const HERE = '127.0.0.1/32'
const ELSEWHERE = '192.0.2.99/32'

/** Whether the address is in the range, by its leading bits. */
export function contains(range: string, address: string): boolean {
  const [network, length] = range.split('/') as [string, string?]
  const [left, right] = [bits(network), bits(address)]
  return (
    left.length === right.length &&
    left.slice(0, Number(length ?? left.length)) === right.slice(0, Number(length ?? right.length))
  )
}

function bits(address: string): string {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('')
  const [head, tail] = address.split('::').map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[]?]
  const zeros = tail ? new Array<string>(8 - head.length - tail.length).fill('0') : []
  return [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
