import { KIND, type RecordGraph } from './record-graph.ts'
import type { ShareCounter } from './shared-identifiers.ts'
import { UnionFind } from './union-find.ts'

const VEHICLE_KINDS: readonly number[] = [KIND.vin, KIND['chassis-number'], KIND['terminal-id']]

export interface VehicleLinks {
  /** Vehicles whose records name more than one owner. */
  readonly severalOwners: number
  /** Identifiers that too many people share, by kind code. */
  readonly cut: ReadonlyMap<number, number>
  /** By signature: 1 where the record is about one of several known people and nothing tells about which. */
  readonly isUnattributed: Uint8Array
}

/**
 * Joins records of one vehicle, unless its owners' names conflict: then only records that name the same owner are
 * joined, and a record that names none is nobody new. All rules ask for sets, never for an order.
 */
export function linkVehicles(graph: RecordGraph, people: UnionFind, shares: ShareCounter): VehicleLinks {
  const { vehicles, cut } = splitVehicles(graph, shares)
  joinSameOwners(graph, people, vehicles)
  const isNamed = namedPeople(graph, people)
  const contested = vehicles.filter((vehicle) => ownersOf(graph, people, isNamed, vehicle).size > 1)
  const isUnattributed = joinNameless(graph, people, isNamed, vehicles)
  return { severalOwners: countVehicles(graph, contested), cut, isUnattributed }
}

function splitVehicles(graph: RecordGraph, shares: ShareCounter): { vehicles: number[]; cut: Map<number, number> } {
  const vehicles: number[] = []
  const cut = new Map<number, number>()
  for (let identifier = 0; identifier < graph.identifierCount; identifier += 1) {
    const kind = graph.kinds[identifier]!
    if (!VEHICLE_KINDS.includes(kind)) continue
    if (shares.isSharedByMany(holdersOf(graph, identifier))) cut.set(kind, (cut.get(kind) ?? 0) + 1)
    else vehicles.push(identifier)
  }
  return { vehicles, cut }
}

/** Joins people who share a vehicle and a name. Joined people have more names, so it is asked again until nothing changes. */
function joinSameOwners(graph: RecordGraph, people: UnionFind, vehicles: readonly number[]): void {
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    const names = namesByPerson(graph, people)
    for (const vehicle of vehicles) {
      const firstWithName = new Map<number, number>()
      for (const person of holdersOf(graph, vehicle))
        for (const name of names.get(people.find(person)) ?? []) {
          const first = firstWithName.get(name)
          if (first === undefined) firstWithName.set(name, person)
          else if (people.union(first, person)) hasChanged = true
        }
    }
  }
}

/**
 * Joins people without a name who share a vehicle, and each such cluster with the owner whom its vehicles name, if that
 * is one. A cluster between several owners stays a person of its own where it has a customer id; else it is nobody new.
 */
function joinNameless(graph: RecordGraph, people: UnionFind, isNamed: Uint8Array, vehicles: readonly number[]): Uint8Array {
  const owners = vehicles.map((vehicle) => ownersOf(graph, people, isNamed, vehicle))
  const nameless = vehicles.map((vehicle) => namelessOf(graph, people, isNamed, vehicle))
  nameless.forEach((persons, i) => {
    if (owners[i]!.size <= 1) for (const person of persons) people.union(persons[0]!, person)
  })
  const ownersOfCluster = new Map<number, Set<number>>()
  nameless.forEach((persons, i) => {
    if (owners[i]!.size === 0) return
    for (const person of persons) {
      const cluster = people.find(person)
      const known = ownersOfCluster.get(cluster) ?? new Set()
      ownersOfCluster.set(cluster, known)
      for (const owner of owners[i]!) known.add(owner)
    }
  })
  for (const [cluster, known] of ownersOfCluster) if (known.size === 1) people.union(cluster, [...known][0]!)
  const contested = new Set([...ownersOfCluster].filter(([, known]) => known.size > 1).map(([cluster]) => cluster))
  return unattributedIn(graph, people, contested)
}

