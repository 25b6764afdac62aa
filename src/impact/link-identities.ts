import { KIND, type RecordGraph } from './record-graph.ts'
import type { ShareCounter } from './shared-identifiers.ts'
import type { UnionFind } from './union-find.ts'

/**
 * Joins records that share a customer id, an e-mail address, or a phone number together with the same name; addresses
 * and phones only where not more than the cap share them. Returns how many were cut for that, by kind.
 */
export function linkIdentities(graph: RecordGraph, people: UnionFind, shares: ShareCounter): { emails: number; phones: number } {
  const cut = { emails: 0, phones: 0 }
  for (let identifier = 0; identifier < graph.identifierCount; identifier += 1) {
    const holders = graph.holders.subarray(graph.holderStart[identifier], graph.holderStart[identifier + 1])
    if (graph.kinds[identifier] === KIND['customer-id']) joinAll(people, holders)
    if (graph.kinds[identifier] === KIND['email-address']) {
      if (shares.isSharedByMany(holders)) cut.emails += 1
      else joinAll(people, holders)
    }
    if (graph.kinds[identifier] === KIND['phone-number'] && joinByName(graph, people, shares, holders)) cut.phones += 1
  }
  return cut
}

/** Joins the holders of one phone number that name the same person; says whether any such name was cut. */
function joinByName(graph: RecordGraph, people: UnionFind, shares: ShareCounter, holders: Uint32Array): boolean {
  const byName = new Map<number, number[]>()
  for (const signature of holders)
    for (let at = graph.start[signature]!; at < graph.start[signature + 1]!; at += 1) {
      const name = graph.identifiers[at]!
      if (graph.kinds[name] !== KIND['person-name']) continue
      const sameName = byName.get(name)
      if (sameName === undefined) byName.set(name, [signature])
      else sameName.push(signature)
    }
  let wasCut = false
  for (const sameName of byName.values()) {
    if (sameName.length < 2) continue
    if (shares.isSharedByMany(sameName)) wasCut = true
    else joinAll(people, sameName)
  }
  return wasCut
}

function joinAll(people: UnionFind, signatures: ArrayLike<number>): void {
  for (let i = 1; i < signatures.length; i += 1) people.union(signatures[0]!, signatures[i]!)
}
