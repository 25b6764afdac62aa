import { join } from 'node:path'
import type { ZoneOfTrust } from '../../src/model/index.ts'
import { bitsOf } from '../../src/reachability/testing/conditions-evaluator.ts'
import { PeerProcess, temporaryDirectory, tryRun } from './peer-process.ts'

const VERSION = '5.4.1'

/** A solver of logical formulas, asked in SMT-LIB; null where it cannot be installed. */
export async function startSolver(): Promise<Solver | null> {
  const directory = await temporaryDirectory('z3')
  const bin = join(directory, 'bin')
  const installed =
    (await tryRun('python3', ['-m', 'venv', directory])) &&
    (await tryRun(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', `z3-solver==${VERSION}`]))
  return installed ? new Solver(new PeerProcess(directory, join(bin, 'z3'), ['-in', '-t:2000'])) : null
}

export class Solver {
  readonly #process: PeerProcess

  constructor(peer: PeerProcess) {
    this.#process = peer
  }

  /** Whether the formula can be met: `sat`, `unsat`, or `unknown`. */
  async check(formula: string): Promise<string> {
    return this.#process.ask(`(reset)\n${formula}\n(check-sat)`)
  }

  async stop(): Promise<void> {
    await this.#process.stop()
  }
}

/** A policy over the part of the language that the solver is told of: everyone, s3:GetObject, addresses and texts. */
export interface SmallStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal: '*'
  readonly Action: 's3:GetObject'
  readonly Resource: string
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

// Not on the internet, by IANA's registries.
const NEVER = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
]

/** That some request from outside reads some object of the bucket. */
export function someRequestSucceeds(statements: readonly SmallStatement[], bucket: string, { cidrs }: ZoneOfTrust): string {
  const keys = [
    ...new Set(statements.flatMap(({ Condition }) => Object.values(Condition).flatMap((block) => Object.keys(block)))),
  ].filter((key) => key !== 'aws:SourceIp')
  const applies = (effect: string) =>
    `(or false ${statements
      .filter(({ Effect }) => Effect === effect)
      .map((statement) => applying(statement, bucket))
      .join(' ')})`
  return [
    // What the source is: an address of IPv4, one of IPv6, or none because an endpoint or a service is between.
    '(declare-const family Int) (assert (and (<= 0 family) (<= family 2)))',
    '(declare-const ip (_ BitVec 32)) (declare-const ip6 (_ BitVec 128))',
    `(assert ${within('2000::/3')})`,
    `(assert (not (or false ${cidrs
      .filter((cidr) => cidr.includes(':'))
      .map(within)
      .join(' ')})))`,
    `(assert (not (or ${[...NEVER, ...cidrs.filter((cidr) => !cidr.includes(':'))].map(within).join(' ')})))`,
    '(declare-const object String) (assert (> (str.len object) 0))',
    ...keys.map((key) => `(declare-const |${key}| String) (declare-const |has ${key}| Bool) (assert (> (str.len |${key}|) 0))`),
    `(assert ${applies('Allow')})`,
    `(assert (not ${applies('Deny')}))`,
  ].join('\n')
}

function applying({ Resource, Condition }: SmallStatement, bucket: string): string {
  const conditions = Object.entries(Condition).flatMap(([operator, block]) =>
    Object.entries(block).map(([key, values]) => holding(operator, key, values)),
  )
  const rest = Resource.startsWith(`${bucket}/`) ? globbed('object', Resource.slice(bucket.length + 1)) : 'false'
  return `(and true ${rest} ${conditions.join(' ')})`
}

function holding(written: string, key: string, values: readonly string[]): string {
  const ifExists = written.endsWith('IfExists')
  const operator = written.replace(/IfExists$/, '')
  const there = key === 'aws:SourceIp' ? '(not (= family 2))' : `|has ${key}|`
  if (operator === 'Null') return values[0] === 'true' ? `(not ${there})` : there
  const negated = operator.includes('Not')
  const matches = `(or false ${values.map((value) => matching(operator, key, value)).join(' ')})`
  return `(ite ${there} ${negated ? `(not ${matches})` : matches} ${ifExists || negated})`
}

function matching(operator: string, key: string, value: string): string {
  if (operator.includes('IpAddress')) return `(and (= family ${value.includes(':') ? 1 : 0}) ${within(value)})`
  return operator.includes('Like') ? globbed(`|${key}|`, value) : `(= |${key}| "${value}")`
}

function within(cidr: string): string {
  const [address, length] = cidr.split('/') as [string, string]
  const bits = bitsOf(address)!
  const mask = '1'.repeat(Number(length)).padEnd(bits.length, '0')
  const first = Array.from(bits, (bit, at) => (mask[at] === '1' ? bit : '0')).join('')
  return `(= (bvand ${bits.length === 32 ? 'ip' : 'ip6'} #b${mask}) #b${first})`
}

function globbed(text: string, glob: string): string {
  const parts = Array.from(glob, (char) => (char === '*' ? 're.all' : char === '?' ? 're.allchar' : `(str.to_re "${char}")`))
  return `(str.in_re ${text} (re.++ (str.to_re "") ${parts.join(' ')} (str.to_re "")))`
}
