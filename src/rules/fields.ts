import type { CelInput } from '@bufbuild/cel'
import { ACCESSES, compareText, type Audience, type DataElement } from '../model/index.ts'
import type { Parameter } from './parameter.ts'
import type { ObjectFacts, StoreFacts } from './store-facts.ts'

/** A fact by its path as rules write it. `undefined`: not known, which a condition turns into undecided. */
export type Facts = Readonly<Record<string, FactValue | undefined>>
export type FactValue = Parameter | readonly string[]

/** What each field is, for sentences on what was not read. */
export const STORE_FIELDS: Readonly<Record<string, string>> = {
  'store.resource': 'the resource id',
  'store.name': 'the name of the store',
  'store.account': 'the account',
  'store.region': 'the region',
  'data.personal': 'whether the store holds personal data',
  'data.elements': 'every kind of personal data in the store',
  'data.people': 'the number of people in all of the store',
  'logging.on': 'whether the store logs access',
  ...Object.fromEntries(ACCESSES.map((access) => [`now.${access}`, `who can ${access} from outside`])),
  ...Object.fromEntries(ACCESSES.map((access) => [`ever.${access}`, `who could ever ${access} from outside`])),
}

export const OBJECT_FIELDS: Readonly<Record<string, string>> = {
  'object.key': 'the key of the file',
  'object.ageDays': 'when the file was put there',
  'object.personal': 'whether the file holds personal data',
  'object.elements': 'every kind of personal data in the file',
  'object.present': 'whether the file is still there',
}

/** What gives access and is about nobody. */
const CREDENTIALS: ReadonlySet<DataElement> = new Set<DataElement>([
  'secret-key',
  'json-web-token',
  'private-key',
  'password-hash',
])

/** The facts of one store, or of one object in it, with the rule's parameters. */
export function factsOf(
  rule: { readonly parameters: Readonly<Record<string, Parameter>> },
  store: StoreFacts,
  object?: ObjectFacts,
): Facts {
  const { personalData } = store
  return {
    'store.resource': store.resource,
    'store.name': store.name,
    'store.account': store.account,
    'store.region': store.region,
    'data.personal': isPersonal(personalData.elements, personalData.examined),
    'data.elements': personalData.examined ? sorted(personalData.elements) : undefined,
    'data.people': personalData.examined ? personalData.people : undefined,
    'logging.on': store.logging === 'not-read' ? undefined : store.logging === 'on',
    ...Object.fromEntries(ACCESSES.map((access) => [`now.${access}`, decided(store.audiences.now[access])])),
    ...Object.fromEntries(ACCESSES.map((access) => [`ever.${access}`, decided(store.audiences.ever[access])])),
    ...(object ? objectFacts(store, object) : {}),
    ...Object.fromEntries(Object.entries(rule.parameters).map(([name, value]) => [`parameters.${name}`, value])),
  }
}

function objectFacts(store: StoreFacts, object: ObjectFacts): Facts {
  const examined = object.examined ?? store.personalData.examined
  return {
    'object.key': object.key,
    'object.ageDays': object.ageDays ?? undefined,
    'object.personal': isPersonal(object.elements, examined),
    'object.elements': examined ? sorted(object.elements) : undefined,
    'object.present': object.present === 'possibly' ? undefined : object.present === 'yes',
  }
}

/** The nested maps that a condition reads: what is not known is not in them, and reading it is an error. */
export function bindingsOf(facts: Facts): Record<string, CelInput> {
  const roots: Record<string, Record<string, CelInput>> = {}
  for (const [path, value] of Object.entries(facts)) {
    const dot = path.indexOf('.')
    const root = path.slice(0, dot)
    roots[root] ??= {}
    if (value !== undefined) roots[root][path.slice(dot + 1)] = celValue(value)
  }
  return roots
}

/** Whole numbers go in as integers: CEL keeps them apart from fractions. */
function celValue(value: FactValue): CelInput {
  if (typeof value === 'object') return value.map((each) => celValue(each))
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
}

function isPersonal(elements: readonly DataElement[], examined: boolean): boolean | undefined {
  if (elements.some((element) => !CREDENTIALS.has(element))) return true
  return examined ? false : undefined
}

function decided(audience: Audience): Audience | undefined {
  return audience === 'undecided' ? undefined : audience
}

function sorted(elements: readonly DataElement[]): readonly DataElement[] {
  return elements.toSorted(compareText)
}
