import type { Json } from '../../../model/index.ts'

/** One comparison of a Condition block: an operator on a key with its values. */
export interface Atom {
  /** The operator without quantifier and `IfExists`, in lower case: `stringequals`. */
  readonly operator: string
  readonly quantifier: 'all' | 'some' | null
  readonly ifExists: boolean
  /** As written; key names are compared without case. */
  readonly key: string
  readonly values: readonly string[]
}

export interface PrincipalElement {
  readonly negated: boolean
  readonly everyone: boolean
  readonly aws: readonly string[]
  readonly services: readonly string[]
  readonly canonicalUsers: readonly string[]
  /** What the element lists beside that, as written: federated principals and whatever is malformed. */
  readonly others: readonly string[]
}

export interface Statement {
  /** Where it stands, as a reader would say it: `statement "PublicRead"` or `statement 2`. */
  readonly label: string
  readonly effect: 'Allow' | 'Deny'
  readonly principal: PrincipalElement
  readonly actions: { readonly negated: boolean; readonly globs: readonly string[] }
  readonly resources: { readonly negated: boolean; readonly globs: readonly string[] }
  readonly atoms: readonly Atom[]
  /** Only policies of version 2012-10-17 know variables. */
  readonly variables: boolean
  /** Services that some statement of the same policy names: what holds for others may not hold for them. */
  readonly servicesNamed: readonly string[]
}

export interface Policy {
  readonly name: string
  readonly statements: readonly Statement[]
}

/** The policy, or the sentence that says why it is not understood: then nothing may be concluded from it. */
export type ParsedPolicy = { readonly policy: Policy } | { readonly problem: string }

// The longest that any service takes is a fraction of that.
const MOST_CHARACTERS = 131_072
const MOST_STATEMENTS = 2_000
const MOST_VALUES = 20_000

/**
 * A policy document as JSON value or JSON text. The grammar is AWS's: a statement may stand alone or in a list, values
 * alone or in lists, numbers and booleans for text.
 */
export function parsePolicy(document: Json, name: string): ParsedPolicy {
  try {
    const isLong = typeof document === 'string' ? document.length > MOST_CHARACTERS : room(document, MOST_CHARACTERS) < 0
    if (isLong) throw new NotUnderstood(`it is longer than ${MOST_CHARACTERS} characters, more than any service takes`)
    const root = asRecord(typeof document === 'string' ? parseJson(document) : document, 'the policy')
    only(root, ['Version', 'Id', 'Statement'], 'the policy')
    const version = root.Version ?? '2008-10-17'
    if (version !== '2012-10-17' && version !== '2008-10-17') throw new NotUnderstood(`its Version ${show(version)} is unknown`)
    if (root.Statement === undefined) throw new NotUnderstood('it has no Statement')
    const statements = listOf(root.Statement)
    if (statements.length > MOST_STATEMENTS) throw new NotUnderstood(`it has more than ${MOST_STATEMENTS} statements`)
    const parsed = statements.map((statement, index) => parseStatement(statement, index, name, version === '2012-10-17'))
    const servicesNamed = servicesIn(parsed)
    return { policy: { name, statements: parsed.map((statement) => ({ ...statement, servicesNamed })) } }
  } catch (error) {
    if (error instanceof NotUnderstood) return { problem: `the ${name} is not understood: ${error.message}` }
    throw error
  }
}

class NotUnderstood extends Error {}

type Members = { readonly [key: string]: Json }

const NESTED_DEEPLY = 64
const PUNCTUATION = 4

/** What is left of the characters when the value is written down; below nought where it does not fit. */
function room(json: Json, characters: number, depth = 0): number {
  if (typeof json === 'string') return characters - json.length - PUNCTUATION
  if (typeof json !== 'object' || json === null) return characters - PUNCTUATION
  let left = depth > NESTED_DEEPLY ? -1 : characters - PUNCTUATION
  if (Array.isArray(json)) {
    for (let at = 0; at < json.length && left >= 0; at++) left = room(json[at] as Json, left, depth + 1)
    return left
  }
  for (const key in json) {
    if (left < 0) return left
    left = room((json as Members)[key]!, left - key.length - PUNCTUATION, depth + 1)
  }
  return left
}

