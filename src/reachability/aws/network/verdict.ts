import type { Instant, Verdict, Verdicts } from '../../../model/index.ts'
import { isWide } from '../../outside.ts'
import { type AddressSet, formatAddress, isEmpty, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import { eachAccess, nobody, undecided } from '../../readings.ts'
import { RAN_OUT } from '../policy/decision.ts'
import { cidrList } from './cidr-list.ts'
import { type NetworkDoor, reachOfDoor } from './door.ts'
import type { Sources } from './sources.ts'
import { pay, READING_COST, type Surroundings } from './surroundings.ts'

const NOT_FOLLOWED =
  'a load balancer, a proxy, a NAT instance, a peering, a transit gateway or a VPN that leads to its private address is not followed'

/** What stands behind the doors of one resource. */
export interface Behind {
  /** What guards the data behind the connection, as a sentence: the database's own login. */
  readonly guard: string
  /** Why nobody reaches it where it has no door at all. */
  readonly noDoor: string
  /** Doubts that are no door's, such as a cluster's instances that were not read: then there may be more. */
  readonly unread: readonly string[]
  /** Ways in that are no door's on the internet and are not followed, where something speaks for them. */
  readonly otherWays?: readonly string[]
}

/**
 * Whoever can open a connection may try whatever the login behind it grants; settings are changed elsewhere.
 * The doors of a resource count together.
 */
export function verdictsOfDoors(
  doors: readonly NetworkDoor[],
  behind: Behind,
  surroundings: Surroundings,
  asOf: Instant,
): Verdicts {
  const door = verdictOfDoors(doors, behind, surroundings, asOf)
  const admin = nobody('the network leads to the database alone, not to its settings')
  return eachAccess((access) => (access === 'admin' ? admin : door))
}

interface OpenPort {
  readonly port: number | null
  readonly sources: Sources
}

function verdictOfDoors(doors: readonly NetworkDoor[], behind: Behind, surroundings: Surroundings, asOf: Instant): Verdict {
  if (doors.length === 0 && behind.unread.length === 0) return nobody(behind.noDoor)
  const reached = doors.map((door) => reachOfDoor(door, surroundings))
  const ports: readonly OpenPort[] = reached.flatMap((reach) => reach.ports)
  const otherWays = [...(behind.otherWays ?? []), ...reached.flatMap((reach) => reach.otherWays)]
  for (const { sources } of ports) if (!payForNaming(sources, surroundings)) break
  if (surroundings.work.exhausted) return undecided(RAN_OUT)
  const certain = audienceOf(union(NO_ADDRESSES, ...ports.map(({ sources }) => sources.least)))
  const possible =
    behind.unread.length > 0 ? 'anyone' : audienceOf(union(NO_ADDRESSES, ...ports.map(({ sources }) => sources.most)))
  if (certain !== possible) {
    const doubtful = ports.filter(({ sources }) => !isEmpty(sources.most))
    const because = [
      ...behind.unread,
      ...reasons(doubtful, 'unread'),
      ...openPorts(doubtful, 'most').map((open) => `possible: ${open}`),
      `certain: ${certain}; possible: ${possible}`,
    ]
    return { ...undecided(...because), bounds: { certain, possible } }
  }
  if (certain === 'none') {
    if (otherWays.length > 0)
      return { ...undecided(...otherWays, 'nobody on the internet reaches it'), bounds: { certain: 'none', possible: 'named' } }
    return nobody(...reasons(ports, 'because'), NOT_FOLLOWED)
  }
  const open = ports.filter(({ sources }) => !isEmpty(sources.least))
  return {
    audience: certain,
    witness: witnessOf(open[0]!, surroundings, asOf),
    because: [
      ...new Set([
        ...openPorts(open, 'least'),
        ...reasons(open, 'because'),
        ...otherWays.map((way) => `not decided beside that: ${way}`),
        behind.guard,
      ]),
    ],
  }
}

/** Saying the ranges and the reasons is work too. */
function payForNaming({ least, most, because, unread }: Sources, surroundings: Surroundings): boolean {
  const sentences = READING_COST * (because.length + unread.length)
  return surroundings.work.spend(sentences) && pay(surroundings, NAMING_COST, least, most)
}

/** How often a range is gone through until it is named by its prefixes. */
const NAMING_COST = 8

/** More than one IPv4 /8, or more than one IPv6 /32, is the open internet. */
export function audienceOf(sources: AddressSet): 'anyone' | 'named' | 'none' {
  if (isWide(sources)) return 'anyone'
  return isEmpty(sources) ? 'none' : 'named'
}

function witnessOf({ port, sources }: OpenPort, { subject }: Surroundings, asOf: Instant): NonNullable<Verdict['witness']> {
  const [family, first] = sources.least.v4[0]
    ? (['v4', sources.least.v4[0].first] as const)
    : (['v6', sources.least.v6[0]!.first] as const)
  return {
    principal: { kind: 'anonymous' },
    action: 'tcp:connect',
    resource: subject.id,
    context: {
      'aws:CurrentTime': asOf,
      'aws:SourceIp': formatAddress(family, first),
      'tcp:DestinationPort': String(port),
    },
  }
}

const MOST_REASONS = 200

/** The reasons of all ports; what is said of several ports alike is said once. */
function reasons(ports: readonly OpenPort[], kind: 'because' | 'unread'): readonly string[] {
  const portsOf = new Map<string, Set<number>>()
  for (const { port, sources } of ports) {
    for (const sentence of sources[kind]) {
      const alike = port === null ? sentence : sentence.replace(`port ${port}`, 'port #')
      const said = portsOf.get(alike) ?? new Set()
      portsOf.set(alike, port === null ? said : said.add(port))
    }
  }
  const sentences = [...portsOf].map(([alike, said]) =>
    alike.replace('port #', `port${said.size > 1 ? 's' : ''} ${[...said].join(', ')}`),
  )
  const more = sentences.length - MOST_REASONS
  return more > 0 ? [...sentences.slice(0, MOST_REASONS), `and ${more} more of the kind`] : sentences
}

/** Which outside addresses reach which ports: ports of the same addresses together. */
function openPorts(ports: readonly OpenPort[], side: 'least' | 'most'): readonly string[] {
  const byAddresses = new Map<string, Set<number | null>>()
  for (const { port, sources } of ports) {
    const list = cidrList(sources[side])
    byAddresses.set(list, (byAddresses.get(list) ?? new Set()).add(port))
  }
  return [...byAddresses].map(([list, open]) => {
    const numbers = [...open].filter((port) => port !== null).sort((a, b) => a - b)
    const what = numbers.length === 0 ? 'a port that was not read' : `port${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}`
    return `from outside, ${what} can be reached by ${list}`
  })
}
