import { ACCESSES, type Access, type Json, type ResourceConfiguration } from '../../../model/index.ts'
import { globPattern, type Pattern } from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { text } from '../policy/requests.ts'
import { never } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'

const INVOKE = ['execute-api:Invoke']

const METHODS: Readonly<Record<Access, readonly string[]>> = {
  read: ['GET', 'HEAD'],
  list: [],
  write: ['POST', 'PUT', 'PATCH'],
  delete: ['DELETE'],
  admin: [],
}

const STAGE: Pattern = globPattern('?*', { without: '/' })
/** `STAGE/METHOD/PATH` of the calls that an access is about. */
function callsOf(access: Access): Variable {
  const others = Object.values(METHODS)
    .flat()
    .filter((method) => !METHODS[access].includes(method))
  return text('always', [
    { patterns: METHODS[access].map((method): Pattern => [...STAGE, ...globPattern(`/${method}/*`)]), negated: false },
    // Wildcards cross slashes: a path with a part that is called like a method would pass for a call of that method.
    { patterns: others.map((method) => globPattern(`*/*/${method}/*`)), negated: true },
  ])
}

const CALLS = Object.fromEntries(ACCESSES.map((access) => [access, callsOf(access)])) as Readonly<Record<Access, Variable>>

/**
 * A REST interface of API Gateway. Without a policy, calls get as far as each method's own authorization; with one, it must
 * allow them too. A private one takes calls through VPC endpoints only, and none without a policy. API Gateway, developer guide:
 * "How resource policies affect authorization workflow", "Private REST APIs".
 */
export const webInterface: Service = {
  types: ['AWS::ApiGateway::RestApi'],
  noun: 'interface',
  arn: /^arn:aws[a-z-]*:(apigateway:[a-z0-9-]+:\d{0,12}:\/restapis\/[a-z0-9]{1,20}|execute-api:[a-z0-9-]+:\d{12}:[a-z0-9]{1,20})$/,
  policyFacets: ['policy', 'restApi', 'configuration'],
  actions: { read: INVOKE, list: [], write: INVOKE, delete: INVOKE, admin: [] },
  ownersAlone: { admin: ['apigateway:PATCH'] },
  names: (_, arn, { access, account }) => ({ arn: `${callsArn(arn, account)}/`, rest: CALLS[access] }),
  unsigned: INVOKE,
  keys: { 'execute-api:viaDomainArn': never() },
  underResourceControls: false,
  expanded: (document, configuration) =>
    withWholeArns(document, callsArn(configuration.resource.id, configuration.resource.account)),
  whenUnset: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: INVOKE, Resource: '*' } },
  gates: methodGates,
}

function callsArn(arn: string, account: string): string {
  const [, partition, , region] = arn.split(':')
  return `arn:${partition}:execute-api:${region}:${account}:${arn.split(/[:/]/).at(-1)}`
}

/** Policies may write `execute-api:/STAGE/METHOD/PATH` for the interface that they are attached to. */
function withWholeArns(document: Json, arn: string): Json {
  if (!isRecord(document)) return document
  const whole = (json: Json): Json =>
    typeof json === 'string'
      ? json.replace(/^execute-api:\//, `${arn}/`)
      : Array.isArray(json)
        ? (json as readonly Json[]).map(whole)
        : json
  const statement = (json: Json): Json => {
    if (!isRecord(json)) return json
    const { Resource: resource, NotResource: other, ...rest } = json
    return {
      ...rest,
      ...(resource === undefined ? {} : { Resource: whole(resource) }),
      ...(other === undefined ? {} : { NotResource: whole(other) }),
    }
  }
  const { Statement: statements = [] } = document
  return {
    ...document,
    Statement: Array.isArray(statements) ? (statements as readonly Json[]).map(statement) : statement(statements),
  }
}

function methodGates({ configuration, mode }: ServicePlace): Gates {
  const { facets } = configuration
  const kinds = decisive(facets.methods ?? facets.resources, 'authorization of the methods', parseMethods, () => ({ known: [] }))
  const isPrivate = endpointIsPrivate(configuration)
  const unset = facets.policy?.status === 'absent'
  if (isKnown(isPrivate) && isPrivate.known && unset)
    return { closed: 'the interface is private and has no policy: it takes no calls' }
  const none = isKnown(kinds) && kinds.known.includes('NONE')
  const signed = isKnown(kinds) && kinds.known.includes('AWS_IAM')
  const others = isKnown(kinds) ? kinds.known.filter((kind) => kind !== 'NONE' && kind !== 'AWS_IAM') : []
  const doubtful = !isKnown(kinds) || (!none && others.length > 0)
  return {
    doubts: [
      ...(isKnown(kinds) ? [] : [kinds.problem]),
      ...(!none && others.length > 0 ? [`methods ask for ${[...new Set(others)].join(', ')}, which was not read`] : []),
      ...(isKnown(isPrivate) ? [] : [isPrivate.problem]),
    ],
    refuses: (sender) => {
      if (!isKnown(isPrivate) && mode === 'least') return true
      if (none) return false
      if (doubtful && mode === 'most') return false
      return sender === 'anonymous' || !signed
    },
    documents:
      isKnown(isPrivate) && isPrivate.known
        ? [{ known: { name: 'private endpoint', document: THROUGH_ENDPOINTS, onlyDenies: true } }]
        : [],
    closedBy: isKnown(kinds) && kinds.known.length === 0 ? ['the interface has no methods'] : [],
  }
}

const THROUGH_ENDPOINTS = {
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { Null: { 'aws:SourceVpce': 'true' } } },
}

/** How the methods authorize, from `aws apigateway get-resources --embed methods`: `NONE`, `AWS_IAM`, or what is asked for beside. */
function parseMethods(json: Json): Known<readonly string[]> {
  const list = isRecord(json) ? json.items : json
  if (!Array.isArray(list)) return { problem: 'authorization of the methods not understood' }
  const kinds: string[] = []
  for (const item of list as readonly Json[]) {
    const methods = isRecord(item) ? (item.resourceMethods ?? (item.authorizationType === undefined ? {} : { it: item })) : null
    if (!isRecord(methods)) return { problem: 'authorization of the methods not understood' }
    for (const method of Object.values(methods)) {
      if (!isRecord(method) || typeof method.authorizationType !== 'string')
        return { problem: 'authorization of the methods not understood' }
      kinds.push(method.apiKeyRequired === true ? 'an API key' : method.authorizationType)
    }
  }
  return { known: kinds }
}

function endpointIsPrivate({ facets }: ResourceConfiguration): Known<boolean> {
  const whole = [facets.restApi, facets.configuration, facets.policy].find(
    (reading) => reading?.status === 'read' && isRecord(reading.value) && reading.value.endpointConfiguration !== undefined,
  )
  const inside = whole?.status === 'read' && isRecord(whole.value) ? whole.value.endpointConfiguration! : null
  const reading = facets.endpointConfiguration ?? (inside === null ? undefined : { status: 'read' as const, value: inside })
  return decisive<boolean>(
    reading,
    'kind of endpoint',
    (json) =>
      isRecord(json) && Array.isArray(json.types)
        ? { known: json.types.includes('PRIVATE') }
        : { problem: 'kind of endpoint not understood' },
    () => ({ known: false }),
  )
}
