import type { Json } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { below } from './target.ts'
import { ANY_TEXT } from '../../engine/patterns.ts'

const READ = ['es:ESHttpGet', 'es:ESHttpPost']
const LIST = ['es:ESHttpGet', 'es:ESHttpHead']
const WRITE = ['es:ESHttpPut', 'es:ESHttpPost', 'es:ESHttpPatch']
const DELETE = ['es:ESHttpDelete', 'es:ESHttpPost']

/**
 * A search domain: its HTTP interface. A domain with a public endpoint takes unsigned requests where its policy lets everyone
 * in; one inside a VPC is not reached from the internet. Fine-grained access control then decides by roles that no configuration
 * shows. The settings of a domain are called by its name, so only its own account can change them. OpenSearch Service, developer
 * guide: "Identity and access management", "Fine-grained access control".
 */
export const searchDomain: Service = {
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain', 'AWS::OpenSearch::Domain'],
  noun: 'domain',
  arn: /^arn:aws[a-z-]*:es:[a-z0-9-]+:\d{12}:domain\/[a-z][a-z0-9-]{2,27}$/,
  policyFacets: ['policy', 'accessPolicies', 'domain'],
  actions: { read: READ, list: LIST, write: WRITE, delete: DELETE, admin: [] },
  ownersAlone: { admin: ['es:UpdateDomainConfig', 'es:UpdateElasticsearchDomainConfig'] },
  names: (_, arn) => below(`${arn}/`, ANY_TEXT),
  unsigned: [...new Set([...READ, ...LIST, ...WRITE, ...DELETE])],
  underResourceControls: false,
  gates: domainGates,
}

function domainGates({ configuration: { facets }, mode }: ServicePlace): Gates {
  const { vpcOptions, advancedSecurityOptions } = facets
  const whole = wholeDomain(
    facets.domain?.status === 'read' ? facets.domain.value : facets.policy?.status === 'read' ? facets.policy.value : null,
  )
  const vpc = vpcOptions
    ? decisive(vpcOptions, 'VPC of the domain', parseVpc, () => ({ known: false }))
    : whole
      ? parseVpc(whole.VPCOptions ?? null)
      : { problem: 'whether the endpoint lies in a VPC was not read' }
  const roles = advancedSecurityOptions
    ? decisive(advancedSecurityOptions, 'fine-grained access control', parseRoles, () => ({ known: false }))
    : whole
      ? parseRoles(whole.AdvancedSecurityOptions ?? null)
      : { problem: 'fine-grained access control not read' }
  if (isKnown(vpc) && vpc.known) return { closed: 'the endpoint lies inside a VPC: the internet does not reach it' }
  const doubtful = mode === 'least'
  const guarded = !isKnown(vpc) || !isKnown(roles) || roles.known
  return {
    doubts: [
      ...(isKnown(vpc) ? [] : [vpc.problem]),
      ...(isKnown(roles) ? [] : [roles.problem]),
      ...(isKnown(roles) && roles.known ? ['fine-grained access control is on: whom its roles let in was not read'] : []),
    ],
    refuses: () => guarded && doubtful,
  }
}

function wholeDomain(json: Json): { readonly [member: string]: Json } | null {
  const domain = isRecord(json) ? (json.DomainStatus ?? json) : null
  return isRecord(domain) && typeof domain.DomainName === 'string' && domain.ARN !== undefined ? domain : null
}

function parseVpc(json: Json): Known<boolean> {
  if (json === null) return { known: false }
  const options = isRecord(json) && isRecord(json.VPCOptions) ? json.VPCOptions : json
  if (!isRecord(options)) return { problem: 'VPC of the domain not understood' }
  const inside = typeof options.VPCId === 'string' || (Array.isArray(options.SubnetIds) && options.SubnetIds.length > 0)
  return inside || Object.keys(options).length === 0 ? { known: inside } : { problem: 'VPC of the domain not understood' }
}

function parseRoles(json: Json): Known<boolean> {
  if (json === null) return { known: false }
  const options = isRecord(json) && isRecord(json.AdvancedSecurityOptions) ? json.AdvancedSecurityOptions : json
  return isRecord(options) && typeof options.Enabled === 'boolean'
    ? { known: options.Enabled }
    : { problem: 'fine-grained access control not understood' }
}
