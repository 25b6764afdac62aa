import type { Json, MissedPart, TraceStep, Witness } from '../../../model/index.ts'

/**
 * A second, simple reading of the policy language: one concrete request against the documents as they are, top to bottom.
 * It shares no code with the search that found the request, so that an error in one of the two shows.
 * What it does not know counts against the request: an Allow does not apply, a Deny does.
 */
export interface ReplayedConfiguration {
  /** Each of them must allow a request that it has a say in. */
  readonly layers: readonly ReplayedLayer[]
  /** Whether a block stops the request whatever the policies say. */
  readonly refuses: (witness: Witness) => boolean
}

export interface ReplayedLayer {
  readonly documents: readonly ReplayedDocument[]
  /** Grants of access control lists that count, by who they let in; with a key, on that object alone. */
  readonly aclGrants: readonly {
    readonly actions: readonly string[]
    readonly grantee: 'everyone' | 'authenticated' | string
    readonly key: string | null
  }[]
  /** The request as this layer sees it; null where it has no say. */
  readonly sees: (witness: Witness) => Witness | null
}

export interface ReplayedDocument {
  /** As a reader would say it: `bucket policy`. */
  readonly name: string
  readonly document: Json
  /** Whether it can only take away, as a resource control policy does. */
  readonly onlyDenies: boolean
}

export interface Replay {
  readonly allowed: boolean
  /** Every statement that was read, in the order of the policies. */
  readonly steps: readonly TraceStep[]
}

type Members = { readonly [key: string]: Json }

/** Whether the request succeeds, and why each Deny lets it by. */
export function replay(witness: Witness, configuration: ReplayedConfiguration): Replay {
  const steps: TraceStep[] = []
  let allowed = !configuration.refuses(witness)
  for (const layer of configuration.layers) {
    const seen = layer.sees(witness)
    if (seen) allowed = replayLayer(layer, seen, steps) && allowed
  }
  return { allowed, steps }
}

function replayLayer({ documents, aclGrants }: ReplayedLayer, request: Witness, steps: TraceStep[]): boolean {
  const context: Context = new Map(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]))
  let allowed = aclGrants.some((grant) => aclAllows(grant, request))
  let denied = false
  for (const { name, document, onlyDenies } of documents) {
    const modern = (document as Members | null)?.Version === '2012-10-17'
    for (const [index, statement] of statementsOf(document).entries()) {
      const effect = statement.Effect === 'Deny' ? 'Deny' : 'Allow'
      if (effect === 'Allow' && onlyDenies) continue
      const missed = missedPart(statement, request, context, modern, effect === 'Deny')
      if (missed === null && effect === 'Deny') denied = true
      if (missed === null && effect === 'Allow') allowed = true
      const sid = typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : null
      steps.push({ document: name, statement: index + 1, sid, effect, missed })
    }
  }
  return allowed && !denied
}

function statementsOf(document: Json): readonly Members[] {
  const read = typeof document === 'string' ? (JSON.parse(document) as Json) : document
  if (read === null) return []
  return list((read as Members).Statement) as readonly Members[]
}

type Context = ReadonlyMap<string, string | readonly string[]>

/** The first part of the statement that the request does not meet; null where it meets all. */
function missedPart(statement: Members, witness: Witness, context: Context, modern: boolean, deny: boolean): MissedPart | null {
  const action = statement.Action ?? statement.NotAction
  const named = list(action).some((glob) => like(String(glob).toLowerCase(), witness.action.toLowerCase()))
  if (named !== (statement.Action !== undefined)) return { part: 'action' }
  const principal = statement.Principal ?? statement.NotPrincipal
  const who = principalListed(
    principal!,
    witness,
    context,
    deny ? statement.Principal !== undefined : statement.Principal === undefined,
  )
  if (who !== (statement.Principal !== undefined)) return { part: 'principal' }
  const globs = list(statement.Resource ?? statement.NotResource).map(String)
  const there = globs.some((glob) =>
    resourceLike(glob, witness.resource, context, modern, deny === (statement.Resource !== undefined)),
  )
  if (there !== (statement.Resource !== undefined)) return { part: 'resource' }
  for (const [operator, keys] of Object.entries((statement.Condition ?? {}) as Members)) {
    for (const [key, values] of Object.entries(keys as Members)) {
      const wanted = list(values).map(String)
      if (!conditionMet(operator, key, wanted, context, modern, deny)) {
        return { part: 'condition', operator, key, wanted, found: context.get(key.toLowerCase()) ?? null }
      }
    }
  }
  return null
}

function principalListed(element: Json, { principal }: Witness, context: Context, doubt: boolean): boolean {
  if (element === '*') return true
  const listed = element as Members
  const aws = list(listed.AWS).map(String)
  if (aws.includes('*')) return true
  if (principal.kind === 'anonymous') return false
  if (principal.kind === 'service') return list(listed.Service).includes(principal.service)
  if (principal.kind !== 'aws') return doubt
  if (principal.account === 'unknown')
    return [...list(listed.CanonicalUser), ...aws].includes(principal.arn) || (aws.length > 0 && doubt)
  const role = context.get('aws:principalarn')
  return aws.some(
    (entry) =>
      entry === principal.account || entry.endsWith(`::${principal.account}:root`) || entry === principal.arn || entry === role,
  )
}

function resourceLike(glob: string, resource: string, context: Context, modern: boolean, doubt: boolean): boolean {
  const filled = fill(glob, context, modern)
  if (filled === null) return false
  if (/^\*+$/.test(filled)) return true
  const want = filled.split(':')
  const have = resource.split(':')
  if (want.length < 6) return doubt
  return want.slice(0, 5).every((part, at) => like(part, have[at]!)) && like(want.slice(5).join(':'), have.slice(5).join(':'))
}

