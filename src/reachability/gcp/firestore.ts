import type { Json, ResourceConfiguration, Verdicts } from '../../model/index.ts'
import type { ReachContext, ReachModel } from '../reach-model.ts'
import { decisive } from '../readings.ts'
import { facetOf } from './facets.ts'
import { googleContext, type Grants } from './iam/context.ts'
import { decideDoor } from './iam/decide-door.ts'
import { plainName, usesOf } from './iam/family.ts'

const TYPE = 'firestore.googleapis.com/Database'

/**
 * Databases of Firestore: reached by what the project grants, and by the security rules, which let clients without credentials in.
 * Rules are not decided unless every one of them is closed; no rules are closed rules.
 */
export const FIRESTORE_MODELS: readonly ReachModel[] = [{ types: [TYPE], decide: decideDatabase }]

function decideDatabase(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const service = 'firestore.googleapis.com'
  const google = googleContext(configuration, context, { service, ownPolicy: false })
  const uses = usesOf(
    {
      type: TYPE,
      service,
      tells: 'everything',
      permissions: {
        read: ['datastore.entities.get'],
        list: ['datastore.entities.list'],
        write: ['datastore.entities.create', 'datastore.entities.update'],
        delete: ['datastore.entities.delete'],
        admin: ['resourcemanager.projects.setIamPolicy'],
      },
    },
    plainName(configuration.resource.id),
  )
  const rules = decisive(facetOf(configuration, 'securityRules'), 'security rules', rulesGrants, (): Grants => ({ known: [] }))
  // Rules are about documents: nobody changes by them who may do what.
  return decideDoor(google.door({ uses, furtherGrants: [{ grants: rules, bearsOn: ['read', 'list', 'write', 'delete'] }] }))
}

const MOST_CHARACTERS = 262_144
const ALLOW = /\ballow\b/g
const CLOSED = /\ballow\s{1,20}[a-z, ]{1,60}:\s{0,20}if\s{1,20}false\s{0,20};/g

function rulesGrants(json: Json): Grants {
  if (typeof json !== 'string' || json.length > MOST_CHARACTERS) return { problem: 'security rules are not understood' }
  // Where there are quoted texts, what looks like a comment may be none.
  const rules = /['"]/.test(json) ? json : withoutComments(json)
  const closed = (rules.match(ALLOW) ?? []).length === (rules.match(CLOSED) ?? []).length
  return closed ? { known: [] } : { problem: 'security rules that allow something are not decided' }
}

function withoutComments(text: string): string {
  let left = ''
  let at = 0
  while (at < text.length) {
    const next = /\/[*/]/.exec(text.slice(at, at + 4096))
    if (!next) {
      const end = at + 4095
      left += text.slice(at, end)
      at = end
      continue
    }
    const start = at + next.index
    left += `${text.slice(at, start)} `
    const ending = next[0] === '//' ? '\n' : '*/'
    const end = text.indexOf(ending, start + 2)
    at = end < 0 ? text.length : end + ending.length
  }
  return left
}
