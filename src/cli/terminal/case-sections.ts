import type { CaseChange, Obligation } from '../../model/index.ts'
import { inShownOrder, marketsStanding, mayHoldPeople, readsOf, type Store } from '../../../web/index.ts'
import { displayWidth, oneLine, padEnd, padStart, truncate, truncateMiddle } from './text.ts'
import { axisLabels, heldLine, logLine, type TimeCells, timeCells } from './time-cells.ts'
import type { View } from './view.ts'

const NAME = 26
const SHUT = 12
const PEOPLE = 10
const LOGGED = 8
const EIGHTHS = ' ▏▎▍▌▋▊▉'

/** When: a pair of lines a store, what it held above what a log could have shown. */
export function openLines(view: View, room: number): string[] {
  const { headline, words, paint, columns, document } = view
  const { stores, now } = headline
  if (stores.length === 0) {
    const { resources, decided, undecided } = document.estate
    const sentence = words.when.empty({ read: decided, notRead: Math.max(0, resources - decided - undecided), undecided })
    return [
      `${paint.strong('OPEN')}${paint.quiet('  to anyone')}`,
      ...sentence
        .split(/(?<=\.) /)
        .slice(0, 2)
        .map((line) => ` ${truncate(line, columns - 2)}`),
    ].slice(0, room)
  }
  const cells = Math.max(10, Math.min(40, columns - NAME - SHUT - PEOPLE - LOGGED - 4))
  const shown = Number.isFinite(room)
    ? Math.min(stores.length, Math.max(1, Math.floor((room - 3 - (stores.length * 2 + 3 > room ? 1 : 0)) / 2)))
    : stores.length
  const rows = stores.slice(0, shown)
  const axis = timeCells(rows, now, cells)
  const year = commonYear(rows)
  const head = `${paint.strong('OPEN')}${paint.quiet(padEnd('  to anyone', NAME - 4))}${paint.quiet(padEnd(axisLabels(axis), cells))}  ${paint.quiet(padEnd(year === null ? 'shut' : `shut ${year}`, SHUT) + padStart('people', PEOPLE) + padStart('logged', LOGGED))}`
  const more = stores.length - shown
  return [
    head,
    ...rows.flatMap((store) => storeLines(view, store, axis, cells, year)),
    ...(more > 0
      ? [
          paint.quiet(
            `${' '.repeat(NAME)}${truncate(`${words.page.more(more)}, with less in them or narrower: see the report`, columns - NAME)}`,
          ),
        ]
      : []),
    ...legendLines(view, rows),
  ]
}

function storeLines(
  { headline, words, paint }: View,
  store: Store,
  axis: TimeCells,
  width: number,
  year: string | null,
): string[] {
  const held = heldLine(store, axis, headline.now)
  const isStrangers = store.audience === 'anyone' || store.audience === 'any-identity'
  const people =
    store.people > 0
      ? words.format.count(store.people)
      : store.audience === 'undecided'
        ? '?'
        : words.when.contents[store.contents]
  const logged = store.coveredShare
  const shut = shutLabel(store, words, year)
  return [
    ` ${paint.strong(padEnd(truncateMiddle(oneLine(store.name), NAME - 2), NAME - 2))} ${isStrangers ? paint.open(held) : held}${' '.repeat(width - axis.cells + 2)}${padEnd(shut, SHUT)}${paint.strong(padStart(people, PEOPLE))}${padStart(logged === 0 ? 'none' : words.format.percent(logged), LOGGED)}`,
    `${' '.repeat(NAME)}${paint.quiet(logLine(store, axis, headline.now))}`,
  ]
}

