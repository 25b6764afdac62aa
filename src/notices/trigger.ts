import { compareText, type DataElement } from '../model/index.ts'
import { matchKind } from './data-kinds.ts'
import type { Answer, NoticeFacts } from './notice-facts.ts'
import { hintFor, questionOf, wordsOfKind } from './questions.ts'
import type { Regime, TriggerExpression, TriggerTest } from './regimes/regime.ts'

/** Whether a condition holds, what shows it, and the questions that a person must answer where it is not known. */
export interface Finding {
  readonly holds: Answer
  readonly because: readonly string[]
  readonly questions: readonly string[]
}

/** The facts of one regime's people. `people` is a lower bound while `more` is possible. */
export interface RegimePeople {
  readonly people: number
  readonly elements: readonly DataElement[]
  readonly more: boolean
  /** False where the law protects one state's people only, and nobody knows who of the country's people live there. */
  readonly placed: boolean
}

/** Evaluates one test of a regime's trigger, with the test that it requires. */
export function evaluateTest(test: TriggerTest, regime: Regime, affected: RegimePeople, facts: NoticeFacts): Finding {
  const own = every([residence(regime, affected), evaluate(test.expr, { regime, affected, facts })])
  const worded = { ...own, because: own.because.map((reason) => (test.summary === '' ? reason : `${test.summary}: ${reason}`)) }
  const required = regime.trigger.tests.find(({ id }) => id === test.requires)
  return required ? every([evaluateTest(required, regime, affected, facts), worded]) : worded
}

function residence(regime: Regime, { placed }: RegimePeople): Finding {
  if (placed) return { holds: true, because: [], questions: [] }
  return {
    holds: 'unknown',
    because: [],
    questions: [`Do any of these people live in ${regime.jurisdiction.split(' - ').at(-1)}?`],
  }
}

/** A number of people in words. */
export function wordsOfPeople(people: number): string {
  return people === 1 ? '1 person' : `${number(people)} people`
}

/** The opposite, in three values. */
export function negate(finding: Finding): Finding {
  return { ...finding, holds: finding.holds === 'unknown' ? 'unknown' : !finding.holds }
}

/** All of them hold: one that does not settles it, whatever is unknown of the others. */
export function every(findings: readonly Finding[]): Finding {
  const refuted = findings.filter(({ holds }) => holds === false)
  if (refuted.length > 0) return { ...combine(refuted, false), questions: [] }
  return combine(findings, findings.some(({ holds }) => holds === 'unknown') ? 'unknown' : true)
}

/** One of them holds: that settles it, whatever is unknown of the others. */
export function some(findings: readonly Finding[]): Finding {
  const proved = findings.filter(({ holds }) => holds === true)
  if (proved.length > 0) return { ...combine(proved, true), questions: [] }
  const open = findings.filter(({ holds }) => holds === 'unknown')
  return open.length > 0 ? combine(open, 'unknown') : combine(findings, false)
}

function combine(findings: readonly Finding[], holds: Answer): Finding {
  const questions = new Set(findings.flatMap((finding) => finding.questions))
  const because = new Set(findings.flatMap((finding) => finding.because))
  return { holds, because: [...because], questions: [...questions].sort(compareText) }
}

interface Scope {
  readonly regime: Regime
  readonly affected: RegimePeople
  readonly facts: NoticeFacts
}

function evaluate(expression: TriggerExpression, scope: Scope): Finding {
  if ('always' in expression) return { holds: true, because: ['people there are affected'], questions: [] }
  if ('judgement' in expression) return judged(expression.judgement, scope)
  if ('includesKind' in expression) return includesKind(expression.includesKind, scope)
  if ('gt' in expression) return counted(expression.gt[0], expression.gt[1] + 1, scope)
  if ('gte' in expression) return counted(expression.gte[0], expression.gte[1], scope)
  if ('eq' in expression) return equal(expression.eq[0], expression.eq[1], scope)
  if ('not' in expression) return negate(evaluate(expression.not, scope))
  if ('any' in expression) return some(expression.any.map((part) => evaluate(part, scope)))
  return every(expression.all.map((part) => evaluate(part, scope)))
}

function judged(name: string, { facts }: Scope): Finding {
  const answer = facts.judgements?.[name] ?? 'unknown'
  const question = questionOf(name)
  if (answer === 'unknown') {
    const hint = hintFor(name, facts.outsiderReads)
    return { holds: 'unknown', because: [], questions: [hint === null ? question : `${question} ${hint}`] }
  }
  return { holds: answer, because: [`"${question}" was judged: ${answer ? 'yes' : 'no'}`], questions: [] }
}

function equal(name: string, wanted: boolean | number | string, scope: Scope): Finding {
  const finding = judged(name, scope)
  return wanted === false ? negate(finding) : finding
}

function includesKind(kind: string, { regime, affected, facts }: Scope): Finding {
  const words = wordsOfKind(kind)
  const match = matchKind(kind, regime.id, affected.elements)
  if (match === 'yes') return { holds: true, because: [`${words} were found`], questions: [] }
  const answer = facts.judgements?.[kind] ?? 'unknown'
  if (answer !== 'unknown')
    return { holds: answer, because: [`it was judged that there ${answer ? 'are' : 'are no'} ${words}`], questions: [] }
  if (match === 'maybe') return { holds: 'unknown', because: [], questions: [`Are there ${words} among what was found?`] }
  if (affected.more) return { holds: 'unknown', because: [], questions: [`Are there ${words} in what was not read?`] }
  return { holds: false, because: [`no ${words} were found`], questions: [] }
}

/** Whether a count reaches a bound; a count that may be higher leaves it open. */
function counted(fact: string, atLeast: number, scope: Scope): Finding {
  const { least, most, noun } = countOf(fact, scope)
  if (least >= atLeast) return { holds: true, because: [`${number(least)} ${noun}`], questions: [] }
  if (most < atLeast) return { holds: false, because: [`${number(most)} ${noun}, fewer than ${number(atLeast)}`], questions: [] }
  return { holds: 'unknown', because: [], questions: [`Are there ${number(atLeast)} or more ${noun}?`] }
}

function countOf(
  fact: string,
  { affected, facts }: Scope,
): { readonly least: number; readonly most: number; readonly noun: string } {
  const ceiling = affected.more ? Number.POSITIVE_INFINITY : affected.people
  if (fact === 'affected.count') return { least: affected.people, most: ceiling, noun: 'people' }
  if (fact === 'system.recordsHeld') {
    return { least: facts.recordsHeld ?? 0, most: Number.POSITIVE_INFINITY, noun: 'records in the system' }
  }
  const region = fact.split('.').at(-1) ?? ''
  const known = region === 'max' ? Math.max(0, ...Object.values(facts.peopleByRegion ?? {})) : facts.peopleByRegion?.[region]
  const noun = region === 'max' ? 'residents of one state' : `residents of ${region}`
  if (known === undefined) return { least: 0, most: ceiling, noun }
  return { least: known, most: affected.more ? ceiling : known, noun }
}

function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
