import type { AccessAnswer } from '../../workflows/index.ts'
import { type AccessView, bytes, number, stamp } from './access-drawing.ts'
import { oneLine, padEnd, padStart, truncate, truncateMiddle } from './text.ts'

/** Requests by whose they were, with how many of them surely read data. */
export function whoseLines({ answer, paint }: AccessView): string[] {
  const { requests, readsBy } = answer
  const columns = ['inside', 'knownGood', 'knownScanner', 'outside', 'unknown'] as const
  const row = (name: string, counts: typeof requests) =>
    ` ${padEnd(name, 11)}${columns.map((each) => padStart(number(counts[each]), 15)).join('')}`
  return [
    `${paint.strong('WHOSE')}       ${['inside', 'known good', 'known scanner', 'outside', 'unknown'].map((name) => padStart(name, 15)).join('')}`,
    row('requests', requests),
    row('reads', readsBy),
  ]
}

/** The first successful anonymous read and the first listing. */
export function firstLines({ answer, paint, columns }: AccessView): string[] {
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
    paint.strong('FIRST       success of an outsider'),
    line('anonymous read', firstAnonymousRead),
    ...(isSame ? [] : [line('read', firstRead)]),
    line('listing', firstListing),
  ]
}

/** Outside sources that took most. */
export function outsiderLines({ answer, paint, columns }: AccessView, room: number): string[] {
  const { outsiders, outsiderCount } = answer
  if (outsiders.length === 0) {
    const none =
      answer.conclusion.code === 'dark'
        ? 'nobody could have been seen: no log covers the time'
        : 'no request from outside is in the logs'
    return [`${paint.strong('OUTSIDERS')}   ${none}`]
  }
  const who = columns - 40 - 42
  const lines = outsiders.map((outsider) =>
    [
      ` ${padEnd(truncateMiddle(oneLine(outsider.ip), 25), 26)}`,
      padEnd(truncateMiddle(nameOf(outsider), who + 11), who + 12),
      padStart(number(outsider.reads), 8),
      padStart(number(outsider.lists), 7),
      padStart(number(outsider.writes), 7),
      padStart(number(outsider.objects), 9),
      padStart(bytes(outsider.bytes), 10),
    ].join(''),
  )
  const head = `${paint.strong('OUTSIDERS')}   ${padEnd(`${number(outsiderCount)} ${outsiderCount === 1 ? 'source' : 'sources'}, by bytes`, who + 27)}${['reads', 'lists', 'writes', 'objects', 'bytes'].map((name, index) => padStart(name, [8, 7, 7, 9, 10][index]!)).join('')}`
  return withRest([head, ...lines], room, outsiderCount + 1)
}

/** Objects that were taken, whole or in part. */
export function tookLines({ answer, paint, columns }: AccessView, room: number): string[] {
  const { objects, objectsReadCount, resources } = answer
  const nameOfStore = new Map(resources.map(({ resource, name }) => [resource, name]))
  if (objects.length === 0) return []
  const wide = columns - 43
  const lines = objects.map(
    ({ resource, key, taken, bytes: sent, sizeBytes, reads, sureReads }) =>
      ` ${padEnd(truncateMiddle(oneLine(resources.length > 1 ? `${nameOfStore.get(resource) ?? resource}/${key}` : key), wide - 2), wide)}${padEnd(sureReads === 0 ? 'perhaps' : WORDS[taken], 10)}${padStart(bytes(sent), 10)}${padStart(sizeBytes === null ? '?' : bytes(sizeBytes), 10)}${padStart(number(reads), 10)}`,
  )
  const head = `${paint.strong('TOOK')}        ${padEnd(`${number(objectsReadCount)} ${objectsReadCount === 1 ? 'object' : 'objects'}`, wide - 11)}${padEnd('taken', 10)}${padStart('sent', 10)}${padStart('size', 10)}${padStart('reads', 10)}`
  return withRest([head, ...lines], room, objectsReadCount + 1)
}

const WORDS = { whole: 'whole', part: 'in part', pieces: 'in pieces', unknown: 'not known' } as const

/** Patterns, copies and sessions that began outside. */
export function besidesLines({ answer, paint, columns }: AccessView, room: number): string[] {
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
  return withRest([paint.strong('HOW         copies, sessions and programs'), ...all], room, all.length + 1)
}

/** Files that were not read, or not to their end. */
export function notReadLines({ answer, paint, columns }: AccessView, room: number): string[] {
  const { unread, files } = answer
  if (unread.length === 0) return []
  const lines = unread.map(
    ({ what, detail }) => ` ${padEnd(truncateMiddle(oneLine(what), 40), 42)}${truncate(oneLine(detail), columns - 43)}`,
  )
  const head = `${paint.strong('NOT READ')}    ${number(files.notRead)} of ${number(files.given)} files hold something that could not be read`
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
