import type { Instant } from '../../../model/index.ts'
import { charClass, joined, literalPattern, type Pattern, repeated, SOME_CHARACTERS } from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import type { Known } from '../../readings.ts'
import type { CelEnvironment } from './cel/evaluate.ts'
import type { Tag } from './cel/tags.ts'
import { timestampOf } from './cel/time.ts'
import { type Outcome, asValue } from './cel/values.ts'
import type { Use } from './door.ts'

export const NAME = 'resource.name'
export const LIST_PREFIX = 'storage.googleapis.com/objectListPrefix'
const GRANTED_ROLES = 'iam.googleapis.com/modifiedGrantsByRole'

const LINE: Pattern = repeated(charClass('not', '\r\n'), 0)
const variables = new Map<string, ReadonlyMap<string, Variable>>()

/** What a request for this use may choose: the name after its beginning, the prefix of a listing, the roles it hands out. */
export function variablesOf({ on, permission }: Use): ReadonlyMap<string, Variable> {
  const key = `${permission} ${on.holdsMany} ${on.name}`
  const known = variables.get(key)
  if (known) return known
  const text = (pattern: Pattern, many = false): Variable => ({
    presence: 'always',
    many,
    domain: { kind: 'text', language: [{ patterns: [pattern], negated: false }] },
  })
  const name = on.holdsMany ? joined(literalPattern(on.name), SOME_CHARACTERS) : literalPattern(on.name)
  const made = new Map([
    [NAME, text(name)],
    [LIST_PREFIX, text(LINE)],
    [GRANTED_ROLES, text(SOME_CHARACTERS, true)],
  ])
  if (variables.size > 2_000) variables.clear()
  variables.set(key, made)
  return made
}

/** What conditions see of any request for this use. */
export function openEnvironment(use: Use, tags: Known<readonly Tag[]>, asOf: Instant): CelEnvironment {
  const { on, permission } = use
  const name: Outcome = on.holdsMany ? { kind: 'chosen-text', variable: NAME, head: on.name, extract: null } : asValue(on.name)
  return environment(use, tags, asOf, name, (attribute) => {
    if (attribute === LIST_PREFIX && permission === 'storage.objects.list') {
      return { kind: 'chosen-text', variable: LIST_PREFIX, head: '', extract: null }
    }
    if (attribute === GRANTED_ROLES && permission.endsWith('.setIamPolicy')) {
      return { kind: 'chosen-list', variable: GRANTED_ROLES }
    }
    return null
  })
}

/** What conditions see of one concrete request, given by the context of a witness. */
export function concreteEnvironment(
  use: Use,
  tags: Known<readonly Tag[]>,
  asOf: Instant,
  context: Readonly<Record<string, string | readonly string[]>>,
): CelEnvironment {
  const name = context[NAME]
  return environment(use, tags, asOf, typeof name === 'string' ? asValue(name) : null, (attribute) =>
    context[attribute] === undefined ? null : asValue(context[attribute]),
  )
}

function environment(
  { on, permission }: Use,
  tags: Known<readonly Tag[]>,
  asOf: Instant,
  name: Outcome | null,
  chosen: (attribute: string) => Outcome | null,
): CelEnvironment {
  return {
    tags,
    attribute: (path) => {
      if (path === 'request.time') return asValue(timestampOf(asOf)!)
      if (on.tells === 'nothing') return null
      if (path === 'resource.service') return asValue(on.service)
      if (path === 'resource.type') return asValue(on.type)
      return path === NAME && on.tells === 'everything' ? name : null
    },
    apiAttribute: (attribute, otherwise) => {
      const known =
        (attribute === LIST_PREFIX && permission.startsWith('storage.')) ||
        (attribute === GRANTED_ROLES &&
          /^(storage|bigquery|pubsub|compute|secretmanager|cloudkms|resourcemanager)\./.test(permission))
      // A request that does not carry the attribute is judged by the value that the condition names for that.
      return chosen(attribute) ?? (known ? asValue(otherwise) : { kind: 'unknown', what: `api.getAttribute of ${attribute}` })
    },
  }
}
