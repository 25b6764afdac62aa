import type { PolicySource, ResourceConfiguration, StoreExplanation, StoreSetting } from '../../model/index.ts'
import { compareText } from '../../model/index.ts'
import { decide, type NamedPolicy, policiesOf, type ReachContext, traceWitnesses } from '../../reachability/index.ts'
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
    sources: sourcesOf(configuration, context, files),
    settings: settingsOf(configuration, files),
  }
}

function sourcesOf(
  configuration: ResourceConfiguration,
  context: ReachContext,
  files: Readonly<Record<string, FacetFile>>,
): PolicySource[] {
  const named = policiesOf(configuration, context) ?? []
  // What is not understood is shown all the same.
  const policies = named.some(({ facet }) => facet !== null) ? named : [...ownPolicy(configuration), ...named]
  return policies.flatMap(({ document, facet, value }) => {
    const { name = null, text = null } = (facet === null ? undefined : files[facet]) ?? {}
    return policySource({ document, value, file: name, text }) ?? []
  })
}

/** Where a model names no policy of the resource itself: the facet that most have for one. */
function ownPolicy({ resource, facets }: ResourceConfiguration): readonly NamedPolicy[] {
  const document = resource.type.endsWith('::Bucket') ? 'bucket policy' : 'resource policy'
  return facets.policy?.status === 'read' ? [{ document, facet: 'policy', value: facets.policy.value }] : []
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
