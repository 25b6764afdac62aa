import type { Json, Reading, ResourceConfiguration } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { searchDomainNetwork } from '../network/opensearch.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { below } from './target.ts'
import { ANY_TEXT } from '../../engine/patterns.ts'

const READ = ['es:ESHttpGet', 'es:ESHttpPost']
const LIST = ['es:ESHttpGet', 'es:ESHttpHead']
const WRITE = ['es:ESHttpPut', 'es:ESHttpPost', 'es:ESHttpPatch']
const DELETE = ['es:ESHttpDelete', 'es:ESHttpPost']

/**
 * A search domain: its HTTP interface. A domain with a public endpoint takes unsigned requests where its policy lets everyone
 * in; one that stands in a network is reached by that network alone. Fine-grained access control then decides by roles that no configuration
 * shows. The settings of a domain are called by its name, so only its own account can change them. OpenSearch Service, developer
 * guide: "Identity and access management", "Fine-grained access control".
 */
export const searchDomain: Service = {
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain', 'AWS::OpenSearch::Domain'],
  noun: 'domain',
  arn: /^arn:aws[a-z-]*:es:[a-z0-9-]+:\d{12}:domain\/[a-z][a-z0-9-]{2,27}$/,
  policyFacets: ['policy', 'accessPolicies', 'domain', 'configuration'],
  actions: { read: READ, list: LIST, write: WRITE, delete: DELETE, admin: [] },
  ownersAlone: { admin: ['es:UpdateDomainConfig', 'es:UpdateElasticsearchDomainConfig'] },
  names: (_, arn) => below(`${arn}/`, ANY_TEXT),
  unsigned: [...new Set([...READ, ...LIST, ...WRITE, ...DELETE])],
  underResourceControls: false,
  gates: domainGates,
}

function domainGates({ configuration, mode, zone, asOf, related }: ServicePlace): Gates {
  const described = withDescription(configuration)
  const network = searchDomainNetwork(described, { zone, asOf, related })
  if (network.kind === 'network' && network.verdict.audience === 'none') return { closed: network.verdict.because.join('; ') }
  const { advancedSecurityOptions, AdvancedSecurityOptions = advancedSecurityOptions } = described.facets
  const roles = decisive(AdvancedSecurityOptions, 'fine-grained access control', parseRoles, () => ({ known: false }))
  const guarded = network.kind !== 'public-endpoint' || !isKnown(roles) || roles.known
  return {
    doubts: [
      ...(network.kind === 'unknown' ? [network.because] : []),
      ...(network.kind === 'network' ? network.verdict.because : []),
      ...(isKnown(roles) ? [] : [roles.problem]),
      ...(isKnown(roles) && roles.known ? ['fine-grained access control is on: whom its roles let in was not read'] : []),
    ],
    refuses: () => guarded && mode === 'least',
    remarks: network.kind === 'public-endpoint' ? [network.because] : [],
  }
}

/** The configuration with what `aws opensearch describe-domain` prints, each member as a facet of its own. */
function withDescription(configuration: ResourceConfiguration): ResourceConfiguration {
  const { facets } = configuration
  const described = [facets.domain, facets.configuration, facets.policy]
    .map((reading) => (reading?.status === 'read' ? wholeDomain(reading.value) : null))
    .find((domain) => domain !== null)
  if (!described) return configuration
  const members = Object.entries({ VPCOptions: null, AdvancedSecurityOptions: null, ...described })
  const own = members.map(([name, value]): [string, Reading<Json>] => [
    name,
    value === null ? { status: 'absent' } : { status: 'read', value },
  ])
  return { ...configuration, facets: { ...Object.fromEntries(own), ...facets } }
}

function wholeDomain(json: Json): { readonly [member: string]: Json } | null {
  const domain = isRecord(json) ? (json.DomainStatus ?? json) : null
  return isRecord(domain) && typeof domain.DomainName === 'string' && domain.ARN !== undefined ? domain : null
}

function parseRoles(json: Json): Known<boolean> {
  if (json === null) return { known: false }
  const options = isRecord(json) && isRecord(json.AdvancedSecurityOptions) ? json.AdvancedSecurityOptions : json
  return isRecord(options) && typeof options.Enabled === 'boolean'
    ? { known: options.Enabled }
    : { problem: 'fine-grained access control not understood' }
}
