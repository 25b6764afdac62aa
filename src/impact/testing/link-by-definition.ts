import { identifiersOf, type TestRecord } from './mention-tables.ts'

/**
 * People as sets of record numbers, found by applying the rules as they are worded to every pair until nothing changes.
 * Slow on purpose; shares nothing with the code it judges. Records about nobody new are in no set.
 */
export function linkByDefinition(records: readonly TestRecord[], cap: number): number[][] {
  const ids = records.map((record) => new Set(identifiersOf(record)))
  const of = (i: number, kind: string): string[] => [...ids[i]!].filter((id) => id.startsWith(`${kind}=`))
  const all = records.map((_, i) => i)
  const sharedByMany = (members: readonly number[]): boolean =>
    ['customer-id', 'person-name'].some((kind) => new Set(members.flatMap((i) => of(i, kind))).size > cap)
  const holders = (...wanted: string[]): number[] => all.filter((i) => wanted.every((id) => ids[i]!.has(id)))

  let people = all.map((i) => new Set([i]))
  const personOf = (i: number): Set<number> => people.find((person) => person.has(i))!
  const join = (i: number, j: number): boolean => {
    const [a, b] = [personOf(i), personOf(j)]
    if (a === b) return false
    people = people.filter((person) => person !== a && person !== b)
    people.push(new Set([...a, ...b]))
    return true
  }
  const untilStable = (step: () => boolean): void => {
    while (step());
  }
  const pairs = all.flatMap((i) => all.filter((j) => j > i).map((j) => [i, j] as const))

  untilStable(() =>
    pairs.some(([i, j]) => {
      const common = [...ids[i]!].filter((id) => ids[j]!.has(id))
      const names = common.filter((id) => id.startsWith('person-name='))
      const ties = common.some((id) => {
        if (id.startsWith('customer-id=')) return true
        if (id.startsWith('email-address=')) return !sharedByMany(holders(id))
        if (id.startsWith('phone-number=')) return names.some((name) => !sharedByMany(holders(id, name)))
        return false
      })
      return ties && join(i, j)
    }),
  )

  const vehicles = [...new Set(ids.flatMap((set) => [...set]))].filter(
    (id) => /^(vin|chassis-number|terminal-id)=/.test(id) && !sharedByMany(holders(id)),
  )
  const namesOf = (person: Set<number>): string[] => [...person].flatMap((i) => of(i, 'person-name'))
  const isNamed = (i: number): boolean => namesOf(personOf(i)).length > 0

  untilStable(() =>
    vehicles.some((vehicle) =>
      holders(vehicle).some((i) =>
        holders(vehicle).some((j) => namesOf(personOf(i)).some((name) => namesOf(personOf(j)).includes(name)) && join(i, j)),
      ),
    ),
  )

  const owners = (vehicle: string): Set<Set<number>> => new Set(holders(vehicle).filter(isNamed).map(personOf))
  const ownersBefore = new Map(vehicles.map((vehicle) => [vehicle, owners(vehicle)]))
  untilStable(() =>
    vehicles.some((vehicle) => {
      if (ownersBefore.get(vehicle)!.size > 1) return false
      const nameless = holders(vehicle).filter((i) => !isNamed(i))
      return nameless.some((i) => nameless.some((j) => join(i, j)))
    }),
  )
  const nobodyNew = new Set<number>()
  for (const cluster of people.filter((person) => namesOf(person).length === 0)) {
    const known = new Set(
      vehicles
        .filter((vehicle) => holders(vehicle).some((i) => cluster.has(i)))
        .flatMap((vehicle) => [...ownersBefore.get(vehicle)!]),
    )
    const [owner] = [...known]
    if (known.size === 1) join([...cluster][0]!, [...owner!][0]!)
    else if (known.size > 1 && ![...cluster].some((i) => of(i, 'customer-id').length > 0))
      for (const i of cluster) nobodyNew.add(i)
  }

  const isWeak = (i: number): boolean => [...ids[i]!].every((id) => /^(phone-number|number-plate)=/.test(id))
  for (const i of all) {
    if (ids[i]!.size === 0) nobodyNew.add(i)
    if (isWeak(i) && all.some((j) => !isWeak(j) && [...ids[i]!].some((id) => ids[j]!.has(id)))) nobodyNew.add(i)
  }
  // Records that say exactly the same are one person: their table could not tell them apart either.
  untilStable(() => pairs.some(([i, j]) => [...ids[i]!].sort().join() === [...ids[j]!].sort().join() && join(i, j)))
  return people.map((person) => [...person].filter((i) => !nobodyNew.has(i))).filter((person) => person.length > 0)
}