function legendLines({ paint, columns }: View, stores: readonly Store[]): string[] {
  const hasNone = stores.some(({ contents }) => contents === 'none-found' || contents === 'empty')
  const held = `▁█ personal data held${hasNone ? '  ▔ none' : ''}  ░ not read  ? undecided or between two bounds`
  const logs = '━ log  ─ silent  · log lost  ╱ dark, no log could show it  ▲ outsider read'
  return [held, logs].map((line) =>
    paint.quiet(`${' '.repeat(Math.max(1, Math.min(NAME, columns - displayWidth(line))))}${truncate(line, columns - 1)}`),
  )
}

/** The year that every closing fell in, so that the days need not repeat it. */
function commonYear(stores: readonly Store[]): string | null {
  const years = new Set(
    stores.flatMap(({ exposures }) =>
      exposures.flatMap(({ window }) =>
        [window.closed?.notBefore, window.closed?.notAfter].filter((day) => day != null).map((day) => day.slice(0, 4)),
      ),
    ),
  )
  return years.size === 1 ? [...years][0]! : null
}

function shutLabel(store: Store, words: View['words'], year: string | null): string {
  const { closed } = store.exposures.at(-1)!.window
  if (store.isStillOpen || closed === null) return store.audience === 'undecided' ? 'not known' : 'still open'
  const day = (moment: string): string =>
    year === null ? `${words.format.dayShort(moment)} ${moment.slice(2, 4)}` : words.format.dayShort(moment)
  if (closed.notBefore === null || closed.notAfter === null)
    return closed.notAfter === null ? 'not known' : `by ${day(closed.notAfter)}`
  if (closed.notBefore.slice(0, 10) === closed.notAfter.slice(0, 10)) return day(closed.notAfter)
  const range = year === null ? '' : words.format.rangeShort(closed.notBefore, closed.notAfter)
  return range !== '' && range.length < SHUT ? range : `by ${day(closed.notAfter)}`
}

/** Whose: distinct people by market, all on one scale. */
export function whoseLines(view: View, room: number): string[] {
  const { document, words, paint, columns } = view
  const { people } = document
  const { count } = words.format
  const overlap = people.sumOverStores - people.total
  const note = overlap > 0 ? `the stores add up to ${count(people.sumOverStores)}: ${count(overlap)} counted once here` : ''
  const digits = digitsOf(view)
  const head = `${paint.strong('WHOSE')}${paint.quiet(padEnd('  distinct people', NAME + 4 - digits))}${paint.strong(padStart(count(people.total), digits))}   ${paint.quiet(truncate(note, columns - NAME - 12))}`
  const markets = Object.entries(people.byMarket)
    .filter(([, n]) => n > 0)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
  const most = Math.max(1, ...markets.map(([, n]) => n))
  const none = marketsStanding(document, 'none-affected').map((market) => words.market(oneLine(market)))
  const unknown = marketsStanding(document, 'not-assessed').length
  const rows = [
    ...markets.map(([market, n]) => marketLine(view, market, n, most)),
    ...none.map((name) => row(view, name, '0', 'confirmed none in what was read')),
    ...(unknown > 0
      ? [row(view, unknown === 1 ? 'one other market' : `${count(unknown)} other markets`, 'unknown', 'not assessed')]
      : []),
  ]
  if (rows.length === 0) rows.push(` ${truncate('no personal data were found in what was read', columns - 2)}`)
  return [head, ...fitRows(rows, room - 1, view, 'more markets')]
}

function marketLine(view: View, market: string, people: number, most: number): string {
  const { document, words, paint, columns } = view
  const width = Math.min(48, columns - NAME - 14)
  const eighths = Math.max(1, Math.round((people / most) * width * 8))
  const bar = '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? '' : EIGHTHS[eighths % 8])
  const left = width - displayWidth(bar)
  const elements = inShownOrder(
    document.people.byElementSet.filter(({ byMarket }) => (byMarket[market] ?? 0) > 0).flatMap((set) => set.elements),
  )
  const sets = document.people.byElementSet.filter(({ byMarket }) => (byMarket[market] ?? 0) > 0).length
  const note =
    left < 20 || elements.length === 0
      ? ''
      : `${sets > 1 ? 'some of ' : ''}${elements.map((element) => words.element(element)).join(', ')}`
  return ` ${padEnd(words.market(oneLine(market)), NAME + 8 - digitsOf(view))}${padStart(words.format.count(people), digitsOf(view))}   ${paint.open(bar)}${paint.quiet(truncate(note, columns - NAME - 12 - displayWidth(bar)))}`
}