function servicesIn(statements: readonly Omit<Statement, 'servicesNamed'>[]): readonly string[] {
  const named = statements.flatMap(({ principal, atoms }) => [
    ...principal.services,
    ...atoms.flatMap(({ key, values }) => (/^aws:PrincipalServiceName/i.test(key) ? values : [])),
  ])
  return [...new Set(named)].filter((service) => /^[a-z0-9.-]+$/.test(service)).sort()
}

function parseStatement(json: Json, index: number, name: string, variables: boolean): Omit<Statement, 'servicesNamed'> {
  const place = `statement ${index + 1}`
  const members = asRecord(json, place)
  only(
    members,
    ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
    place,
  )
  const { Sid: sid, Effect: effect } = members
  if (effect !== 'Allow' && effect !== 'Deny') throw new NotUnderstood(`${place} has the Effect ${show(effect)}`)
  const label = typeof sid === 'string' && sid !== '' ? `${place} "${sid.slice(0, 100)}"` : place
  return {
    label: `${label} of the ${name}`,
    effect,
    principal: parsePrincipal(members, place),
    actions: eitherOf(members, 'Action', 'NotAction', place),
    resources: eitherOf(members, 'Resource', 'NotResource', place),
    atoms: parseCondition(members.Condition, place),
    variables,
  }
}

function parsePrincipal(members: Members, place: string): PrincipalElement {
  if ((members.Principal === undefined) === (members.NotPrincipal === undefined)) {
    throw new NotUnderstood(`${place} needs one of Principal and NotPrincipal`)
  }
  const negated = members.Principal === undefined
  const element = (negated ? members.NotPrincipal : members.Principal)!
  if (typeof element === 'string') {
    if (element !== '*') throw new NotUnderstood(`${place} has the principal ${show(element)}`)
    return { negated, everyone: true, aws: [], services: [], canonicalUsers: [], others: [] }
  }
  const kinds = asRecord(element, `the principal of ${place}`)
  only(kinds, ['AWS', 'Service', 'CanonicalUser', 'Federated'], `the principal of ${place}`)
  const aws = texts(kinds.AWS, place)
  return {
    negated,
    // In a resource's policy, {"AWS": "*"} is everyone too, those without credentials included.
    everyone: aws.includes('*'),
    aws: aws.filter((entry) => entry !== '*'),
    services: texts(kinds.Service, place),
    canonicalUsers: texts(kinds.CanonicalUser, place),
    others: texts(kinds.Federated, place),
  }
}

function eitherOf(members: Members, positive: string, negative: string, place: string) {
  if ((members[positive] === undefined) === (members[negative] === undefined)) {
    throw new NotUnderstood(`${place} needs one of ${positive} and ${negative}`)
  }
  const negated = members[positive] === undefined
  return { negated, globs: texts(members[negated ? negative : positive], place) }
}

function parseCondition(json: Json | undefined, place: string): Atom[] {
  if (json === undefined || json === null) return []
  const atoms: Atom[] = []
  for (const [written, keys] of Object.entries(asRecord(json, `the condition of ${place}`))) {
    const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(written)
    if (!match) throw new NotUnderstood(`${place} has the operator ${show(written)}`)
    const quantifier = match[1] ? (match[1].toLowerCase() === 'forallvalues' ? 'all' : 'some') : null
    for (const [key, values] of Object.entries(asRecord(keys, `the condition of ${place}`))) {
      atoms.push({
        operator: match[2]!.toLowerCase(),
        quantifier,
        ifExists: match[3] !== undefined,
        key,
        values: texts(values, place),
      })
    }
  }
  return atoms
}

function texts(json: Json | undefined, place: string): string[] {
  if (json === undefined) return []
  const list = listOf(json)
  if (list.length > MOST_VALUES) throw new NotUnderstood(`${place} lists more than ${MOST_VALUES} values`)
  return list.map((value) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new NotUnderstood(`${place} has the value ${show(value)}`)
    }
    return String(value)
  })
}

function listOf(json: Json): readonly Json[] {
  return Array.isArray(json) ? json : [json as Json]
}

function asRecord(json: Json | undefined, place: string): Members {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new NotUnderstood(`${place} is no object`)
  return json as Members
}

function only(members: Members, known: readonly string[], place: string): void {
  const unknown = Object.keys(members).find((member) => !known.includes(member))
  if (unknown !== undefined) throw new NotUnderstood(`${place} has the element ${show(unknown)}`)
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new NotUnderstood('it is not JSON')
  }
}

function show(value: Json | undefined): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
