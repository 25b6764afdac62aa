import type { Json, ResourceConfiguration, ZoneOfTrust } from '../../../model/index.ts'
import type { Known } from '../../readings.ts'
import { literalPattern } from '../../engine/patterns.ts'
import { setting, textSetting } from '../native.ts'
import { type Grant, grantOfStatement } from '../policy/grants.ts'
import type { Statement } from '../policy/document.ts'
import { type Mode, pin, type Reading } from '../policy/statements.ts'
import { choice, OPEN_PART, type Part } from './door-parts.ts'
import { listIn, memberOf, textOf } from './native.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'

/** A network endpoint outside the zone whose policy is known: what comes through it must pass that policy as well. */
export interface Endpoint {
  readonly id: string
  /** Null: none is set, and the endpoint lets everything pass. */
  readonly policy: Known<ReadPolicy | null>
}

/** The endpoints among the related resources, or of the facet `vpcEndpoints`, that are not inside the zone. */
export function endpointsOf(
  { facets }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
  zone: ZoneOfTrust,
): readonly Endpoint[] {
  const listed = facets.vpcEndpoints?.status === 'read' ? (listIn(facets.vpcEndpoints.value, 'VpcEndpoints') ?? []) : []
  const described = related.filter(({ resource }) => resource.type === 'AWS::EC2::VPCEndpoint')
  const all = [...described.map(ofResource), ...listed.map(ofDescription)]
  return all.flatMap((endpoint) => (endpoint && !zone.vpcEndpoints.includes(endpoint.id) ? [endpoint] : []))
}

function ofResource(endpoint: ResourceConfiguration): Endpoint | null {
  const id = /vpce-[a-z0-9]+/.exec(endpoint.resource.id)?.[0]
  if (!id || !isForS3(textSetting(endpoint, 'ServiceName'))) return null
  const policy = setting(endpoint, 'PolicyDocument', 'Policy')
  if (policy === undefined || policy.status === 'not-read') return { id, policy: { problem: `policy of ${id} not read` } }
  return { id, policy: policy.status === 'absent' ? { known: null } : readPolicy(policy.value, `policy of ${id}`) }
}

function ofDescription(json: Json): Endpoint | null {
  const id = textOf(json, 'VpcEndpointId')
  if (id === null || !isForS3(textOf(json, 'ServiceName'))) return null
  const policy = memberOf(json, 'PolicyDocument')
  if (policy === undefined) return { id, policy: { problem: `policy of ${id} not read` } }
  return { id, policy: readPolicy(policy, `policy of ${id}`) }
}

function isForS3(service: string | null): boolean {
  return service === null || /\.s3$/.test(service)
}

const SOURCE_ENDPOINT = 'aws:SourceVpce'

/**
 * The ways to a bucket by network: past none of these endpoints, or through one of them and its policy.
 * VPC, user guide: "Control access to VPC endpoints using endpoint policies".
 */
export function networkWays(endpoints: readonly Endpoint[], mode: Mode): readonly Part[] {
  if (endpoints.length === 0) return [OPEN_PART]
  return [pastNone(endpoints), ...endpoints.flatMap((endpoint) => through(endpoint, mode))]
}

function pastNone(endpoints: readonly Endpoint[]): Part {
  const patterns = endpoints.map(({ id }) => literalPattern(id))
  const values = { kind: 'patterns', patterns, negated: true } as const
  const elsewhere = choice(`no endpoint with a policy that was read`, ({ shape }) =>
    shape.route === 'endpoint'
      ? [{ variable: SOURCE_ENDPOINT, constraint: { whenAbsent: true, values, quantifier: 'some' } }]
      : [],
  )
  return { ...OPEN_PART, tellsRoutes: true, layers: [{ grants: [elsewhere], denies: [], sees: null }] }
}

function through({ id, policy }: Endpoint, mode: Mode): readonly Part[] {
  const at = (reading: Reading) => {
    const here = reading.shape.route === 'endpoint' ? pin(SOURCE_ENDPOINT, id, reading) : null
    return here ? [here] : false
  }
  if ('problem' in policy) {
    return mode === 'least'
      ? []
      : [{ ...OPEN_PART, tellsRoutes: true, layers: [{ grants: [choice(id, at)], denies: [], sees: null }] }]
  }
  const read = policy.known
  if (!read)
    return [{ ...OPEN_PART, tellsRoutes: true, layers: [{ grants: [choice(`the endpoint ${id}`, at)], denies: [], sees: null }] }]
  const { statements } = read.policy
  const grants = statements.filter(({ effect }) => effect === 'Allow').map((statement) => throughGrant(statement, at))
  const denies = statements.filter(({ effect }) => effect === 'Deny')
  const documents = [{ name: read.policy.name, document: read.document, onlyDenies: false }]
  return [
    {
      ...OPEN_PART,
      tellsRoutes: true,
      statements,
      layers: [{ grants, denies, sees: null }],
      replayed: [{ documents, aclGrants: [], sees: (witness) => (witness.context[SOURCE_ENDPOINT] === id ? witness : null) }],
    },
  ]
}

function throughGrant(statement: Statement, at: (reading: Reading) => ReturnType<Grant['when']>): Grant {
  const grant = grantOfStatement(statement)
  return {
    ...grant,
    when: (reading) => {
      const here = at(reading)
      const granted = here && grant.when(reading)
      return here && granted ? [...here, ...granted] : false
    },
  }
}