/** Columns for counts of people: wide enough for all of them together. */
function digitsOf({ document, words }: View): number {
  return Math.max(9, words.format.count(document.people.total).length)
}

function row(view: View, name: string, value: string, note: string): string {
  const { columns } = view
  return ` ${padEnd(name, NAME + 8 - digitsOf(view))}${padStart(value, digitsOf(view))}   ${truncate(note, columns - NAME - 12)}`
}

/** Was it read: the conclusion for each store and the wording that its logs bear. */
export function readLines(view: View, room: number): string[] {
  const { headline, words, paint, columns } = view
  const head = `${paint.strong('READ')}${paint.quiet('   by outsiders, and what the logs can bear')}`
  const order = ['read', 'listed', 'ambiguous', 'silent-part', 'silent-full', 'dark', 'undecided']
  const stores = [...headline.stores]
    .filter(({ audience }) => audience !== 'named')
    .sort(
      (a, b) =>
        Number(mayHoldPeople(b)) - Number(mayHoldPeople(a)) ||
        order.indexOf(a.conclusive.access.conclusion) - order.indexOf(b.conclusive.access.conclusion),
    )
  const rows = stores.map((store) => {
    const { access } = store.conclusive
    const code = padEnd(words.access.codes[access.conclusion], 13)
    return ` ${access.conclusion === 'read' ? paint.strong(code) : code}${padEnd(truncateMiddle(oneLine(store.name), NAME - 1), NAME - 1)} ${truncate(shortConclusion(view, store), columns - NAME - 15)}`
  })
  return [
    head,
    ...(rows.length === 0
      ? [' nothing was open, so there is no access to look for']
      : fitRows(rows, room - 1, view, 'more stores')),
  ]
}

