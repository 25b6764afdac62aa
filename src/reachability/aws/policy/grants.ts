import { Kept } from '../../engine/kept.ts'
import { globPattern, literalPattern, matches } from '../../engine/patterns.ts'
import type { Atom, Statement } from './document.ts'
import { isIdentity, RESOURCE } from './requests.ts'
import { appliesWhen, type Conjunction, namesAction, type Reading } from './statements.ts'
import { variableKeys } from './variables.ts'

/** Something that may allow a request: a statement of a policy, or a grant of an access control list. */
export interface Grant {
  /** As a reader would name it. */
  readonly label: string
  readonly when: (reading: Reading) => Conjunction
  /** Whether it speaks of the action at all. */
  readonly bearsOn: (action: string) => boolean
  /** Canonical ids and origin access identities that it names: senders of their own. */
  readonly canonicalIds: readonly string[]
  /** Services that it speaks to: those that it names, or one where a condition of it can be met by services only. */
  readonly services: readonly string[]
  /** The keys that its policy variables take values from. */
  readonly variableKeys: readonly string[]
  /** Where it is a statement of a policy. */
  readonly statement?: Statement
  /** Whether `when` does not look at the route. */
  readonly sameOverAllRoutes?: boolean
}

export function grantOfStatement(statement: Statement): Grant {
  return GRANT.of(statement) ?? GRANT.keep(statement, makeGrant(statement))
}

const GRANT = new Kept<Statement, Grant>('grant')

function makeGrant(statement: Statement): Grant {
  return {
    label: statement.label,
    when: (reading) => appliesWhen(statement, reading),
    bearsOn: (action) => namesAction(statement, action),
    canonicalIds: [
      ...statement.principal.canonicalUsers,
      ...statement.principal.aws.filter((entry) => entry.includes(':iam::cloudfront:')),
    ],
    services: servicesOf(statement),
    variableKeys: statementVariableKeys(statement),
    statement,
  }
}

/**
 * Whoever lets everyone in means people; where a condition asks for what only a service brings, some service is meant: that
 * for which the source's ARN speaks, and otherwise any. Services that no statement names are all alike, so a few stand for them.
 */
function servicesOf({ principal, atoms, servicesNamed }: Statement): readonly string[] {
  const listed = principal.negated ? [] : principal.services
  const asking = principal.everyone || principal.negated ? atoms.filter(onlyServicesMeet) : []
  if (asking.length === 0) return listed
  const sources = asking.flatMap(({ values }) => values.flatMap((value) => /^arn:[^:]*:([a-z0-9-]+):/.exec(value)?.[1] ?? []))
  const speaking = sources.map((source) => `${source}.amazonaws.com`)
  const unnamed = SERVICES.filter((service) => !servicesNamed.includes(service)).slice(0, ENOUGH_UNNAMED)
  const asked = asking.flatMap(({ key, values }) =>
    /^aws:PrincipalServiceName/i.test(key)
      ? SERVICES.filter((service) => values.some((value) => matches(globPattern(value), service)))
      : [],
  )
  return [...new Set([...(speaking.length > 0 ? speaking : unnamed), ...asked, ...servicesNamed])].sort()
}

// Two, so that one stays where a resource control policy names the other.
const ENOUGH_UNNAMED = 2
/** Services that write to, read from and ask for the resources of others, by their principals. */
const SERVICES: readonly string[] = [
  'cloudtrail',
  'config',
  'events',
  'lambda',
  'logs',
  'sns',
  's3',
  'delivery.logs',
  'logging.s3',
  'cloudfront',
  'firehose',
  'states',
  'ses',
  'apigateway',
  'backup',
  'guardduty',
].map((name) => `${name}.amazonaws.com`)

const SERVICE_KEYS = /^aws:(Source(Arn|Account|Owner|OrgID|OrgPaths)|PrincipalServiceName(sList)?)$/i

const OPERATORS_KNOWN: ReadonlySet<string> = new Set([
  ...['equals', 'notequals', 'equalsignorecase', 'notequalsignorecase', 'like', 'notlike'].map((how) => `string${how}`),
  ...['equals', 'notequals', 'lessthan', 'lessthanequals', 'greaterthan', 'greaterthanequals'].flatMap((how) => [
    `numeric${how}`,
    `date${how}`,
  ]),
  ...['arnequals', 'arnnotequals', 'arnlike', 'arnnotlike', 'ipaddress', 'notipaddress', 'bool', 'binaryequals', 'null'],
])

function onlyServicesMeet({ key, operator, quantifier, ifExists, values }: Atom): boolean {
  // What an operator that is not understood asks for, may be what services alone bring.
  if (!OPERATORS_KNOWN.has(operator)) return SERVICE_KEYS.test(key) || /^aws:PrincipalIsAWSService$/i.test(key)
  if (operator === 'null') return SERVICE_KEYS.test(key) && values.every((value) => /^false$/i.test(value))
  if (ifExists || quantifier === 'all' || (operator.includes('not') && quantifier === null)) return false
  if (/^aws:PrincipalIsAWSService$/i.test(key)) return operator === 'bool' && values.every((value) => /^true$/i.test(value))
  return SERVICE_KEYS.test(key)
}

/** The keys that the statement's policy variables take values from. */
export function statementVariableKeys(statement: Statement): readonly string[] {
  const { resources, atoms, variables } = statement
  if (!variables) return []
  const known = VARIABLE_KEYS.of(statement)
  if (known) return known
  const keys: string[] = []
  for (const glob of resources.globs) if (glob.includes('${')) keys.push(...variableKeys(glob))
  for (const { values } of atoms) for (const value of values) if (value.includes('${')) keys.push(...variableKeys(value))
  return VARIABLE_KEYS.keep(statement, keys)
}

const VARIABLE_KEYS = new Kept<Statement, readonly string[]>('keys of variables')

/** Whom an access control list lets in. */
export type Grantee = 'everyone' | 'authenticated' | { readonly canonicalId: string }

export function grantOfAcl(label: string, grantee: Grantee, actions: ReadonlySet<string>, objectKey: string | null): Grant {
  return {
    label,
    canonicalIds: typeof grantee === 'object' ? [grantee.canonicalId] : [],
    services: [],
    variableKeys: [],
    bearsOn: (action) => actions.has(action),
    when: ({ shape: { sender, action }, target }) => {
      if (!actions.has(action)) return false
      if (sender.kind === 'service') return false
      if (grantee === 'authenticated' && !isIdentity(sender)) return false
      if (typeof grantee === 'object' && (sender.kind !== 'canonical' || sender.id !== grantee.canonicalId)) return false
      if (objectKey === null || !target.names(action).rest) return []
      const values = { kind: 'patterns', patterns: [literalPattern(objectKey)], negated: false } as const
      return [{ variable: RESOURCE, constraint: { whenAbsent: false, values, quantifier: 'some' } }]
    },
  }
}
