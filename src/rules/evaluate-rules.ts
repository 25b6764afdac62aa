import { compareText, type EvidenceRef, type Violation } from '../model/index.ts'
import type { Outcome } from './condition.ts'
import { factsOf, OBJECT_FIELDS, STORE_FIELDS, type Facts } from './fields.ts'
import type { Rule, RuleSet } from './rule.ts'
import { inScope } from './scope.ts'
import { grouped } from './sentence.ts'
import type { ObjectFacts, StoreFacts } from './store-facts.ts'

const MAX_EXAMPLES = 5
const MAX_EVIDENCE = 50

/** One store or object that a rule was applied to. */
interface Finding {
  readonly outcome: Outcome
  /** Whether it is not even known that the rule applies. */
  readonly unscoped: boolean
  readonly facts: Facts
  readonly object?: ObjectFacts
}

/** Every rule that a store breaks, or may break as far as was read; one violation for each store and rule, sorted. */
export function evaluateRules(rules: RuleSet, facts: readonly StoreFacts[]): Violation[] {
  return facts
    .flatMap((store) => rules.rules.flatMap((rule) => judgeStore(rule, store) ?? []))
    .sort((left, right) => compareText(left.resource, right.resource) || compareText(left.rule, right.rule))
}

function judgeStore(rule: Rule, store: StoreFacts): Violation | null {
  const objects: readonly (ObjectFacts | undefined)[] = rule.appliesTo === 'objects' ? store.objects : [undefined]
  const findings = objects.flatMap((object) => judge(rule, store, object) ?? [])
  const broken = findings.filter((finding) => finding.outcome === 'holds').sort(byAgeThenKey)
  const open = findings.filter((finding) => finding.outcome === 'undecided').sort(byAgeThenKey)
  const outcome = broken.length > 0 ? 'violated' : open.length > 0 || hasUnlistedObjects(rule, store) ? 'undecided' : 'kept'
  if (outcome === 'kept') return null
  const because = outcome === 'violated' ? sayViolated(rule, store, broken, open) : sayUndecided(rule, store, open)
  const evidence = evidenceOf(store, outcome === 'violated' ? broken : open)
  return { rule: rule.id, title: rule.title, severity: rule.severity, resource: store.resource, outcome, because, evidence }
}

function judge(rule: Rule, store: StoreFacts, object: ObjectFacts | undefined): Finding | null {
  const scoped = inScope(rule.scope, store, object)
  if (scoped === false) return null
  const facts = factsOf(rule, store, object)
  const decided = rule.brokenWhen.decide(facts)
  if (decided === 'does-not-hold') return null
  const unscoped = scoped === undefined
  return { outcome: unscoped ? 'undecided' : decided, unscoped, facts, ...(object && { object }) }
}

/** Objects that nobody listed may break the rule too, in a store whose name alone puts it in scope. */
function hasUnlistedObjects(rule: Rule, store: StoreFacts): boolean {
  return rule.appliesTo === 'objects' && store.objectsComplete === false && inScope(rule.scope, store, NO_OBJECT) !== false
}
const NO_OBJECT: ObjectFacts = { key: '', ageDays: null, elements: [], present: 'possibly' }

function sayViolated(rule: Rule, store: StoreFacts, broken: readonly Finding[], open: readonly Finding[]): string[] {
  const shown = broken.slice(0, MAX_EXAMPLES)
  const sentences = shown.flatMap((finding) => rule.because.map((sentence) => sentence.fill(asFound(finding.facts, store))))
  const more = broken.length - shown.length
  if (more > 0) sentences.push(`The same holds for ${files(more)} more of ${store.name}.`)
  if (open.length > 0) sentences.push(`For ${files(open.length)} of ${store.name} it could not be decided.`)
  return Array.from(new Set(sentences))
}

function sayUndecided(rule: Rule, store: StoreFacts, open: readonly Finding[]): string[] {
  const sentences = [`It could not be decided whether ${store.name} keeps this rule.`]
  if (open.some((finding) => finding.unscoped))
    sentences.push('Not known: the tags of the store, on which it depends whether the rule applies.')
  if (hasUnlistedObjects(rule, store)) sentences.push('Not known: whether the store holds more files than were listed.')
  const unknown = notKnown(rule, open)
  if (sentences.length + unknown.length === 1) sentences.push(`The condition "${rule.brokenWhen.text}" fails on these facts.`)
  return [...sentences, ...unknown]
}

/** For sentences, what was found counts even where not everything was examined. */
function asFound(facts: Facts, store: StoreFacts): Facts {
  const { elements, people, examined } = store.personalData
  if (examined || elements.length === 0) return facts
  return { ...facts, 'data.elements': elements.toSorted(compareText), 'data.people': `at least ${grouped(people)}` }
}

function notKnown(rule: Rule, open: readonly Finding[]): string[] {
  const fields: Readonly<Record<string, string>> = { ...STORE_FIELDS, ...OBJECT_FIELDS }
  return rule.brokenWhen.paths.flatMap((path) => {
    const missing = open.filter((finding) => finding.facts[path] === undefined).length
    if (missing === 0) return []
    return `Not known: ${fields[path]}${path.startsWith('object.') ? `, for ${files(missing)}` : ''}.`
  })
}

function files(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'file' : 'files'}`
}

function byAgeThenKey(left: Finding, right: Finding): number {
  return (
    (right.object?.ageDays ?? -1) - (left.object?.ageDays ?? -1) || compareText(left.object?.key ?? '', right.object?.key ?? '')
  )
}

function evidenceOf(store: StoreFacts, telling: readonly Finding[]): EvidenceRef[] {
  const places = [...store.evidence, ...telling.flatMap((finding) => finding.object?.evidence ?? [])]
  const distinct = new Map(
    places.map((place) => [JSON.stringify([place.file, place.offset ?? null, place.record ?? null]), place]),
  )
  return Array.from(distinct)
    .sort(([left], [right]) => compareText(left, right))
    .slice(0, MAX_EVIDENCE)
    .map(([, place]) => place)
}