function shortConclusion({ words }: View, store: Store): string {
  const { access } = store.conclusive
  const { count, percent } = words.format
  const things = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`
  switch (access.conclusion) {
    case 'read':
      return [
        things(readsOf(store), 'read', 'reads'),
        things(access.outsiderCount, 'outsider', 'outsiders'),
        things(access.objectsReadCount, 'file', 'files'),
      ].join(', ')
    case 'listed':
      return `${things(access.outsiderCount, 'outsider', 'outsiders')} listed names, no fetch in the logs that exist`
    case 'ambiguous':
      return `${things(access.lines.ambiguous, 'line', 'lines')} may be outsiders, taken at their worst`
    case 'silent-part':
      return `no outsider in the logs that exist, ${percent(access.coverage.covered)} of the time`
    case 'silent-full':
      return 'no outsider, and logs cover all of the time'
    case 'dark':
      return 'nothing can be concluded'
    case 'undecided':
      return 'reach undecided, counted as possibly read'
  }
}

/** What is owed: duties with a day first, then those for which the law names none. */
export function owedLines(view: View, room: number): string[] {
  const { document, words, paint, columns, headline } = view
  const { regimes, obligations } = document
  const owed = regimes.filter(({ standing }) => standing === 'owed').length
  const head = `${paint.strong('OWED')}${paint.quiet(`   ${owed} of ${regimes.length} regimes`)}`
  const rows = [...obligations]
    .sort((a, b) => rank(a, headline.now) - rank(b, headline.now) || compare(a.due ?? a.start, b.due ?? b.start))
    .map((duty) => {
      const days = duty.due === null ? null : dayNumber(duty.due) - dayNumber(headline.now)
      const when =
        duty.due === null
          ? `day ${words.format.count(dayNumber(headline.now) - dayNumber(duty.start))}; the law names no number of days`
          : days! < 0
            ? `${paint.strong(`fell due ${words.format.dayShort(duty.due)}`)}, ${words.format.count(-days!)} days ago`
            : `${paint.strong(`due ${words.format.dayShort(duty.due)}`)}, in ${words.format.count(days!)} days`
      return ` ${padEnd(oneLine(duty.regime), 12)} ${padEnd(`${words.market(oneLine(duty.market))} · ${words.owed.dutyName(duty)}`, Math.max(12, Math.min(48, columns - 60)))}  ${when}`
    })
  return [
    head,
    ...(rows.length === 0
      ? [` ${regimes.length === 0 ? 'not known: no regime was looked at' : 'nothing known so far starts a clock'}`]
      : fitRows(rows, room - 1, view, 'more duties')),
  ]
}

/** What is owed for certain before what a person must judge first; a day to come before one gone by, and none last. */
function rank({ due, needsJudgement }: Obligation, now: string): number {
  return (needsJudgement.length > 0 ? 3 : 0) + (due === null ? 2 : due >= now ? 0 : 1)
}

/** What changed since the revision before, each as a short item. */
export function changedLines(view: View, room: number): string[] {
  const { document, words, paint, columns } = view
  if (document.supersedes === null) return [`${paint.strong('CHANGED')}${paint.quiet(' nothing: this is the first revision')}`]
  const before = document.batches.find(({ revision }) => revision === document.supersedes)
  const since =
    before === undefined
      ? `revision ${document.supersedes}`
      : `revision ${document.supersedes}, ${words.format.day(before.recordedAt)}`
  const head = `${paint.strong('CHANGED')}${paint.quiet(` since ${since}`)}`
  const items = document.changes.map((change) => changeItem(view, change))
  if (items.length === 0) return [head, ' nothing']
  return [head, ...laidOut(items, columns, Math.max(1, room - 1), words)]
}

/** Items side by side in so many lines; what is left over is counted at the end of the last one. */
function laidOut(items: readonly string[], columns: number, room: number, words: View['words']): string[] {
  const lines: string[] = []
  let line = ''
  for (const [index, item] of items.entries()) {
    const rest = items.length - index
    const isLast = lines.length === room - 1
    const longer = line === '' ? ` ${item}` : `${line}    ${item}`
    const counter = isLast && rest > 1 ? `    ${words.page.more(rest - 1)}` : ''
    if (displayWidth(longer + counter) <= columns) line = longer
    else if (isLast) return [...lines, line === '' ? ` ${words.page.more(rest)}` : `${line}    ${words.page.more(rest)}`]
    else {
      lines.push(line)
      line = ` ${item}`
    }
  }
  return [...lines, line]
}

const SIGNS: Readonly<Record<CaseChange['kind'], string>> = { added: '+', removed: '−', changed: '~', same: '=' }

function changeItem({ words, columns }: View, { field, kind, before, after }: CaseChange): string {
  const value = (text: string | null): string =>
    text === null ? 'none' : /^\d+$/.test(text) ? words.format.count(Number(text)) : oneLine(text).split(',')[0]!
  const market = /^people\.byMarket\.(.+)$/.exec(field)?.[1]
  const name = market === undefined ? oneLine(field.replace(/^(exposure|access)\./, '')) : words.market(oneLine(market))
  return truncate(`${SIGNS[kind]} ${truncate(name, 30)}   ${value(before)} → ${value(after)}`, columns - 2)
}

/** As many rows as there is room for; the last line counts the rest. */
function fitRows(rows: readonly string[], room: number, { paint, words }: View, what: string): string[] {
  if (rows.length <= room) return [...rows]
  const kept = Math.max(0, room - 1)
  return [...rows.slice(0, kept), paint.quiet(` ${words.format.count(rows.length - kept)} ${what}`)]
}

function dayNumber(moment: string): number {
  return Math.floor(Date.parse(moment) / 86_400_000)
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