// Wildcards of the policy stay; those inside a value that is put in are guarded by a private-use character.
const GUARD: Readonly<Record<string, string>> = { '*': '\ue000', '?': '\ue001' }

function fill(text: string, context: Context, modern: boolean): string | null {
  if (!modern) return text
  let missing = false
  const filled = text.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    if (inner === '*' || inner === '?') return GUARD[inner]!
    if (inner === '$') return '$'
    const [key, fallback] = inner.split(',').map((part) => part.trim()) as [string, string?]
    const value = context.get(key.toLowerCase())
    const put = typeof value === 'string' ? value : (value?.[0] ?? fallback?.replace(/^'|'$/g, ''))
    if (put === undefined) missing = true
    return (put ?? '').replace(/[*?]/g, (char) => GUARD[char]!)
  })
  return missing ? null : filled
}

/** `*` any text, `?` one character: the plain textbook walk with one place to return to. */
function like(glob: string, text: string): boolean {
  let g = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    const char = glob[g]
    if (char === '*') {
      star = g++
      mark = t
    } else if (char !== undefined && (char === '?' || unguarded(char) === text[t])) {
      g++
      t++
    } else if (star >= 0) {
      g = star + 1
      t = ++mark
    } else return false
  }
  while (glob[g] === '*') g++
  return g === glob.length
}

function unguarded(char: string): string {
  return char === '\ue000' ? '*' : char === '\ue001' ? '?' : char
}

function conditionMet(
  written: string,
  key: string,
  values: readonly string[],
  context: Context,
  modern: boolean,
  doubt: boolean,
): boolean {
  const [, quantifier, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/i.exec(written)!
  const operator = base!.toLowerCase()
  const value = context.get(key.toLowerCase())
  const present = value !== undefined && (typeof value === 'string' || value.length > 0)
  if (operator === 'null') return values.some((wanted) => (wanted.toLowerCase() === 'true') === !present)
  const negated = operator.includes('not')
  const compare = COMPARE[operator.replace('not', '')]
  if (!compare) return doubt
  if (!present) {
    if (ifExists) return true
    return quantifier ? quantifier.toLowerCase() === 'forallvalues' : negated
  }
  const filled = values.map((wanted) => fill(wanted, context, modern)).filter((wanted) => wanted !== null)
  const one = (own: string) => filled.some((wanted) => compare(own, wanted)) !== negated
  const own = typeof value === 'string' ? [value] : value
  return quantifier?.toLowerCase() === 'forallvalues' || (!quantifier && negated) ? own.every(one) : own.some(one)
}

const plain = (text: string) => [...text].map(unguarded).join('')
const number = (text: string) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN)
const time = (text: string) =>
  /^\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text)
    ? Number(text) * 1000
    : Date.parse(/T/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text)

const COMPARE: Readonly<Record<string, (own: string, wanted: string) => boolean>> = {
  stringequals: (own, wanted) => own === plain(wanted),
  stringequalsignorecase: (own, wanted) => own.toLowerCase() === plain(wanted).toLowerCase(),
  stringlike: (own, wanted) => like(wanted, own),
  arnequals: arnLike,
  arnlike: arnLike,
  bool: (own, wanted) => own.toLowerCase() === wanted.toLowerCase(),
  numericequals: (own, wanted) => number(own) === number(wanted),
  numericlessthan: (own, wanted) => number(own) < number(wanted),
  numericlessthanequals: (own, wanted) => number(own) <= number(wanted),
  numericgreaterthan: (own, wanted) => number(own) > number(wanted),
  numericgreaterthanequals: (own, wanted) => number(own) >= number(wanted),
  dateequals: (own, wanted) => time(own) === time(wanted),
  datelessthan: (own, wanted) => time(own) < time(wanted),
  datelessthanequals: (own, wanted) => time(own) <= time(wanted),
  dategreaterthan: (own, wanted) => time(own) > time(wanted),
  dategreaterthanequals: (own, wanted) => time(own) >= time(wanted),
  ipaddress: inRange,
}

function arnLike(own: string, wanted: string): boolean {
  if (/^\*+$/.test(wanted)) return true
  const want = wanted.split(':')
  const have = own.split(':')
  if (want.length < 6 || have.length < 6) return false
  return want.slice(0, 5).every((part, at) => like(part, have[at]!)) && like(want.slice(5).join(':'), have.slice(5).join(':'))
}

/** Compares the leading bits, written out. */
function inRange(own: string, range: string): boolean {
  const [address, prefix] = range.split('/')
  const left = bits(own)
  const right = bits(address!)
  if (!left || !right || left.length !== right.length) return false
  const length = prefix === undefined ? left.length : Number(prefix)
  return left.slice(0, length) === right.slice(0, length)
}

function bits(address: string): string | null {
  if (!address.includes(':'))
    return address
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('')
  const [head, tail] = address.split('::') as [string, string?]
  const groups = (half: string | undefined) => (half ? half.split(':') : [])
  const filler = tail === undefined ? [] : new Array<string>(8 - groups(head).length - groups(tail).length).fill('0')
  return [...groups(head), ...filler, ...groups(tail)]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('')
}

function aclAllows(grant: ReplayedLayer['aclGrants'][number], { principal, action, resource }: Witness): boolean {
  if (!grant.actions.includes(action)) return false
  if (grant.key !== null && !resource.endsWith(`/${grant.key}`)) return false
  if (principal.kind === 'service') return false
  if (grant.grantee === 'everyone') return true
  if (principal.kind !== 'aws') return false
  return grant.grantee === 'authenticated' ? principal.account !== 'unknown' : grant.grantee === principal.arn
}

function list(json: Json | undefined): readonly Json[] {
  return json === undefined ? [] : Array.isArray(json) ? json : [json as Json]
}
