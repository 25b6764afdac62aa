import { compareText, IDENTIFIER_KINDS } from '../model/index.ts'
import { linkIdentities } from './link-identities.ts'
import { linkVehicles } from './link-vehicles.ts'
import { type LinkedContent, type LinkedPeople, type MentionedContent, NOBODY } from './linked-people.ts'
import { decideMarkets } from './person-markets.ts'
import { buildGraph, KIND, type RecordGraph } from './record-graph.ts'
import { ShareCounter } from './shared-identifiers.ts'
import { UnionFind } from './union-find.ts'

const DEFAULT_SHARE_CAP = 5

/**
 * Links the records of all contents into people. Which records are one person depends only on what they hold: not on
 * the order of contents or rows, nor on the fingerprint key.
 */
export function linkPeople(contents: readonly MentionedContent[], settings: { readonly shareCap?: number } = {}): LinkedPeople {
  const shareCap = settings.shareCap ?? DEFAULT_SHARE_CAP
  const { graph, signatures } = buildGraph(contents.map(({ mentions }) => mentions))
  const people = new UnionFind(graph.signatureCount)
  const shares = new ShareCounter(graph, shareCap)
  const cutIdentities = linkIdentities(graph, people, shares)
  const vehicles = linkVehicles(graph, people, shares)
  const isUnattributed = withoutOwnIdentity(graph, vehicles.isUnattributed, people)
  const { personCount, personOf } = numberPeople(graph, people, isUnattributed)
  const linked = contents.map(({ mentions }, i): LinkedContent => {
    const person = Int32Array.from(signatures[i]!, (signature) => personOf[signature]!)
    return { person, elements: mentions.elements }
  })
  return {
    personCount,
    ...decideMarkets(contents, linked, personCount),
    contents: new Map(contents.map(({ id }, i) => [id, linked[i]!])),
    notes: {
      cappedIdentifiers: cappedByKind(cutIdentities, vehicles.cut),
      vehiclesWithSeveralOwners: vehicles.severalOwners,
      unattributedRecords: countRecords(contents, signatures, vehicles.isUnattributed),
      shareCap,
    },
  }
}

/**
 * Adds to the unattributed ones the records that hold no name and nothing that links, only a phone number, a plate or an
 * identifier that too many share, where other records hold it too: they are about one of those people, not a new one.
 */
function withoutOwnIdentity(graph: RecordGraph, isUnattributed: Uint8Array, people: UnionFind): Uint8Array {
  const all = isUnattributed.slice()
  for (let signature = 0; signature < graph.signatureCount; signature += 1) {
    const own = graph.identifiers.subarray(graph.start[signature], graph.start[signature + 1])
    if (!own.every((identifier) => isWeak(graph.kinds[identifier]!))) continue
    const isKnown = own.some((identifier) =>
      graph.holders
        .subarray(graph.holderStart[identifier], graph.holderStart[identifier + 1])
        .some((holder) => people.find(holder) !== people.find(signature) && isIdentified(graph, holder)),
    )
    if (isKnown) all[signature] = 1
  }
  return all
}

function isWeak(kind: number): boolean {
  return kind === KIND['phone-number'] || kind === KIND['number-plate']
}

function isIdentified(graph: RecordGraph, signature: number): boolean {
  return graph.identifiers
    .subarray(graph.start[signature], graph.start[signature + 1])
    .some((identifier) => !isWeak(graph.kinds[identifier]!))
}

function numberPeople(
  graph: RecordGraph,
  people: UnionFind,
  isUnattributed: Uint8Array,
): { personCount: number; personOf: Int32Array } {
  const personOf = new Int32Array(graph.signatureCount).fill(NOBODY)
  const numberOfRoot = new Int32Array(graph.signatureCount).fill(NOBODY)
  let personCount = 0
  for (let signature = 0; signature < graph.signatureCount; signature += 1) {
    const hasIdentifier = graph.start[signature]! < graph.start[signature + 1]!
    if (!hasIdentifier || isUnattributed[signature] === 1) continue
    const root = people.find(signature)
    if (numberOfRoot[root] === NOBODY) numberOfRoot[root] = personCount++
    personOf[signature] = numberOfRoot[root]!
  }
  return { personCount, personOf }
}

function cappedByKind(
  { emails, phones }: { emails: number; phones: number },
  vehicles: ReadonlyMap<number, number>,
): Record<string, number> {
  const counts = new Map([...vehicles].map(([kind, count]) => [IDENTIFIER_KINDS[kind]!, count]))
  if (emails > 0) counts.set('email-address', emails)
  if (phones > 0) counts.set('phone-number', phones)
  return Object.fromEntries([...counts].sort(([left], [right]) => compareText(left, right)))
}

function countRecords(contents: readonly MentionedContent[], signatures: readonly Uint32Array[], isMarked: Uint8Array): number {
  let records = 0
  contents.forEach(({ mentions }, i) => {
    const ofRows = signatures[i]!
    for (let row = 0; row < ofRows.length; row += 1) if (isMarked[ofRows[row]!] === 1) records += mentions.records[row]!
  })
  return records
}
