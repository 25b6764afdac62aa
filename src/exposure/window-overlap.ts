import { type Bounds, compareInstants, type Instant, type Window } from '../model/index.ts'

/** Where two uncertain spans may both hold, and whether some moment is proved to lie in both; null where they cannot meet. */
export function overlap(left: Window, right: Window): { readonly window: Window; readonly certain: boolean } | null {
  const closed = earlierEnd(left.closed, right.closed)
  const opened = laterStart(left.opened, right.opened)
  if (opened.notBefore !== null && closed?.notAfter != null) {
    const order = compareInstants(opened.notBefore, closed.notAfter)
    if (order > 0 || (order === 0 && !(holdsAt(left, closed.notAfter) && holdsAt(right, closed.notAfter)))) return null
  }
  const start = opened.notAfter
  const certain = start !== null && holdsAt(left, start) && holdsAt(right, start)
  return { window: { opened: within(opened, closed), closed }, certain }
}

/** Whether the window is proved to hold at that moment. An exact end is already outside; an uncertain one was seen to hold. */
export function holdsAt({ opened, closed }: Window, moment: Instant): boolean {
  if (opened.notAfter === null || compareInstants(opened.notAfter, moment) > 0) return false
  if (closed === null) return true
  if (closed.notBefore === null) return false
  const order = compareInstants(moment, closed.notBefore)
  return order < 0 || (order === 0 && closed.notBefore !== closed.notAfter)
}

/** The later of two beginnings, bound by bound; `null` is "no bound": earliest as a lower one, latest as an upper one. */
function laterStart(left: Bounds, right: Bounds): Bounds {
  const notBefore = pickLater(left.notBefore, right.notBefore)
  const notAfter = left.notAfter === null || right.notAfter === null ? null : pickLater(left.notAfter, right.notAfter)
  return { notBefore, notAfter, because: reasonsOf({ notBefore, notAfter }, left, right) }
}

function earlierEnd(left: Bounds | null, right: Bounds | null): Bounds | null {
  if (left === null || right === null) return left ?? right
  const notBefore = left.notBefore === null || right.notBefore === null ? null : pickEarlier(left.notBefore, right.notBefore)
  const notAfter =
    left.notAfter === null ? right.notAfter : right.notAfter === null ? left.notAfter : pickEarlier(left.notAfter, right.notAfter)
  return { notBefore, notAfter, because: reasonsOf({ notBefore, notAfter }, left, right) }
}

type Pair = Pick<Bounds, 'notBefore' | 'notAfter'>

/** The reasons of the sides that give the bounds. */
function reasonsOf(chosen: Pair, left: Bounds, right: Bounds): Bounds['because'] {
  const gives = (side: Bounds) => side.notBefore === chosen.notBefore && side.notAfter === chosen.notAfter
  return gives(left) ? left.because : gives(right) ? right.because : [...left.because, ...right.because]
}

/** It cannot have begun after the last moment at which it can have ended. */
function within(opened: Bounds, closed: Bounds | null): Bounds {
  const end = closed?.notAfter ?? null
  if (end === null || (opened.notAfter !== null && compareInstants(opened.notAfter, end) <= 0)) return opened
  return { ...opened, notAfter: end }
}

function pickLater(left: Instant | null, right: Instant | null): Instant | null {
  if (left === null || right === null) return left ?? right
  return compareInstants(left, right) >= 0 ? left : right
}

function pickEarlier(left: Instant, right: Instant): Instant {
  return compareInstants(left, right) <= 0 ? left : right
}
