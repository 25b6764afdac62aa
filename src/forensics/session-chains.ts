import { compareInstants, compareText, type Instant } from '../model/index.ts'

/** The start of a session of a role, as an AssumeRole event of any kind tells it. */
export interface SessionStart {
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`: who asks in the requests that follow. */
  readonly session: string
  readonly role: string | null
  readonly at: Instant
  readonly caller: SessionCaller
}

export interface SessionCaller {
  /** The ARN, service or web identity that asked; null where the event names none. */
  readonly principal: string | null
  readonly account: string | null
  readonly ip: string | null
  readonly isService: boolean
}

/** One way from whoever stood at the beginning to a session, the beginning first. */
export interface SessionChain {
  readonly session: string
  readonly links: readonly SessionStart[]
}

// Roles that assume each other in a circle end here, and so does a chain that nobody would build by hand.
const MOST_LINKS = 16

/**
 * How each session came about: every start of a session is followed back, by the caller's own session, to somebody who was in no session. A
 * session name may be used again: of the starts of the caller's session, the last one before counts.
 */
export function sessionChains(starts: readonly SessionStart[]): readonly SessionChain[] {
  const sorted = [...starts].sort(
    (a, b) =>
      compareInstants(a.at, b.at) ||
      compareText(a.session, b.session) ||
      compareText(a.caller.principal ?? '', b.caller.principal ?? '') ||
      compareText(a.caller.ip ?? '', b.caller.ip ?? ''),
  )
  const bySession = Map.groupBy(sorted, ({ session }) => session)
  return sorted.map((start) => ({ session: start.session, links: linksTo(start, bySession) }))
}

/** Whether the one at the beginning of a chain is outside; a service begins sessions on somebody's order inside. */
export function beginsOutside({ links }: SessionChain, isOutside: (caller: SessionCaller) => boolean): boolean {
  const first = links[0]!.caller
  return !first.isService && isOutside(first)
}

function linksTo(start: SessionStart, bySession: ReadonlyMap<string, readonly SessionStart[]>): readonly SessionStart[] {
  const links = [start]
  for (let at = start; links.length < MOST_LINKS; ) {
    const earlier = lastBefore(bySession.get(at.caller.principal ?? ''), at)
    if (!earlier || links.includes(earlier)) break
    links.unshift(earlier)
    at = earlier
  }
  return links
}

/** `starts` is in order of time. */
function lastBefore(starts: readonly SessionStart[] | undefined, next: SessionStart): SessionStart | undefined {
  if (!starts) return undefined
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareInstants(starts[middle]!.at, next.at) <= 0) low = middle + 1
    else high = middle
  }
  const found = starts[low - 1]
  return found === next ? starts[low - 2] : found
}
