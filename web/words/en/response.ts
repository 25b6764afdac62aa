import type { ConclusionCode, CoverageState, Obligation, Plan, RegimeStanding } from '../../../src/model/index.ts'
import type { Format } from '../format.ts'
import { capital, englishPhrases } from './phrases.ts'

const RECIPIENTS = {
  regulator: 'regulator',
  individual: 'each person',
  public: 'the public',
  other: 'another authority',
  internal: 'assessment',
} satisfies Record<Obligation['recipient'], string>

/** Duties that one regime has several of to the same recipient. */
const DUTIES: Readonly<Record<string, string>> = {
  prelim: 'regulator, preliminary',
  final: 'regulator, full report',
  final_malicious: 'regulator, full report (malice)',
  assess: 'assessment',
  statement: 'regulator, statement',
  supplement: 'regulator, supplement',
  full: 'regulator, full report',
  office_late: 'regulator, late report',
  draft_individuals: 'each person (draft rule)',
  draft_regulator: 'regulator (draft rule)',
  cac_summary: 'another authority, summary',
  hhs_annual: 'regulator, yearly report',
  records: 'keep records',
}

/** Sections 4 to 7 in English: was it read, what is owed, done, changed. */
export function englishResponse(format: Format) {
  const { count, list, day, dayShort } = format
  const { small, Small, stores, things, people } = englishPhrases(format)

  return {
    access: {
      finding: (given: { read: number; listed: number; unknowable: number; dark: boolean; allDark: boolean }): string => {
        const others =
          given.read + given.listed > 0
            ? `${small(given.unknowable)} ${given.unknowable === 1 ? 'other' : 'others'}`
            : stores(given.unknowable)
        const rest =
          given.unknowable > 0 ? `; of ${others} it cannot be known` : given.dark ? '; the logs do not cover all of the time' : ''
        if (given.read > 0) return `Outsiders read ${stores(given.read)}${rest}`
        if (given.allDark && given.listed === 0) return 'Whether outsiders came cannot be known: no log exists'
        if (given.listed > 0) return `Outsiders listed ${stores(given.listed)} and fetched nothing that a log shows${rest}`
        return given.unknowable === 0 && !given.dark
          ? 'No outsider came while a log was watching, and one always was'
          : `No outsider is seen in the logs there are${rest}`
      },
      none: 'Nothing was open, so there is no access to look for',
      store: 'Store',
      conclusion: 'Conclusion',
      wording: 'Wording that the sources bear',
      covered: 'Open hours covered',
      codes: {
        read: 'READ',
        listed: 'LIST',
        ambiguous: 'AMBIGUOUS',
        'silent-full': 'SILENT-FULL',
        'silent-part': 'SILENT-PART',
        dark: 'DARK',
        undecided: 'UNDECIDED',
      } satisfies Record<ConclusionCode, string>,
      sentence: (given: {
        code: ConclusionCode
        sentence: string
        requests: number
        outsiders: number
        objects: number
        covered: number
      }): string => given.sentence,
      hourly: (store: string): string => `${store}, hour by hour`,
      hourlyChart: (store: string): string => `Log coverage of ${store} by hour`,
      noHours: 'No log of any of these stores is in the evidence: there are no hours to draw.',
      fetched: (given: { moment: string; reads: number }): string =>
        `${format.momentUtc(given.moment)}: ${given.reads === 1 ? 'one file' : `${small(given.reads)} files`} fetched`,
      states: {
        'configured-observed': 'configured, observed',
        'configured-silent': 'configured, silent',
        'unconfirmed-edge': 'edge, about an hour',
        'not-configured': 'not configured',
        missing: 'missing',
        'late-pending': 'late, pending',
      } satisfies Record<CoverageState, string>,
      outsiderRead: 'outsider read',
      caption: 'Who came from outside',
      table: {
        store: 'Store',
        who: 'From',
        requests: 'Requests',
        reads: 'Reads',
        lists: 'Lists',
        bytes: 'Bytes',
        first: 'First',
        last: 'Last',
      },
      omitted: (n: number): string => `${things(n, 'outsider', 'outsiders')} more`,
    },
    owed: {
      finding: (given: { owed: number; judgement: number; of: number; due: number; day: string | null }): string => {
        const owed =
          given.owed === 0
            ? `None of ${count(given.of)} regimes is owed`
            : `${Small(given.owed)} of ${count(given.of)} regimes ${given.owed === 1 ? 'is' : 'are'} owed`
        if (given.due > 0 && given.day !== null)
          return `${owed}; ${given.due === 1 ? 'one duty falls' : `${small(given.due)} duties fall`} due on ${dayShort(given.day)}`
        if (given.owed > 0) return `${owed}; the law names no day for any duty that is left`
        return given.judgement > 0 ? `${owed} for certain; ${small(given.judgement)} need a judgement` : owed
      },
      overdue: (given: { owed: number; of: number; late: number }): string =>
        `${Small(given.owed)} of ${count(given.of)} regimes ${given.owed === 1 ? 'is' : 'are'} owed; ${given.late === 1 ? 'one duty is' : `${small(given.late)} duties are`} overdue`,
      none: 'No clock runs: nothing known so far starts one',
      unknown: 'What is owed is not known: no regime was looked at',
      chart: 'Obligation clocks',
      dutyName: (duty: Obligation): string => DUTIES[duty.duty] ?? RECIPIENTS[duty.recipient],
      duty: (given: { market: string; duty: Obligation }): string =>
        `${given.market} · ${DUTIES[given.duty.duty] ?? RECIPIENTS[given.duty.recipient]}`,
      days: (n: number): string => `${things(n, 'day', 'days')} from the start of the clock`,
      noNumber: (force: string): string => `${force}; no number`,
      forces: {
        as_soon_as_practicable: 'as soon as practicable',
        as_soon_as_feasible: 'as soon as feasible',
        as_soon_as_possible: 'as soon as possible',
        without_delay: 'without delay',
        without_undue_delay: 'without undue delay',
        promptly: 'promptly',
        promptly_by_situation: 'promptly',
        immediately: 'immediately',
        guidance: 'by guidance',
        hard: 'by law',
        as_needed: 'where needed',
      } as Readonly<Record<string, string>>,
      dueIn: (days: number): string => (days === 0 ? 'due today' : `due in ${things(days, 'day', 'days')}`),
      past: (days: number): string => `fell due ${things(days, 'day', 'days')} ago`,
      dayCount: (n: number): string => `day ${count(n)}`,
      allRegimes: (n: number): string => `All ${count(n)}, and why not`,
      standings: {
        owed: 'owed',
        judgement: 'needs a judgement',
        'none-affected': 'none affected',
        'not-assessed': 'market not assessed',
        voluntary: 'voluntary',
        'not-in-force': 'not in force then',
        'no-residents': 'no residents found',
      } satisfies Record<RegimeStanding['standing'], string>,
      note: 'Where the law names no number of days, no due date is shown: the clock only counts up.',
      why: 'Why each applies',
      captionDuties: 'Duties with their clocks',
      captionRegimes: 'Every regime, and why it is or is not in play',
      table: {
        regime: 'Regime',
        market: 'Market',
        duty: 'Duty',
        start: 'Clock starts',
        due: 'Due',
        basis: 'Basis',
        judgement: 'A person must judge',
      },
      regimeTable: { regime: 'Regime', jurisdiction: 'Jurisdiction', standing: 'Standing', because: 'Because' },
      drafts: (n: number): string => `Draft notices: ${count(n)}`,
      draft: (given: { market: string; people: number; elements: readonly string[] }): string =>
        `${given.market}, ${people(given.people)}: ${list(given.elements)}`,
    },
    done: {
      finding: (given: { shut: number; proposed: number; readFirst: number }): string => {
        const doors = (n: number): string => (n === 1 ? 'one door' : `${small(n)} doors`)
        const parts = [
          ...(given.proposed > 0 ? [`${doors(given.proposed)} still open, each with a plan`] : []),
          ...(given.shut > 0 ? [given.proposed > 0 ? `${small(given.shut)} shut` : `${doors(given.shut)} shut`] : []),
          ...(given.readFirst > 0 ? [`${small(given.readFirst)} still to be read`] : []),
        ]
        return parts.length === 0 ? 'There is no door to shut' : capital(parts.join('; '))
      },
      action: (given: { plan: Plan; name: string }): string =>
        ({
          proposed: `Shut ${given.name}`,
          'already-shut': `Check that ${given.name} stays shut`,
          'read-first': `Read how ${given.name} is configured`,
        })[given.plan.state],
      none: 'No plan is needed: no exposure of this case needs shutting.',
      table: {
        action: 'Action',
        track: 'Plan → approve → apply → verify',
        breaks: 'What would be refused',
        check: 'To check',
        wayBack: 'Way back',
        steps: 'Steps',
      },
      states: { proposed: 'planned', 'already-shut': 'shut in the evidence', 'read-first': 'to be read' } satisfies Record<
        Plan['state'],
        string
      >,
      breaks: (given: { who: number; requests: number }): string =>
        given.who === 0
          ? 'no request seen'
          : `${things(given.requests, 'request', 'requests')} by ${things(given.who, 'caller', 'callers')}`,
      steps: 'Steps and commands',
      stepTable: { plan: 'Plan', step: 'Step', command: 'Command', check: 'Check', wayBack: 'Way back' },
      rules: (given: { violated: number; stores: number; undecided: number }): string => {
        const broken =
          given.violated === 0
            ? 'No data handling rule is broken'
            : `${things(given.violated, 'breach', 'breaches')} of data handling rules in ${stores(given.stores)}`
        return given.undecided > 0 ? `${broken}; ${count(given.undecided)} could not be decided` : broken
      },
      ruleTable: { rule: 'Rule', severity: 'Severity', store: 'Store', outcome: 'Outcome', because: 'Because' },
      outcomes: { violated: 'broken', undecided: 'undecided' },
      severities: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
    },
    changed: {
      finding: (given: { from: string; to: string }): string =>
        `What changed from ${dayShort(given.from)} to ${dayShort(given.to)}, and why`,
      sameDay: (given: { from: number; to: number }): string =>
        `What changed from revision ${given.from} to revision ${given.to}, and why`,
      first: 'This is the first revision: there is nothing before it to differ from',
      nothing: 'Nothing changed since the revision before',
      revisions: 'Revisions',
      revision: (given: { revision: number; moment: string }): string => `${given.revision} · ${day(given.moment)}`,
      arrived: (given: { name: string; files: number; newFiles: number }): string =>
        given.newFiles === given.files
          ? `${given.name}: ${things(given.files, 'file', 'files')} of evidence`
          : `${given.name}: ${things(given.files, 'file', 'files')} of evidence, ${count(given.newFiles)} new`,
      field: 'Field',
      change: 'Change',
      column: (given: { moment: string | null; revision: number }): string =>
        given.moment === null ? `Revision ${given.revision}` : `${dayShort(given.moment)}, revision ${given.revision}`,
      why: 'Why',
      kinds: { added: 'added', removed: 'removed', changed: 'changed', same: 'the same' },
      fields: {
        people: 'People',
        unread: 'Not read',
        exposure: (name: string): string => name,
        access: (name: string): string => `Access to ${name}`,
      },
      more: (n: number): string => `${things(n, 'change', 'changes')} more, in the case document`,
    },
  }
}
