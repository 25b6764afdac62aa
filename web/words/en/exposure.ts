import type { Access, CaseExposure, ClaimCheck } from '../../../src/model/index.ts'
import type { LogFinding } from '../../findings/headline.ts'
import type { Contents } from '../../findings/stores.ts'
import type { Format } from '../format.ts'
import { englishPhrases } from './phrases.ts'

/** Sections 1 to 3 in English: when, whose, in which files. */
export function englishExposure(format: Format) {
  const { count, list, dayShort } = format
  const { small, Small, stores, things, people, spanInWords } = englishPhrases(format)

  return {
    when: {
      finding: (given: { hours: number; logs: LogFinding }): string => {
        const logs = {
          'mostly-dark': 'for most of that time no log was watching',
          'partly-dark': 'for part of that time no log was watching',
          'all-dark': 'no log was watching',
          covered: 'logs watched all of that time',
        }[given.logs]
        return `Open for up to ${spanInWords(given.hours)}; ${logs}`
      },
      undecided: (n: number): string => `No store is proved open; ${stores(n)} may be`,
      none: 'No store is open to anyone',
      empty: (given: { read: number; notRead: number; undecided: number }): string =>
        `No store is open to anyone. ${things(given.read, 'resource', 'resources')} read, ${given.undecided > 0 ? `${count(given.undecided)} undecided, ` : ''}${count(given.notRead)} not read. What was not read could hide one; nothing here says that it does not.`,
      knewOn: 'Knew on',
      chart: (given: { stores: number; from: string; to: string }): string =>
        `Exposure timeline, ${stores(given.stores)}, ${given.from} to ${given.to}`,
      store: 'Store',
      distinctPeople: 'Distinct people',
      head: (years: number): string => (years === 1 ? 'One year' : `${Small(years)} years`),
      tail: (given: { months: number; factor: number }): string =>
        `${Small(given.months)} ${given.months === 1 ? 'month' : 'months'}, time × ${given.factor}`,
      oneScale: 'One scale',
      knewThis: (moment: string): string => `${dayShort(moment)} · knew this`,
      revisionOn: (given: { moment: string; revision: number }): string =>
        `${dayShort(given.moment)} · revision ${given.revision}`,
      audiences: {
        anyone: 'anyone',
        'any-identity': 'any account',
        named: 'named outsiders',
        undecided: 'undecided',
      } satisfies Record<CaseExposure['audience'], string>,
      accesses: { read: 'read', list: 'list', write: 'write', delete: 'delete', admin: 'admin' } satisfies Record<Access, string>,
      reach: (given: { audience: string; accesses: readonly string[] }): string =>
        `${given.audience} · ${given.accesses.join(', ')}`,
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
        given.bytes === null
          ? 'contents not read'
          : `contents not read: ${given.bytes} in ${things(given.objects, 'object', 'objects')}, ${given.examined} examined`,
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
      table: {
        store: 'Store',
        audience: 'Open to',
        accesses: 'Access',
        opened: 'Opened',
        closed: 'Closed',
        because: 'Because',
        objects: 'Objects',
        bytes: 'Size',
        people: 'People',
        covered: 'Logged',
      },
      caption: 'Every exposure window with its ends and what bears them',
      bound: (given: { notBefore: string | null; notAfter: string | null }): string => {
        if (given.notBefore === null && given.notAfter === null) return 'not known'
        if (given.notBefore === null) return `not after ${format.moment(given.notAfter!)}`
        if (given.notAfter === null) return `not before ${format.moment(given.notBefore)}`
        return given.notBefore === given.notAfter
          ? format.moment(given.notBefore)
          : `between ${format.moment(given.notBefore)} and ${format.moment(given.notAfter)}`
      },
    },
    whose: {
      finding: (given: { people: number; sets: number }): string =>
        given.sets > 1
          ? `${count(given.people)} distinct ${given.people === 1 ? 'person' : 'people'}; what was exposed of each differs`
          : `${count(given.people)} distinct ${given.people === 1 ? 'person' : 'people'}; the same was exposed of each`,
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
      notAssessed: (markets: readonly string[]): string =>
        markets.length > 3 ? `${markets.slice(0, 3).join(', ')} and others, not assessed` : `${list([...markets])}, not assessed`,
      distinct: 'Distinct',
      notASum: (sum: number): string => `adding the stores gives ${count(sum)}, which is not a number of people`,
      eachOnce: 'nobody is in two stores',
      certain: (n: number): string => `${count(n)} whatever the uncertain ends were`,
      combination: (name: string): string => `By exact combination: ${name}`,
      oneRow: 'each person in one row only',
      ownScale: (given: { market: string; times: number }): string =>
        given.times > 1 ? `own scale, ${given.market}’s is ${count(given.times)} times as long` : 'own scale',
      combinationChart: (name: string): string => `People by exact combination of elements, ${name}`,
      moreCombinations: (n: number): string => things(n, 'more combination', 'more combinations'),
      moreMarkets: (n: number): string => `${things(n, 'market', 'markets')} more, in the table`,
      allElements: (given: { people: number; elements: number; market: string; total: number }): string =>
        `${people(given.people)} of the ${count(given.total)} in ${given.market} ${given.people === 1 ? 'has' : 'have'} all ${small(given.elements)} elements in one file or another; each notice lists exactly that person’s.`,
      nobodyAll: (given: { elements: number; market: string }): string =>
        `Nobody in ${given.market} has all ${small(given.elements)} elements exposed; each notice lists exactly that person’s.`,
      because: (given: {
        claim: ClaimCheck
        read: readonly string[]
        elements: readonly string[]
        examined: string
        notRead: number
      }): readonly string[] => given.claim.because,
      claims: 'Statements made, held against the evidence',
      said: 'Said',
      evidence: 'Evidence',
      noClaims: 'There is no statement to hold against the evidence.',
      statements: {
        'no-evidence-of-access': '“No evidence of access”',
        'cannot-identify-an-individual': '“These data alone cannot identify an individual”',
        'no-financial-details': '“No financial details”',
      } satisfies Record<ClaimCheck['claim'], string>,
      verdicts: {
        contradicted: 'Contradicted',
        'not-supported': 'Not supported',
        supported: 'Supported',
        undecided: 'Undecided',
      } satisfies Record<ClaimCheck['verdict'], string>,
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
      noneText: (given: { objects: number; notRead: number }): string =>
        given.objects === 0
          ? 'No object was exposed in the evidence.'
          : given.notRead === 0
            ? 'Every exposed object was read, and no personal data were found.'
            : `${things(given.notRead, 'exposed object was', 'exposed objects were')} not read: what is in them is not known.`,
      chart: (given: { files: number; elements: number }): string =>
        `${count(given.files)} files by ${small(given.elements)} elements`,
      filesCount: (n: number): string => things(n, 'file', 'files'),
      binned: (given: { files: number; perColumn: number }): string =>
        `${things(given.files, 'file', 'files')}, ${count(given.perColumn)} a column`,
      ofFiles: (n: number): string => `of ${things(n, 'file', 'files')}`,
      pointed: (given: { records: number; people: number; elements: readonly string[] }): string =>
        `${things(given.records, 'record', 'records')}, ${people(given.people)}: ${list(given.elements)}`,
      pointedRead: (given: { records: number; people: number; elements: readonly string[] }): string =>
        `read by outsiders: ${things(given.records, 'record', 'records')}, ${people(given.people)}: ${list(given.elements)}`,
      other: 'Other files',
      allFiles: 'All files',
      omitted: (n: number): string =>
        `${things(n, 'file', 'files')} more with personal data ${n === 1 ? 'is' : 'are'} counted above and not drawn`,
      legend: {
        scale: 'records in the file: 1, 10, 100, 1,000, 10,000 and more',
        looked: 'element looked for, not found',
        unread: 'file not read, or not to its end',
        column: 'One column is one file, largest first within its system',
      },
      caption: 'Exposed files with personal data',
      table: {
        file: 'File',
        store: 'Store',
        format: 'Format',
        size: 'Size',
        status: 'Read',
        records: 'Records',
        people: 'People',
        elements: 'Elements',
      },
      status: { read: 'whole', 'partly-read': 'partly', 'not-read': 'not read' },
      unread: (n: number): string => `What could not be read: ${count(n)}`,
      unreadTable: { what: 'What', happened: 'What happened', lost: 'Not known because of it' },
    },
  }
}
