import { Temporal } from 'temporal-polyfill'
import { compareInstants, compareText, type Obligation, type RegimeStanding } from '../model/index.ts'
import { clockStart } from './clock-start.ts'
import { deadline } from './deadline.ts'
import { titleOf } from './duty-titles.ts'
import { affectedUnder, standingOf } from './market-standing.ts'
import type { NoticeFacts } from './notice-facts.ts'
import type { Clock, Regime, TriggerTest } from './regimes/regime.ts'
import { REGIMES } from './regimes/registry.ts'
import { evaluateTest, every, type Finding, negate, type RegimePeople, some, wordsOfPeople } from './trigger.ts'

/**
 * Which regimes are in play, and what is owed to whom by when. A duty that hangs on a judgement nobody has made is listed
 * with the question; a duty without a number of days has `due: null`. Obligations are in the order of their deadlines.
 */
export function assessRegimes(facts: NoticeFacts): { readonly obligations: Obligation[]; readonly regimes: RegimeStanding[] } {
  const assessed = REGIMES.map((regime) => assessRegime(regime, facts))
  return {
    obligations: assessed.flatMap(({ obligations }) => obligations).sort(compareObligations),
    regimes: assessed.map(({ standing }) => standing),
  }
}

function assessRegime(
  regime: Regime,
  facts: NoticeFacts,
): { readonly obligations: Obligation[]; readonly standing: RegimeStanding } {
  const entry = (standing: RegimeStanding['standing'], because: string): RegimeStanding => ({
    regime: regime.id,
    jurisdiction: regime.jurisdiction,
    standing,
    because,
  })
  const early = notBinding(regime, facts)
  if (early) return { obligations: [], standing: entry(early.standing, early.because) }
  const affected = affectedUnder(regime, facts)
  if (affected.people === 0) {
    const { standing, because } = standingOf(regime, facts)
    return { obligations: [], standing: entry(standing, because) }
  }
  const findings = new Map(regime.trigger.tests.map((test) => [test, evaluateTest(test, regime, affected, facts)]))
  const duties = [...clockDuties(regime, findings), ...clocklessDuties(regime, findings)].filter(
    ({ finding }) => finding.holds !== false,
  )
  return {
    obligations: duties.map((duty) => toObligation(duty, regime, affected, facts)),
    standing: standingFrom(some(inForce(findings)), affected, entry),
  }
}

function notBinding(regime: Regime, facts: NoticeFacts): Pick<RegimeStanding, 'standing' | 'because'> | null {
  const day = Temporal.Instant.from(facts.awareness).toZonedDateTimeISO(regime.timezone).toPlainDate().toString()
  const isAdopted = regime.status !== 'proposed' && regime.effective <= day
  if (!isAdopted) {
    const because = `In the form that Ajar knows it binds from ${regime.effective}; it was known on ${day}. An earlier form may have bound.`
    return { standing: 'not-in-force', because }
  }
  if (regime.status !== 'voluntary') return null
  return { standing: 'voluntary', because: `Telling ${regime.authority} is recommended; no law demands it.` }
}

function standingFrom(
  finding: Finding,
  affected: RegimePeople,
  entry: (standing: RegimeStanding['standing'], because: string) => RegimeStanding,
): RegimeStanding {
  const people = wordsOfPeople(affected.people)
  if (finding.holds === true) return entry('owed', `${people} affected. ${finding.because.join('; ')}.`)
  if (finding.holds === 'unknown') return entry('judgement', `${people} affected. ${finding.questions.join(' ')}`)
  return entry('none-affected', `${people} found there, none in a way that the law names: ${finding.because.join('; ')}.`)
}

/** One thing to do, and whether it must be done. */
interface Duty {
  readonly id: string
  readonly clock: Clock | null
  readonly recipient: Obligation['recipient']
  readonly basis: string
  readonly finding: Finding
}

type Findings = ReadonlyMap<TriggerTest, Finding>

function clockDuties(regime: Regime, findings: Findings): Duty[] {
  // A draft's clock binds nobody.
  return regime.clocks
    .filter(({ force }) => force !== 'draft')
    .map((clock) => ({
      id: clock.id,
      clock,
      recipient: clock.recipient,
      basis: clock.basis,
      finding: findingFor(clock, findings),
    }))
}

/** A clock runs where a test with its recipient holds, and its own condition; for one that no test names, any test does. */
function findingFor(clock: Clock, findings: Findings): Finding {
  const named = [...findings].filter(([test]) => tells(test, clock.recipient))
  const tests = clock.recipient === 'internal' || named.length === 0 ? inForce(findings) : inForce(new Map(named))
  if (clock.condition === undefined) return some(tests)
  const id = 'test' in clock.condition ? clock.condition.test : clock.condition.not
  const own = [...findings].find(([test]) => test.id === id)?.[1] ?? { holds: 'unknown', because: [], questions: [] }
  return every([some(tests), 'test' in clock.condition ? own : negate(own)])
}

function inForce(findings: Findings): Finding[] {
  return [...findings].filter(([test]) => !test.id.startsWith('draft')).map(([, finding]) => finding)
}

/** Duties for which the regime has no clock: to be done, without a day. */
function clocklessDuties(regime: Regime, findings: Findings): Duty[] {
  return [...findings].flatMap(([test, finding]) =>
    (['public', 'other'] as const)
      .filter((recipient) => tells(test, recipient) && !regime.clocks.some((clock) => clock.recipient === recipient))
      .map((recipient) => ({ id: test.id, clock: null, recipient, basis: test.basis, finding })),
  )
}

function tells(test: TriggerTest, recipient: Obligation['recipient']): boolean {
  return test.duty.split('+').includes(recipient)
}

function toObligation(
  { id, clock, recipient, basis, finding }: Duty,
  regime: Regime,
  affected: RegimePeople,
  facts: NoticeFacts,
): Obligation {
  const startLabel = clock?.start ?? 'awareness'
  const start = clockStart(startLabel, facts, regime.timezone)
  return {
    regime: regime.id,
    jurisdiction: regime.jurisdiction,
    market: regime.country,
    duty: id,
    recipient,
    title: titleOf(id, recipient, clock?.stage ?? 'initial', regime),
    start: start.at,
    startLabel,
    due: clock !== null && start.started ? deadline(clock, start.at, regime.timezone) : null,
    force: clock?.force ?? 'no_time_named',
    basis,
    because: [`${wordsOfPeople(affected.people)} affected.`, ...finding.because, start.because],
    needsJudgement: finding.questions,
    confidence: regime.verification.confidence,
  }
}

function compareObligations(left: Obligation, right: Obligation): number {
  const byDue =
    left.due === null || right.due === null
      ? Number(left.due === null) - Number(right.due === null)
      : compareInstants(left.due, right.due)
  return byDue || compareText(left.regime, right.regime) || compareText(left.duty, right.duty)
}
