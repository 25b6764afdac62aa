import type { Json, PolicySource, ResourceConfiguration, StoreExplanation, StoreSetting } from '../../model/index.ts'
import { compareText } from '../../model/index.ts'
import { decide, type ReachContext, traceWitnesses } from '../../reachability/index.ts'
import { policySource } from './policy-source.ts'

/** Where a facet came from, for those that came from a file. */
export interface FacetFile {
  readonly name: string
  readonly text: string
}

/** Decides one configuration and gathers what a reader needs to check the answer by eye. */
export function explainStore(
  configuration: ResourceConfiguration,
  context: ReachContext,
  files: Readonly<Record<string, FacetFile>> = {},
): StoreExplanation {
  const verdicts = decide(configuration, context)
  return {
    resource: configuration.resource,
    asOf: context.asOf,
    verdicts,
    traces: traceWitnesses(configuration, context, verdicts),
    sources: sourcesOf(configuration, files),
    settings: settingsOf(configuration, files),
  }
}

function sourcesOf({ resource, facets }: ResourceConfiguration, files: Readonly<Record<string, FacetFile>>): PolicySource[] {
  const source = (document: string, value: Json, facet: string) =>
    policySource({ document, value, file: files[facet]?.name ?? null, text: files[facet]?.text ?? null }) ?? []
  const own = facets.policy?.status === 'read' ? source(ownPolicyName(resource.type), facets.policy.value, 'policy') : []
  const controls = facets.resourceControlPolicies
  const listed = controls?.status === 'read' ? [controls.value].flat() : []
  return [
    own,
    ...listed.map((value, at) => source(`resource control policy ${at + 1}`, value as Json, 'resourceControlPolicies')),
  ].flat()
}

function ownPolicyName(type: string): string {
  return type === 'AWS::S3::Bucket' ? 'bucket policy' : 'resource policy'
}

function settingsOf({ facets }: ResourceConfiguration, files: Readonly<Record<string, FacetFile>>): StoreSetting[] {
  return Object.entries(facets)
    .map(([facet, reading]) => ({
      facet,
      file: files[facet]?.name ?? null,
      status: reading.status,
      ...(reading.status === 'not-read' ? { reason: reading.reason } : {}),
    }))
    .sort((a, b) => compareText(a.facet, b.facet))
}