/** Signatures of contested clusters that hold no customer id. */
function unattributedIn(graph: RecordGraph, people: UnionFind, contested: ReadonlySet<number>): Uint8Array {
  const isUnattributed = new Uint8Array(graph.signatureCount)
  if (contested.size === 0) return isUnattributed
  const hasCustomerId = holdersOfKind(graph, people, KIND['customer-id'])
  for (let signature = 0; signature < graph.signatureCount; signature += 1) {
    const person = people.find(signature)
    if (contested.has(person) && hasCustomerId[person] === 0) isUnattributed[signature] = 1
  }
  return isUnattributed
}

function holdersOf(graph: RecordGraph, identifier: number): Uint32Array {
  return graph.holders.subarray(graph.holderStart[identifier], graph.holderStart[identifier + 1])
}

const NOBODY: readonly number[] = []
const NO_OWNERS: ReadonlySet<number> = new Set()

function ownersOf(graph: RecordGraph, people: UnionFind, isNamed: Uint8Array, vehicle: number): ReadonlySet<number> {
  let owners: Set<number> | null = null
  for (const signature of holdersOf(graph, vehicle)) {
    const person = people.find(signature)
    if (isNamed[person] === 1) owners = (owners ?? new Set()).add(person)
  }
  return owners ?? NO_OWNERS
}

function namelessOf(graph: RecordGraph, people: UnionFind, isNamed: Uint8Array, vehicle: number): readonly number[] {
  const holders = holdersOf(graph, vehicle)
  if (holders.length === 1) return isNamed[people.find(holders[0]!)] === 1 ? NOBODY : [people.find(holders[0]!)]
  return [...new Set(Array.from(holders, (signature) => people.find(signature)))].filter((person) => isNamed[person] === 0)
}

function namedPeople(graph: RecordGraph, people: UnionFind): Uint8Array {
  return holdersOfKind(graph, people, KIND['person-name'])
}

/** By person: 1 where one of its records holds an identifier of the kind. */
function holdersOfKind(graph: RecordGraph, people: UnionFind, kind: number): Uint8Array {
  const holds = new Uint8Array(graph.signatureCount)
  for (let identifier = 0; identifier < graph.identifierCount; identifier += 1)
    if (graph.kinds[identifier] === kind) for (const signature of holdersOf(graph, identifier)) holds[people.find(signature)] = 1
  return holds
}

function namesByPerson(graph: RecordGraph, people: UnionFind): Map<number, Set<number>> {
  const names = new Map<number, Set<number>>()
  for (let identifier = 0; identifier < graph.identifierCount; identifier += 1) {
    if (graph.kinds[identifier] !== KIND['person-name']) continue
    for (const signature of holdersOf(graph, identifier)) {
      const person = people.find(signature)
      const own = names.get(person)
      if (own === undefined) names.set(person, new Set([identifier]))
      else own.add(identifier)
    }
  }
  return names
}

/** How many vehicles these identifiers stand for: those of different kinds that one record names together are one. */
function countVehicles(graph: RecordGraph, identifiers: readonly number[]): number {
  const wanted = new Map(identifiers.map((identifier, i) => [identifier, i]))
  const vehicles = new UnionFind(identifiers.length)
  for (const identifier of identifiers)
    for (const signature of holdersOf(graph, identifier)) {
      const own = graph.identifiers.subarray(graph.start[signature], graph.start[signature + 1])
      const ofVehicles = own.filter((other) => VEHICLE_KINDS.includes(graph.kinds[other]!))
      const kinds = new Set(Array.from(ofVehicles, (other) => graph.kinds[other]!))
      // A record with two VINs is about two vehicles, so it cannot say which of its other numbers belong to which.
      if (kinds.size !== ofVehicles.length) continue
      for (const other of ofVehicles) if (wanted.has(other)) vehicles.union(wanted.get(identifier)!, wanted.get(other)!)
    }
  return identifiers.filter((_, i) => vehicles.find(i) === i).length
}
