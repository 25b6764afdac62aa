import { compareText, type DataElement, ELEMENTS, type ElementSetCount, type PeopleCount } from '../model/index.ts'
import type { LinkedPeople } from './linked-people.ts'

/** An exposure, a store or a file: the contents that were in reach, and whether they surely were. */
export interface PeopleGroup {
  readonly id: string
  readonly contents: readonly { readonly id: string; readonly certain: boolean }[]
}

export interface GroupCount {
  readonly id: string
  readonly people: PeopleCount
  /** In the order of ELEMENTS. `contents` hold the element, whether or not it could be given to a person. */
  readonly byElement: readonly {
    readonly element: DataElement
    readonly people: number
    readonly files: number
    readonly contents: readonly string[]
  }[]
  /** Most people first. */
  readonly byElementSet: readonly ElementSetCount[]
}

export interface OverallCount {
  readonly people: PeopleCount
  readonly byElementSet: readonly ElementSetCount[]
  /** People by exactly the groups they are in; most people first. */
  readonly byStores: readonly {
    readonly groups: readonly string[]
    readonly people: number
    readonly byMarket: Readonly<Record<string, number>>
  }[]
  /** What adding the groups up would give: not a number of people. */
  readonly sumOverGroups: number
}

/** Distinct people in each group by itself. Contents that were not linked mention nobody. */
export function countPeople(linked: LinkedPeople, groups: readonly PeopleGroup[]): readonly GroupCount[] {
  const tally = new PeopleTally(linked)
  return groups.map((group) => {
    const contentsWith = ELEMENTS.map((): string[] => [])
    tally.clear()
    tally.add(group, (id, elements) => {
      for (let bit = 0; bit < ELEMENTS.length; bit += 1) if ((elements >>> bit) & 1) contentsWith[bit]!.push(id)
    })
    const people = tally.peopleByElement()
    return {
      id: group.id,
      people: tally.people(),
      byElement: ELEMENTS.flatMap((element, bit) => {
        const contents = contentsWith[bit]!.sort(compareText)
        return contents.length === 0 ? [] : [{ element, people: people[bit]!, files: contents.length, contents }]
      }),
      byElementSet: tally.byElementSet(),
    }
  })
}

/** Distinct people over all groups together. */
export function countOverall(linked: LinkedPeople, groups: readonly PeopleGroup[]): OverallCount {
  const overall = new PeopleTally(linked)
  const ofGroup = new PeopleTally(linked)
  const combinations = new GroupCombinations(linked.personCount)
  let sumOverGroups = 0
  groups.forEach((group, i) => {
    ofGroup.clear()
    ofGroup.add(group)
    overall.add(group)
    sumOverGroups += ofGroup.count
    ofGroup.eachPerson((person) => combinations.join(person, i))
  })
  return {
    people: overall.people(),
    byElementSet: overall.byElementSet(),
    byStores: combinations.count(linked, groups),
    sumOverGroups,
  }
}

/** The people of some contents with the elements that were there of each. Clearing it costs what it held. */
class PeopleTally {
  readonly #linked: LinkedPeople
  readonly #elements: Uint32Array
  readonly #isCertain: Uint8Array
  readonly #isIn: Uint8Array
  readonly #people: Int32Array
  count = 0

  constructor(linked: LinkedPeople) {
    this.#linked = linked
    this.#elements = new Uint32Array(linked.personCount)
    this.#isCertain = new Uint8Array(linked.personCount)
    this.#isIn = new Uint8Array(linked.personCount)
    this.#people = new Int32Array(linked.personCount)
  }

  clear(): void {
    this.eachPerson((person) => {
      this.#elements[person] = 0
      this.#isCertain[person] = 0
      this.#isIn[person] = 0
    })
    this.count = 0
  }

  /** Adds a group's people; tells `onContent` which elements each of its contents holds. */
  add(group: PeopleGroup, onContent?: (id: string, elements: number) => void): void {
    const contents = new Map<string, boolean>()
    for (const { id, certain } of group.contents) contents.set(id, certain || contents.get(id) === true)
    for (const [id, certain] of contents) {
      const elements = this.#addContent(id, certain)
      if (elements !== 0) onContent?.(id, elements)
    }
  }

