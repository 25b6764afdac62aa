import type { AccessAnswer } from '../../workflows/index.ts'
import { type AccessView, bytes, headed, number, stamp } from './access-drawing.ts'
import { oneLine, padEnd, padStart, truncate, truncateMiddle } from './text.ts'

/** Requests by whose they were, with how many of them surely read data. */
export function whoseLines(view: AccessView): string[] {
  const { requests, readsBy } = view.answer
  const cell = Math.min(15, Math.floor((view.columns - 12) / 5))
  const counts = ['inside', 'knownGood', 'knownScanner', 'outside', 'unknown'] as const
  const row = (cells: readonly string[]) => cells.map((text) => padStart(text, cell)).join('')
  return [
    headed(
      view,
      'WHOSE',
      `       ${row(['inside', 'known good', cell < 14 ? 'scanner' : 'known scanner', 'outside', 'unknown'])}`,
    ),
    ` ${padEnd('requests', 11)}${row(counts.map((each) => number(requests[each])))}`,
    ` ${padEnd('reads', 11)}${row(counts.map((each) => number(readsBy[each])))}`,
  ]
}

/** The first successful anonymous read and the first listing. */
export function firstLines(view: AccessView): string[] {
  const { answer, columns } = view
  const { conclusion } = answer
  const line = (name: string, first: AccessAnswer['firstRead']) =>
    first === null
      ? ` ${padEnd(name, 17)}${conclusion.code === 'dark' ? 'no log could have shown one' : 'none in the logs'}`
      : truncate(
          ` ${padEnd(name, 17)}${stamp(first.at)}  ${oneLine(first.ip ?? 'address hidden')}  ${oneLine(first.key ?? first.bucket)}`,
          columns,
        )
  const { firstAnonymousRead, firstRead, firstListing } = answer
  const isSame = firstRead?.at === firstAnonymousRead?.at
  return [
    headed(view, 'FIRST', '       success of an outsider'),
    line('anonymous read', firstAnonymousRead),
    ...(isSame ? [] : [line('read', firstRead)]),
    line('listing', firstListing),
  ]
}

// Below this width the names of networks and the count of writes give way.
const COLUMNS_FOR_NAMES = 84

/** Outside sources that took most. */
export function outsiderLines(view: AccessView, room: number): string[] {
  const { outsiders, outsiderCount, conclusion } = view.answer
  if (outsiders.length === 0) {
    const isDark = conclusion.code === 'dark'
    return [
      headed(
        view,
        'OUTSIDERS',
        `   ${isDark ? 'nobody could have been seen: no log covers the time' : 'no request from outside is in the logs'}`,
      ),
    ]
  }
  const isWide = view.columns >= COLUMNS_FOR_NAMES
  const who = view.columns - (isWide ? 42 : 35)
  const numbers = (cells: readonly string[]) =>
    cells.map((text, index) => padStart(text, NUMBER_COLUMNS[index]!)).filter((_, index) => isWide || index !== 2)
  const lines = outsiders.map((outsider) => {
    const { reads, lists, writes, objects } = outsider
    const cells = [number(reads), number(lists), number(writes), number(objects), bytes(outsider.bytes)]
    return ` ${padEnd(isWide ? sourceAndName(outsider, who) : truncateMiddle(oneLine(outsider.ip), who - 1), who)}${numbers(cells).join('')}`
  })
  const title = `${number(outsiderCount)} ${outsiderCount === 1 ? 'source' : 'sources'}, by bytes`
  const head = headed(
    view,
    'OUTSIDERS',
    `   ${padEnd(title, who - 11)}${numbers(['reads', 'lists', 'writes', 'objects', 'bytes']).join('')}`,
  )
  return withRest([head, ...lines], room, outsiderCount + 1)
}

const NUMBER_COLUMNS = [8, 7, 7, 9, 10]

function sourceAndName(outsider: AccessAnswer['outsiders'][number], columns: number): string {
  return `${padEnd(truncateMiddle(oneLine(outsider.ip), 25), 26)}${truncateMiddle(nameOf(outsider), columns - 27)}`
}

