import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { globPattern, type Pattern } from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import { isRecord } from '../../readings.ts'
import { text } from '../policy/requests.ts'
import type { NamedResource, PolicyTarget } from '../policy/target.ts'
import { carriedKeys, never, type ServiceKey, type ServiceKeys, serviceKeyView, settled, untold } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'

/** A resource as policies see it, with all keys that its service fills in. */
export function serviceTarget(
  service: Service,
  configuration: ResourceConfiguration,
  gates: Gates,
  { access, alternative, strangers }: Pick<ServicePlace, 'access' | 'alternative' | 'strangers'>,
): { readonly target: PolicyTarget; readonly keys: ServiceKeys } {
  const { id: arn, account } = configuration.resource
  const keys: ServiceKeys = {
    'aws:RequestTag/*': never(),
    ...gates.keys,
    ...service.keys,
    ...resourceTags(configuration, service.noun),
    ...strangers,
  }
  const unsigned = gates.unsigned ?? ((action: string) => service.unsigned?.includes(action) ?? false)
  const target: PolicyTarget = {
    arn,
    variant: `${access} ${alternative} ${Object.keys(strangers).join(' ')}`,
    names: (action) => service.names?.(action, arn, { access, alternative, account }) ?? { arn, rest: null },
    takesUnsigned: unsigned,
    key: (key, shape, setting) => serviceKeyView(keys, key, shape, setting),
    carries: (shape, setting, _, context) => carriedKeys(keys, shape, setting, context),
  }
  return { target, keys }
}

/** The tags of the resource as `aws:ResourceTag/…`: from the facet `tags`, a record or a list of keys with values. */
export function resourceTags(
  { facets: { tags } }: ResourceConfiguration,
  noun: string,
  prefix = 'aws:ResourceTag/',
): ServiceKeys {
  const read = tags?.status === 'read' ? tagsIn(tags.value) : tags?.status === 'absent' ? [] : null
  if (!read) return { [`${prefix}*`]: untold('every', `the tags of the ${noun}, which were not read`) }
  const known: [string, ServiceKey][] = read.map(([key, value]) => [prefix + key, settled('every', value)])
  return Object.fromEntries([...known, [`${prefix}*`, settled('every', null)]])
}

function tagsIn(json: Json): readonly (readonly [string, string])[] | null {
  const inner = isRecord(json) ? (json.Tags ?? json.tags ?? json.TagList ?? json.TagSet ?? json) : json
  const entries: readonly (readonly [Json | undefined, Json | undefined])[] = Array.isArray(inner)
    ? (inner as readonly Json[]).map((entry) =>
        isRecord(entry)
          ? [entry.Key ?? entry.key ?? entry.TagKey, entry.Value ?? entry.value ?? entry.TagValue]
          : [undefined, undefined],
      )
    : isRecord(inner)
      ? Object.entries(inner)
      : [[undefined, undefined]]
  const read = entries.filter((entry): entry is readonly [string, string] => entry.every((part) => typeof part === 'string'))
  // A key that ends in a wildcard would stand for others.
  return read.length === entries.length && read.every(([key]) => !key.endsWith('*')) ? read : null
}

/** What lies below the resource: this beginning, and any of these rests after it. */
export function below(arn: string, ...rests: readonly Pattern[]): NamedResource {
  return { arn, rest: rest(...rests) }
}

/** The resource itself, or one of these rests after it. */
export function itselfOrBelow(arn: string, ...rests: readonly Pattern[]): NamedResource {
  return { arn, rest: rest([], ...rests) }
}

/** One name of a part: any text without the slash and the colon, but not the empty one. */
export const ONE_PART: Pattern = globPattern('?*', { without: '/:' })

function rest(...patterns: readonly Pattern[]): Variable {
  return text('always', [{ patterns, negated: false }])
}
