import type { Access, CaseDocument, CaseExposure, ClaimCheck, ConclusionCode, CoverageState, Obligation, Plan, RegimeStanding } from '../../src/model/index.ts'
import type { FinancialFinding, Headline, LogFinding, SeverityLevel, Status } from '../findings/headline.ts'
import type { Contents } from '../findings/stores.ts'
import { ELEMENT_LABELS, elementInSentence } from './element-names.ts'
import type { Format } from './format.ts'

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Every sentence of the page in English, whole, with its values named. `**` marks what is stressed, `[n]` the evidence. */
export function english(format: Format) {
  const { count, list, market, day, dayShort } = format
  const small = (n: number): string => SMALL[n] ?? count(n)
  const Small = (n: number): string => capital(small(n))
  const stores = (n: number): string => (n === 1 ? `${small(n)} store` : `${small(n)} stores`)
  const Stores = (n: number): string => capital(stores(n))
  const things = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`
  const people = (n: number): string => things(n, 'person', 'people')

  return {
    language: 'en' as 'en' | 'ja',
    format,
    elements: ELEMENT_LABELS.en,
    element: (name: CaseDocument['files'][number]['elements'][number]['element']) => elementInSentence('en', name),
    market: (code: string): string => (code === 'UNKNOWN' ? 'Market not known' : market(code)),

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

    title: (given: Pick<Headline, 'status'> & { open: number; openUnread: number; undecided: number; named: number; audience: CaseExposure['audience'] | null }): string => {
      if (given.open > 0) {
        const opened = given.status === 'open' ? 'is open' : 'stood open'
        const audience = given.audience === 'any-identity' ? 'any account of the provider' : 'anyone'
        const rest = given.openUnread > 0 ? `; what ${given.openUnread === 1 ? 'one more holds was' : `${small(given.openUnread)} more hold was`} not read` : ''
        return `Customer data ${opened} to ${audience} in ${stores(given.open)}${rest}`
      }
      if (given.openUnread > 0) return `${Stores(given.openUnread)} stood open to anyone, and what ${given.openUnread === 1 ? 'it holds' : 'they hold'} was not read`
      if (given.undecided > 0) return `No store is proved open to anyone; ${stores(given.undecided)} could not be decided`
      if (given.named > 0) return `Customer data was within reach of named outsiders in ${stores(given.named)}`
      return 'No store with personal data is open to anyone'
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
      severities: { 'very-high': 'Very high', high: 'High', medium: 'Medium', low: 'Low', none: 'None' } satisfies Record<SeverityLevel, string>,
      knownAt: 'Known at',
      revision: 'Revision',
      supersedes: (revision: number): string => `supersedes ${revision}`,
      first: 'the first',
      swept: 'Read',
      sweptOf: (given: { decided: number; resources: number }): string => `${count(given.decided)} of ${things(given.resources, 'resource', 'resources')}`,
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
      reach: (given: { people: number; markets: readonly string[]; audience: CaseExposure['audience']; stores: number; opened: string | null; until: string | null }): string => {
        const where = given.markets.length > 0 ? ` in ${list(given.markets.map(market))}` : ''
        const audience = {
          anyone: 'could be read by **anyone on the internet**[2]',
          'any-identity': 'could be read by **any account of the cloud provider**[2]',
          named: 'could be read by **outsiders that the configuration names**[2]',
          undecided: '**may have been within reach of outsiders**[2]',
        }[given.audience]
        const from = given.opened === null ? '' : given.stores === 1 ? `, from **${given.opened}**[3]` : `, in one store from **${given.opened}**[3]`
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
      undecided: (n: number): string => `Whether outsiders could reach ${stores(n)} **is not decided**[2]; ${n === 1 ? 'it counts' : 'they count'} as possibly open.`,
      alsoUndecided: (n: number): string => `Whether outsiders could reach ${n === 1 ? 'one more store' : `${small(n)} more stores`} **is not decided**[2].`,
      nothing: (given: { read: number; notRead: number }): string => `**No store is open to anyone.** ${count(given.read)} read, ${count(given.notRead)} not read.`,
      access: (given: { readStores: number; listedStores: number; ambiguousStores: number; logs: LogFinding }): string => {
        const logs = {
          'mostly-dark': 'for most of the time **no log exists** that could show more',
          'partly-dark': 'for part of the time **no log exists** that could show more',
          covered: 'logs cover all of that time',
        }[given.logs]
        if (given.readStores > 0) return `In ${stores(given.readStores)} outsiders **did read files**[4]; ${logs}.`
        if (given.listedStores > 0) return `In ${stores(given.listedStores)} outsiders **listed the names of files**[4]; ${logs}.`
        if (given.ambiguousStores > 0) return `In ${stores(given.ambiguousStores)} log lines **may show outsiders**[4]; ${logs}.`
        return given.logs === 'covered' ? `**No outsider is seen**[4]; ${logs}.` : `No outsider is seen in the logs there are[4]; ${logs}.`
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
        return format.isSameDay(given.notBefore, given.notAfter) ? `**${day(given.notAfter)}**` : `a day **between ${between(format, given.notBefore, given.notAfter)}**`
      },
      fromDay: (given: { notBefore: string | null; notAfter: string | null }): string => {
        if (given.notBefore === null && given.notAfter === null) return 'a day that is not known'
        if (given.notBefore === null) return `${day(given.notAfter!)} or before`
        if (given.notAfter === null) return `${day(given.notBefore)} or after`
        return format.isSameDay(given.notBefore, given.notAfter) ? day(given.notBefore) : `a day between ${between(format, given.notBefore, given.notAfter)}`
      },
    },
    rests: {
      linked: (given: { overlap: number }): string =>
        given.overlap > 0
          ? `**Linked records**, ${count(given.overlap)} overlaps removed`
          : '**Linked records**, each person counted once',
      noPeople: 'No records of people to link',
      witnesses: (n: number): string => (n === 0 ? 'No witness: reach is **not proved**' : `**${things(n, 'witness request', 'witness requests')}**, each complete as it stands`),
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

    when: {
      finding: (given: { hours: number; logs: LogFinding }): string => {
        const logs = {
          'mostly-dark': 'for most of that time no log was watching',
          'partly-dark': 'for part of that time no log was watching',
          covered: 'logs watched all of that time',
        }[given.logs]
        return `Open for up to ${spanInWords(given.hours, small, count)}; ${logs}`
      },
      undecided: (n: number): string => `No store is proved open; ${stores(n)} may be`,
      none: 'No store is open to anyone',
      empty: (given: { read: number; notRead: number; undecided: number }): string =>
        `No store is open to anyone. ${things(given.read, 'resource', 'resources')} read, ${count(given.notRead)} not read. What was not read could hide one; nothing here says that it does not.`,
      knewOn: 'Knew on',
      chart: (given: { stores: number; from: string; to: string }): string => `Exposure timeline, ${stores(given.stores)}, ${given.from} to ${given.to}`,
      store: 'Store',
      distinctPeople: 'Distinct people',
      head: (years: number): string => (years === 1 ? 'One year' : `${Small(years)} years`),
      tail: (given: { months: number; factor: number }): string => `${Small(given.months)} ${given.months === 1 ? 'month' : 'months'}, time × ${given.factor}`,
      oneScale: 'One scale',
      knewThis: (moment: string): string => `${dayShort(moment)} · knew this`,
      revisionOn: (given: { moment: string; revision: number }): string => `${dayShort(given.moment)} · revision ${given.revision}`,
      audiences: { anyone: 'anyone', 'any-identity': 'any account', named: 'named outsiders', undecided: 'undecided' } satisfies Record<CaseExposure['audience'], string>,
      accesses: { read: 'read', list: 'list', write: 'write', delete: 'delete', admin: 'admin' } satisfies Record<Access, string>,
      reach: (given: { audience: string; accesses: readonly string[] }): string => `${given.audience} · ${given.accesses.join(', ')}`,
      contents: {
        'personal-data': 'personal data',
        'none-found': 'none found',
        'partly-read': 'partly read',
        'not-read': 'not read',
        empty: 'empty',
      } satisfies Record<Contents, string>,
      hoursOpen: (hours: number): string => `${count(hours)} h open`,
      dark: (share: number): string => (share === 0 ? 'none of them dark' : `${format.percent(share)} of them dark`),
      notReadLabel: (given: { bytes: string | null; examined: string; objects: number }): string =>
        given.bytes === null ? 'contents not read' : `contents not read: ${given.bytes} in ${things(given.objects, 'object', 'objects')}, ${given.examined} examined`,
      undecidedLabel: (why: string): string => `undecided: ${why}`,
      undecidedPlain: 'undecided',
      shutNotKnown: 'shut? not known',
      stillOpen: 'still open',
      reads: (n: number): string => things(n, 'outsider read', 'outsider reads'),
      legend: {
        open: 'open to anyone; dark fill: personal data held at that time',
        identity: 'open to any account of the provider',
        named: 'open to named outsiders',
        uncertain: 'end lies between two bounds',
        unread: 'contents not read',
        undecided: 'undecided, counted as open',
        change: 'configuration change',
        reads: 'outsider read, tall = more',
        observed: 'log: requests seen',
        silent: 'log: silent',
        missing: 'log once written, now missing',
        pending: 'log late, may still come',
        dark: 'dark: no log could have shown it',
      },
      table: { store: 'Store', audience: 'Open to', accesses: 'Access', opened: 'Opened', closed: 'Closed', because: 'Because', objects: 'Objects', bytes: 'Size', people: 'People', covered: 'Logged' },
      caption: 'Every exposure window with its ends and what bears them',
      bound: (given: { notBefore: string | null; notAfter: string | null }): string => {
        if (given.notBefore === null && given.notAfter === null) return 'not known'
        if (given.notBefore === null) return `not after ${format.moment(given.notAfter!)}`
        if (given.notAfter === null) return `not before ${format.moment(given.notBefore)}`
        return given.notBefore === given.notAfter ? format.moment(given.notBefore) : `between ${format.moment(given.notBefore)} and ${format.moment(given.notAfter)}`
      },
    },

    whose: {
      finding: (given: { people: number; sets: number }): string =>
        given.sets > 1 ? `${count(given.people)} distinct ${given.people === 1 ? 'person' : 'people'}; what was exposed of each differs` : `${count(given.people)} distinct ${given.people === 1 ? 'person' : 'people'}; the same was exposed of each`,
      none: 'Nobody’s data were found in what was read',
      noneText: (given: { objects: number; notRead: number }): string =>
        given.objects === 0
          ? 'No object was exposed in the evidence, so there was nothing to read.'
          : `${things(given.objects, 'object was', 'objects were')} exposed; ${count(given.notRead)} of them could not be read, and could hold anybody’s data.`,
      byMarket: 'By market',
      oneScale: 'all on one scale',
      marketChart: 'People by market',
      only: (given: { store: string; people: number }): string => `${given.store} only ${count(given.people)}`,
      inBoth: (n: number): string => `in both, counted once ${count(n)}`,
      inSeveral: (n: number): string => `in several, counted once ${count(n)}`,
      thin: 'a bar this thin is to scale',
      newHere: 'new in this revision',
      newAndThin: 'new in this revision; a bar this thin is to scale',
      confirmedNone: 'confirmed none in what was read',
      unplaced: 'no evidence places them',
      others: (n: number): string => `${count(n)} others`,
      unknown: 'unknown',
      notAssessed: (markets: readonly string[]): string => (markets.length > 3 ? `${markets.slice(0, 3).join(', ')} and others, not assessed` : `${list([...markets])}, not assessed`),
      distinct: 'Distinct',
      notASum: (sum: number): string => `adding the stores gives ${count(sum)}, which is not a number of people`,
      eachOnce: 'nobody is in two stores',
      certain: (n: number): string => `${count(n)} whatever the uncertain ends were`,
      combination: (name: string): string => `By exact combination: ${name}`,
      oneRow: 'each person in one row only',
      ownScale: (given: { market: string; times: number }): string => `own scale, ${given.market}’s is ${count(given.times)} times as long`,
      combinationChart: (name: string): string => `People by exact combination of elements, ${name}`,
      moreCombinations: (n: number): string => things(n, 'more combination', 'more combinations'),
      moreMarkets: (n: number): string => `${things(n, 'market', 'markets')} more, in the table`,
      allElements: (given: { people: number; elements: number; market: string; total: number }): string =>
        `${people(given.people)} of the ${count(given.total)} in ${given.market} ${given.people === 1 ? 'has' : 'have'} all ${small(given.elements)} elements in one file or another; each notice lists exactly that person’s.`,
      nobodyAll: (given: { elements: number; market: string }): string => `Nobody in ${given.market} has all ${small(given.elements)} elements exposed; each notice lists exactly that person’s.`,
      because: (given: { claim: ClaimCheck; read: readonly string[]; elements: readonly string[]; examined: string; notRead: number }): readonly string[] => given.claim.because,
      claims: 'Statements made, held against the evidence',
      said: 'Said',
      evidence: 'Evidence',
      noClaims: 'There is no statement to hold against the evidence: nothing was open to strangers.',
      statements: {
        'no-evidence-of-access': '“No evidence of access”',
        'cannot-identify-an-individual': '“These data alone cannot identify an individual”',
        'no-financial-details': '“No financial details”',
      } satisfies Record<ClaimCheck['claim'], string>,
      verdicts: { contradicted: 'Contradicted', 'not-supported': 'Not supported', supported: 'Supported', undecided: 'Undecided' } satisfies Record<ClaimCheck['verdict'], string>,
      tableMarkets: 'People by market',
      tableSets: 'People by exact combination of elements',
      tableStores: 'People by exactly the stores they are in',
      columns: { market: 'Market', people: 'People', elements: 'Elements', stores: 'Stores' },
    },

    files: {
      finding: (given: { files: number; elements: number; complete: number }): string => {
        const files = given.files === 1 ? 'One file' : `${count(given.files)} files`
        const elements = given.elements === 1 ? 'one element' : `${small(given.elements)} elements`
        if (given.elements === 1) return `${files}, ${elements}`
        if (given.complete === 0) return `${files}, ${elements}: some of, never all of`
        if (given.complete === given.files) return `${files}, ${elements}: every file holds all of them`
        return `${files}, ${elements}: all of them in ${count(given.complete)} only`
      },
      none: 'No exposed file is known to hold personal data',
      noneText: (notRead: number): string => (notRead === 0 ? 'Every exposed object was read, and no personal data were found.' : `${things(notRead, 'exposed object was', 'exposed objects were')} not read: what is in them is not known.`),
      chart: (given: { files: number; elements: number }): string => `${count(given.files)} files by ${small(given.elements)} elements`,
      filesCount: (n: number): string => things(n, 'file', 'files'),
      binned: (given: { files: number; perColumn: number }): string => `${things(given.files, 'file', 'files')}, ${count(given.perColumn)} a column`,
      ofFiles: (n: number): string => `of ${things(n, 'file', 'files')}`,
      pointed: (given: { records: number; people: number; elements: readonly string[] }): string =>
        `${things(given.records, 'record', 'records')}, ${people(given.people)}: ${list(given.elements)}`,
      pointedRead: (given: { records: number; people: number; elements: readonly string[] }): string =>
        `read by outsiders: ${things(given.records, 'record', 'records')}, ${people(given.people)}: ${list(given.elements)}`,
      other: 'Other files',
      omitted: (n: number): string => `${things(n, 'file', 'files')} more with personal data ${n === 1 ? 'is' : 'are'} counted above and not drawn`,
      legend: {
        scale: 'records in the file: 1, 10, 100, 1,000, 10,000 and more',
        looked: 'element looked for, not found',
        unread: 'file not read, or not to its end',
        column: 'One column is one file, largest first within its system',
      },
      caption: 'Exposed files with personal data',
      table: { file: 'File', store: 'Store', format: 'Format', size: 'Size', status: 'Read', records: 'Records', people: 'People', elements: 'Elements' },
      status: { read: 'whole', 'partly-read': 'partly', 'not-read': 'not read' },
      unread: (n: number): string => `What could not be read: ${count(n)}`,
      unreadTable: { what: 'What', happened: 'What happened', lost: 'Not known because of it' },
    },

    access: {
      finding: (given: { read: number; listed: number; unknowable: number; dark: boolean }): string => {
        const others = given.read + given.listed > 0 ? `${small(given.unknowable)} ${given.unknowable === 1 ? 'other' : 'others'}` : stores(given.unknowable)
        const rest = given.unknowable > 0 ? `; of ${others} it cannot be known` : given.dark ? '; the logs do not cover all of the time' : ''
        if (given.read > 0) return `Outsiders read ${stores(given.read)}${rest}`
        if (given.listed > 0) return `Outsiders listed ${stores(given.listed)} and fetched nothing that a log shows${rest}`
        return given.unknowable === 0 && !given.dark ? 'No outsider came while a log was watching, and one always was' : `No outsider is seen in the logs there are${rest}`
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
      sentence: (given: { code: ConclusionCode; sentence: string; requests: number; outsiders: number; objects: number; covered: number }): string => given.sentence,
      hourly: (store: string): string => `${store}, hour by hour`,
      hourlyChart: (store: string): string => `Log coverage of ${store} by hour`,
      noHours: 'No log of any of these stores is in the evidence: there are no hours to draw.',
      fetched: (given: { moment: string; reads: number }): string => `${format.momentUtc(given.moment)}: ${given.reads === 1 ? 'one file' : `${small(given.reads)} files`} fetched`,
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
      table: { store: 'Store', who: 'From', requests: 'Requests', reads: 'Reads', lists: 'Lists', bytes: 'Bytes', first: 'First', last: 'Last' },
      omitted: (n: number): string => `${things(n, 'outsider', 'outsiders')} more`,
    },

    owed: {
      finding: (given: { owed: number; judgement: number; of: number; due: number; day: string | null }): string => {
        const owed = given.owed === 0 ? `None of ${count(given.of)} regimes is owed` : `${Small(given.owed)} of ${count(given.of)} regimes ${given.owed === 1 ? 'is' : 'are'} owed`
        if (given.due > 0 && given.day !== null) return `${owed}; ${given.due === 1 ? 'one duty falls' : `${small(given.due)} duties fall`} due on ${dayShort(given.day)}`
        if (given.owed > 0) return `${owed}; the law names no day for any duty that is left`
        return given.judgement > 0 ? `${owed} for certain; ${small(given.judgement)} need a judgement` : owed
      },
      overdue: (given: { owed: number; of: number; late: number }): string =>
        `${Small(given.owed)} of ${count(given.of)} regimes ${given.owed === 1 ? 'is' : 'are'} owed; ${given.late === 1 ? 'one duty is' : `${small(given.late)} duties are`} overdue`,
      none: 'No clock runs: nothing known so far starts one',
      unknown: 'What is owed is not known: no regime was looked at',
      chart: 'Obligation clocks',
      duty: (given: { market: string; duty: Obligation }): string => `${given.market} · ${given.duty.title}`,
      recipients: { regulator: 'regulator', individual: 'each person', public: 'the public', other: 'another authority', internal: 'assessment' } satisfies Record<Obligation['recipient'], string>,
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
      table: { regime: 'Regime', market: 'Market', duty: 'Duty', start: 'Clock starts', due: 'Due', basis: 'Basis', judgement: 'A person must judge' },
      regimeTable: { regime: 'Regime', jurisdiction: 'Jurisdiction', standing: 'Standing', because: 'Because' },
      drafts: (n: number): string => `Draft notices: ${count(n)}`,
      draft: (given: { market: string; people: number; elements: readonly string[] }): string => `${given.market}, ${people(given.people)}: ${list(given.elements)}`,
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
      action: (given: { plan: Plan; name: string }): string => given.plan.summary,
      none: 'No plan is needed: no exposure of this case needs shutting.',
      table: { action: 'Action', track: 'Plan → approve → apply → verify', breaks: 'What would be refused', check: 'To check', wayBack: 'Way back', id: 'Plan' },
      states: { proposed: 'planned', 'already-shut': 'shut in the evidence', 'read-first': 'to be read' } satisfies Record<Plan['state'], string>,
      breaks: (given: { who: number; requests: number }): string => (given.who === 0 ? 'no request seen' : `${things(given.requests, 'request', 'requests')} by ${things(given.who, 'caller', 'callers')}`),
      steps: 'Steps and commands',
      stepTable: { plan: 'Plan', step: 'Step', command: 'Command', check: 'Check', wayBack: 'Way back' },
      rules: (given: { violated: number; stores: number; undecided: number }): string => {
        const broken = given.violated === 0 ? 'No data handling rule is broken' : `${things(given.violated, 'breach', 'breaches')} of data handling rules in ${stores(given.stores)}`
        return given.undecided > 0 ? `${broken}; ${count(given.undecided)} could not be decided` : broken
      },
      ruleTable: { rule: 'Rule', severity: 'Severity', store: 'Store', outcome: 'Outcome', because: 'Because' },
      outcomes: { violated: 'broken', undecided: 'undecided' },
      severities: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
    },

    changed: {
      finding: (given: { from: string; to: string }): string => `What changed from ${dayShort(given.from)} to ${dayShort(given.to)}, and why`,
      sameDay: (given: { from: number; to: number }): string => `What changed from revision ${given.from} to revision ${given.to}, and why`,
      first: 'This is the first revision: there is nothing before it to differ from',
      nothing: 'Nothing changed since the revision before',
      revisions: 'Revisions',
      revision: (given: { revision: number; moment: string }): string => `${given.revision} · ${day(given.moment)}`,
      arrived: (given: { name: string; files: number; newFiles: number }): string =>
        given.newFiles === given.files ? `${given.name}: ${things(given.files, 'file', 'files')} of evidence` : `${given.name}: ${things(given.files, 'file', 'files')} of evidence, ${count(given.newFiles)} new`,
      field: 'Field',
      change: 'Change',
      column: (given: { moment: string | null; revision: number }): string => (given.moment === null ? `Revision ${given.revision}` : `${dayShort(given.moment)}, revision ${given.revision}`),
      why: 'Why',
      kinds: { added: 'added', removed: 'removed', changed: 'changed', same: 'the same' },
      fields: { people: 'People', unread: 'Not read', exposure: (name: string): string => name, access: (name: string): string => `Access to ${name}` },
      more: (n: number): string => `${things(n, 'change', 'changes')} more, in the case document`,
    },
  }
}

/** What every language says. */
export type Words = ReturnType<typeof english>

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `11 and 26 May 2023`: as much of the first day as differs from the second. */
function between(format: Format, from: string, to: string): string {
  const a = format.parts(from)
  const b = format.parts(to)
  if (a.year === b.year && a.month === b.month) return `${a.day} and ${format.day(to)}`
  return `${format.day(from)} and ${format.day(to)}`
}

/** Half years, months, days or hours, rounded up: "up to" must hold. */
function spanInWords(hours: number, small: (n: number) => string, count: (n: number) => string): string {
  const plural = (n: number, unit: string): string => `${n > 10 ? count(n) : small(n)} ${unit}${n === 1 ? '' : 's'}`
  if (hours < 48) return plural(Math.max(1, Math.ceil(hours)), 'hour')
  const days = hours / 24
  if (days < 60) return plural(Math.ceil(days), 'day')
  if (days < 730) return plural(Math.ceil(days / 30.44), 'month')
  const halves = Math.ceil((days / 365.2425) * 2)
  return halves % 2 === 0 ? plural(halves / 2, 'year') : `${small((halves - 1) / 2)} and a half years`
}