/** Objects that were taken, whole or in part. */
export function tookLines(view: AccessView, room: number): string[] {
  const { answer, columns } = view
  const { objects, objectsReadCount, resources } = answer
  const nameOfStore = new Map(resources.map(({ resource, name }) => [resource, name]))
  if (objects.length === 0) return []
  const wide = columns - 43
  const lines = objects.map(
    ({ resource, key, taken, bytes: sent, sizeBytes, reads, sureReads }) =>
      ` ${padEnd(truncateMiddle(oneLine(resources.length > 1 ? `${nameOfStore.get(resource) ?? resource}/${key}` : key), wide - 2), wide)}${padEnd(sureReads === 0 ? 'perhaps' : WORDS[taken], 10)}${padStart(bytes(sent), 10)}${padStart(sizeBytes === null ? '?' : bytes(sizeBytes), 10)}${padStart(number(reads), 10)}`,
  )
  const head = headed(
    view,
    'TOOK',
    `        ${padEnd(`${number(objectsReadCount)} ${objectsReadCount === 1 ? 'object' : 'objects'}`, wide - 11)}${padEnd('taken', 10)}${padStart('sent', 10)}${padStart('size', 10)}${padStart('reads', 10)}`,
  )
  return withRest([head, ...lines], room, objectsReadCount + 1)
}

const WORDS = { whole: 'whole', part: 'in part', pieces: 'in pieces', unknown: 'not known' } as const

/** Patterns, copies and sessions that began outside. */
export function besidesLines(view: AccessView, room: number): string[] {
  const { answer, columns } = view
  const patterns = answer.patterns.map(
    ({ ip, principal, meaning, first }) => `${stamp(first)}  ${ip ?? principal ?? 'somebody'} ${meaning}`,
  )
  const copies = answer.copies.map(
    ({ kind, at, principal, ip, resource, key, destination }) =>
      `${stamp(at)}  ${kind.replace('-', ' ')}: ${resource}${key === null ? '' : `/${key}`} to ${destination ?? 'a place not named'} by ${principal ?? ip ?? 'somebody'}`,
  )
  const sessions = answer.sessions
    .filter(({ beganOutside }) => beganOutside)
    .map(
      ({ session, chain, requests, reads, first }) =>
        `${stamp(first)}  session ${session} begun by ${chain[0]?.principal ?? chain[0]?.account ?? 'somebody'} outside: ${number(requests)} requests, ${number(reads)} reads`,
    )
  const all = [...copies, ...sessions, ...patterns].map((line) => ` ${truncate(oneLine(line), columns - 1)}`)
  if (all.length === 0) return []
  return withRest([headed(view, 'HOW', '         copies, sessions and programs'), ...all], room, all.length + 1)
}

/** Files that were not read, or not to their end. */
export function notReadLines(view: AccessView, room: number): string[] {
  const { answer, columns } = view
  const { unread, files } = answer
  const nameColumns = Math.floor(columns * 0.42)
  if (unread.length === 0) return []
  const lines = unread.map(
    ({ what, detail }) =>
      ` ${padEnd(truncateMiddle(oneLine(what), nameColumns - 2), nameColumns)}${truncate(oneLine(detail), columns - nameColumns - 1)}`,
  )
  const head = headed(
    view,
    'NOT READ',
    `    ${number(files.notRead)} of ${number(files.given)} files hold something that could not be read`,
  )
  return withRest([head, ...lines], room, unread.length + 1)
}

/** As many lines as there is room for; the last says how many there are beyond. */
function withRest(lines: readonly string[], room: number, total: number): string[] {
  if (lines.length <= room && lines.length >= total) return [...lines]
  const kept = lines.slice(0, Math.max(1, Math.min(lines.length, room - 1)))
  return [...kept, ` and ${number(total - kept.length)} more; --format json has them`]
}

function nameOf({ network, principal, userAgents }: AccessAnswer['outsiders'][number]): string {
  const name = [network, principal].filter((text) => text !== null).join(' · ')
  return oneLine(name === '' ? (userAgents[0] ?? '') : name)
}
