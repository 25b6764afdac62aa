import type { CaseExposure } from '../../../src/model/index.ts'
import type { FinancialFinding, Headline, LogFinding, SeverityLevel, Status } from '../../findings/headline.ts'
import type { Format } from '../format.ts'
import { englishPhrases } from './phrases.ts'

/** The first screen in English: what the case comes to, and what that rests on. */
export function englishFirstScreen(format: Format) {
  const { count, list, market, day, dayShort } = format
  const { small, stores, Stores, things, people, between } = englishPhrases(format)

  return {
    page: {
      title: (name: string): string => `Case ${name} · Ajar`,
      skip: 'Skip to content',
      case: 'Case',
      sections: 'Sections',
      nav: ['When', 'Whose', 'Files', 'Access', 'Owed', 'Done', 'Changed'],
      language: 'Language',
      theme: 'Theme',
      light: 'Light',
      dark: 'Dark',
      asTable: 'As table',
      csv: 'CSV',
      compare: 'Compare revisions',
      evidence: (n: number): string => `evidence ${n}`,
      none: 'none',
      notKnown: 'not known',
      more: (n: number): string => `${count(n)} more`,
      moreInTable: (n: number): string => `${count(n)} more, in the table`,
      moreInCase: (n: number): string => `${count(n)} more, in the case document`,
      printHead: (given: { name: string; revision: number; knownAt: string; ledger: string }): string =>
        `Case ${given.name} · revision ${given.revision} · known at ${format.moment(given.knownAt)} · ledger ${given.ledger}`,
      ledger: (entries: number): string => `Ledger: ${things(entries, 'entry', 'entries')}, head`,
      keys: 'sections',
      evidenceHeld: (given: { files: number; bytes: string; accounts: number; resources: number }): string =>
        `Rests on ${things(given.files, 'file', 'files')} of evidence (${given.bytes}) about ${things(given.resources, 'resource', 'resources')} in ${things(given.accounts, 'account', 'accounts')}`,
    },
    title: (
      given: Pick<Headline, 'status'> & {
        open: number
        openUnread: number
        /** Of the stores that the title is about, how many are open now. */
        stillOpen: number
        undecided: number
        named: number
        audience: CaseExposure['audience'] | null
      },
    ): string => {
      if (given.open > 0) {
        const opened = given.stillOpen === given.open ? 'is open' : 'stood open'
        const still = given.stillOpen > 0 && given.stillOpen < given.open ? `, and still does in ${small(given.stillOpen)}` : ''
        const audience = given.audience === 'any-identity' ? 'any account of the provider' : 'anyone'
        const rest =
          given.openUnread > 0
            ? `; what ${given.openUnread === 1 ? 'one more holds was' : `${small(given.openUnread)} more hold was`} not read`
            : ''
        return `Customer data ${opened} to ${audience} in ${stores(given.open)}${still}${rest}`
      }
      if (given.openUnread > 0) {
        const opened = given.stillOpen === given.openUnread ? (given.openUnread === 1 ? 'is' : 'are') : 'stood'
        const still =
          given.stillOpen > 0 && given.stillOpen < given.openUnread ? `, ${small(given.stillOpen)} of them to this day` : ''
        return `${Stores(given.openUnread)} ${opened} open to anyone${still}; what ${given.openUnread === 1 ? 'it holds' : 'they hold'} was not read`
      }
      if (given.undecided > 0) return `No store is proved open to anyone; ${stores(given.undecided)} could not be decided`
      if (given.named > 0) return `Customer data was within reach of named outsiders in ${stores(given.named)}`
      return given.status === 'nothing-found' ? 'No store is open to anyone' : 'No store with personal data is open to anyone'
    },
    facts: {
      status: 'Status',
      statusOf: (given: { status: Status; undecided: number }): string =>
        ({
          open: 'Open to anyone',
          undecided: 'Undecided',
          'shut-but-undecided': `Shut, ${small(given.undecided)} undecided`,
          'shut-notices-owed': 'Shut, notices owed',
          shut: 'Shut',
          'nothing-found': 'Nothing open',
        })[given.status],
      severity: 'Severity',
      severities: {
        'very-high': 'Very high',
        high: 'High',
        medium: 'Medium',
        low: 'Low',
        none: 'None',
        unknown: 'Not known',
      } satisfies Record<SeverityLevel, string>,
      knownAt: 'Known at',
      revision: 'Revision',
      supersedes: (revision: number): string => `supersedes ${revision}`,
      first: 'the first',
      swept: 'Read',
      sweptOf: (given: { decided: number; resources: number }): string =>
        `${count(given.decided)} of ${things(given.resources, 'resource', 'resources')}`,
      nextDue: 'Next due',
      noDue: 'no day named',
      dueIn: (given: { due: string; days: number }): string =>
        given.days < 0
          ? `${dayShort(given.due)}, ${things(-given.days, 'day', 'days')} ago`
          : given.days === 0
            ? `${dayShort(given.due)}, today`
            : `${dayShort(given.due)}, in ${things(given.days, 'day', 'days')}`,
    },
    publicLabel: 'What can be said in public',
    restsLabel: 'It rests on',
    public: {
      reach: (given: {
        people: number
        markets: readonly string[]
        audience: CaseExposure['audience']
        stores: number
        opened: string | null
        until: string | null
      }): string => {
        const where = given.markets.length > 0 ? ` in ${list(given.markets.map(market))}` : ''
        const audience = {
          anyone: 'could be read by **anyone on the internet**[2]',
          'any-identity': 'could be read by **any account of the cloud provider**[2]',
          named: 'could be read by **outsiders that the configuration names**[2]',
          undecided: '**may have been within reach of outsiders**[2]',
        }[given.audience]
        if (given.stores === 1 && given.until === `**${given.opened}**`)
          return `Data of **${people(given.people)}**[1]${where} ${audience}, on ${given.until}[3].`
        const from =
          given.opened === null
            ? ''
            : given.stores === 1
              ? `, from **${given.opened}**[3]`
              : `, in one store from **${given.opened}**[3]`
        const until =
          given.until === null
            ? given.stores === 1
              ? ', and **still can be**[3]'
              : ', and in one or more **still can be**[3]'
            : given.stores === 1
              ? `, until ${given.until}[3]`
              : `, in the last until ${given.until}[3]`
        return `Data of **${people(given.people)}**[1]${where} ${audience}${from}${until}.`
      },
      openWithoutPeople: (given: { stores: number; unread: number }): string =>
        given.unread > 0
          ? `**${Stores(given.stores)}** could be read by **anyone on the internet**[2]; what ${given.unread === 1 ? 'one of them holds' : `${small(given.unread)} of them hold`} was **not read**[5].`
          : `**${Stores(given.stores)}** could be read by **anyone on the internet**[2]; **no personal data** were found in what was examined[5].`,
      undecided: (n: number): string =>
        `Whether outsiders could reach ${stores(n)} **is not decided**[2]; ${n === 1 ? 'it counts' : 'they count'} as possibly open.`,
      alsoUndecided: (n: number): string =>
        `Whether outsiders could reach ${n === 1 ? 'one more store' : `${small(n)} more stores`} **is not decided**[2].`,
      nothing: (given: { read: number; notRead: number; undecided: number }): string =>
        `**No store is open to anyone.** ${count(given.read)} read, ${given.undecided > 0 ? `${count(given.undecided)} undecided, ` : ''}${count(given.notRead)} not read.`,
      access: (given: { readStores: number; listedStores: number; ambiguousStores: number; logs: LogFinding }): string => {
        const logs = {
          'mostly-dark': 'for most of the time **no log exists** that could show more',
          'partly-dark': 'for part of the time **no log exists** that could show more',
          'all-dark': '**no log exists** that could show more',
          covered: 'logs cover all of that time',
        }[given.logs]
        if (given.logs === 'all-dark' && given.readStores + given.listedStores + given.ambiguousStores === 0)
          return 'Whether anyone came cannot be known: **no log exists**[4] that could show it.'
        if (given.readStores > 0) return `In ${stores(given.readStores)} outsiders **did read files**[4]; ${logs}.`
        if (given.listedStores > 0) return `In ${stores(given.listedStores)} outsiders **listed the names of files**[4]; ${logs}.`
        if (given.ambiguousStores > 0) return `In ${stores(given.ambiguousStores)} log lines **may show outsiders**[4]; ${logs}.`
        return given.logs === 'covered'
          ? `**No outsider is seen**[4]; ${logs}.`
          : `No outsider is seen in the logs there are[4]; ${logs}.`
      },
      financial: (given: { financial: FinancialFinding; notExamined: string | null; objectsNotRead: number }): string => {
        const rest =
          given.objectsNotRead === 0
            ? ''
            : given.notExamined === null
              ? `; ${things(given.objectsNotRead, 'file was', 'files were')} not examined[5]`
              : `; ${given.notExamined} in ${things(given.objectsNotRead, 'file was', 'files was')} not examined[5]`
        return {
          'none-found': `No financial data were found in what was examined${rest || '[5]'}.`,
          found: `**Financial data were found**[5]${rest}.`,
          'nothing-examined': `Nothing of the contents was examined${rest || '[5]'}.`,
        }[given.financial]
      },
      untilDay: (given: { notBefore: string | null; notAfter: string | null }): string => {
        if (given.notBefore === null && given.notAfter === null) return '**a day that is not known**'
        if (given.notBefore === null) return `a day **not after ${day(given.notAfter!)}**`
        if (given.notAfter === null) return `a day **not before ${day(given.notBefore)}**`
        return format.isSameDay(given.notBefore, given.notAfter)
          ? `**${day(given.notAfter)}**`
          : `a day **between ${between(given.notBefore, given.notAfter)}**`
      },
      fromDay: (given: { notBefore: string | null; notAfter: string | null }): string => {
        if (given.notBefore === null && given.notAfter === null) return 'a day that is not known'
        if (given.notBefore === null) return `${day(given.notAfter!)} or before`
        if (given.notAfter === null) return `${day(given.notBefore)} or after`
        return format.isSameDay(given.notBefore, given.notAfter)
          ? day(given.notBefore)
          : `a day between ${between(given.notBefore, given.notAfter)}`
      },
    },
    rests: {
      linked: (given: { overlap: number }): string =>
        given.overlap > 0
          ? `**Linked records**, ${count(given.overlap)} overlaps removed`
          : '**Linked records**, each person counted once',
      noPeople: 'No records of people to link',
      witnesses: (n: number): string =>
        n === 0
          ? 'No witness request: nothing is proved open'
          : `**${things(n, 'witness request', 'witness requests')}**, each complete as it stands`,
      configuration: (given: { changes: number; files: number }): string =>
        `**${things(given.changes, 'configuration change', 'configuration changes')}** in ${things(given.files, 'file', 'files')} of evidence`,
      lines: (given: { read: number; ambiguous: number; outsiders: number }): string =>
        given.read === 0
          ? '**No log line** of these stores exists in the evidence'
          : `**${things(given.read, 'log line', 'log lines')}**, ${things(given.outsiders, 'outsider', 'outsiders')}; ${given.ambiguous === 0 ? 'none ambiguous' : `${count(given.ambiguous)} ambiguous, taken at worst`}`,
      contents: (given: { read: number; of: number; bytes: string; notRead: string | null }): string =>
        given.notRead === null
          ? `**${count(given.read)} of ${things(given.of, 'file', 'files')}** and ${given.bytes} read`
          : `**${count(given.read)} of ${things(given.of, 'file', 'files')}** and ${given.bytes} read; ${given.notRead} not read`,
    },
  }
}