  #addContent(id: string, certain: boolean): number {
    const content = this.#linked.contents.get(id)
    if (content === undefined) return 0
    let all = 0
    for (let row = 0; row < content.person.length; row += 1) {
      const person = content.person[row]!
      const elements = content.elements[row]!
      all |= elements
      if (person < 0) continue
      if (this.#isIn[person] === 0) {
        this.#isIn[person] = 1
        this.#people[this.count] = person
        this.count += 1
      }
      this.#elements[person] = this.#elements[person]! | elements
      if (certain) this.#isCertain[person] = 1
    }
    return all
  }

  eachPerson(visit: (person: number) => void): void {
    for (let i = 0; i < this.count; i += 1) visit(this.#people[i]!)
  }

  people(): PeopleCount {
    const byMarket = new Uint32Array(this.#linked.markets.length)
    let certain = 0
    this.eachPerson((person) => {
      byMarket[this.#linked.market[person]!] = byMarket[this.#linked.market[person]!]! + 1
      certain += this.#isCertain[person]!
    })
    return { total: this.count, certain, byMarket: marketRecord(this.#linked.markets, byMarket) }
  }

  /** People by the element's bit. */
  peopleByElement(): Uint32Array {
    const people = new Uint32Array(ELEMENTS.length)
    this.eachPerson((person) => {
      for (let rest = this.#elements[person]!; rest !== 0; rest &= rest - 1) {
        const bit = 31 - Math.clz32(rest & -rest)
        people[bit] = people[bit]! + 1
      }
    })
    return people
  }

  byElementSet(): readonly ElementSetCount[] {
    const sets = new Map<number, Uint32Array>()
    this.eachPerson((person) => {
      const elements = this.#elements[person]!
      const byMarket = sets.get(elements) ?? new Uint32Array(this.#linked.markets.length)
      sets.set(elements, byMarket)
      byMarket[this.#linked.market[person]!] = byMarket[this.#linked.market[person]!]! + 1
    })
    return [...sets]
      .map(([bits, byMarket]) => ({
        elements: ELEMENTS.filter((_, bit) => (bits >>> bit) & 1),
        people: byMarket.reduce((sum, people) => sum + people, 0),
        byMarket: marketRecord(this.#linked.markets, byMarket),
      }))
      .sort((left, right) => right.people - left.people || compareText(left.elements.join(), right.elements.join()))
  }
}

/** Which groups each person is in, as a number for each combination that occurs. */
class GroupCombinations {
  readonly #ofPerson: Int32Array
  /** The groups of each combination, by index; the first is none. */
  readonly #groups: (readonly number[])[] = [[]]
  readonly #extended = new Map<string, number>()

  constructor(personCount: number) {
    this.#ofPerson = new Int32Array(personCount)
  }

  /** Groups are joined in ascending order, so that one combination has one number. */
  join(person: number, group: number): void {
    const before = this.#ofPerson[person]!
    const key = `${before} ${group}`
    let after = this.#extended.get(key)
    if (after === undefined) {
      after = this.#groups.push([...this.#groups[before]!, group]) - 1
      this.#extended.set(key, after)
    }
    this.#ofPerson[person] = after
  }

  count(linked: LinkedPeople, groups: readonly PeopleGroup[]): OverallCount['byStores'] {
    const counts = this.#groups.map(() => new Uint32Array(linked.markets.length))
    this.#ofPerson.forEach((combination, person) => {
      const byMarket = counts[combination]!
      byMarket[linked.market[person]!] = byMarket[linked.market[person]!]! + 1
    })
    return this.#groups
      .map((members, i) => ({
        groups: members.map((group) => groups[group]!.id).sort(compareText),
        people: counts[i]!.reduce((sum, people) => sum + people, 0),
        byMarket: marketRecord(linked.markets, counts[i]!),
      }))
      .filter(({ groups, people }) => groups.length > 0 && people > 0)
      .sort((left, right) => right.people - left.people || compareText(left.groups.join('\n'), right.groups.join('\n')))
  }
}

/** Markets with anybody in them, in the order of their names. */
function marketRecord(markets: readonly string[], people: Uint32Array): Record<string, number> {
  return Object.fromEntries(markets.map((market, code) => [market, people[code]!] as const).filter(([, count]) => count > 0))
}
