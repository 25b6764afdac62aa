import type { History } from '../../history/index.ts'
import { countOverall, countPeople, type LinkedPeople, linkPeople } from '../../impact/index.ts'
import {
  type Audience,
  compareText,
  type DataElement,
  type ElementSetCount,
  type LinkingNotes,
  type PeopleCount,
  type ResourceRef,
} from '../../model/index.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Knowledge } from './knowledge.ts'
import type { InvestigateOptions } from './options.ts'
import { marketOfRegion } from './region-market.ts'
import { remembered } from './remembered.ts'

// Raised whenever linking or counting changes what it answers for the same input.
const STAGE = 'count-exposed-people/1'

/** The files behind one open door. */
export interface ExposedGroup {
  readonly id: string
  readonly resource: ResourceRef
  /** Who could read them. */
  readonly audience: Audience
  readonly files: readonly { readonly key: string; readonly contents: readonly string[]; readonly certain: boolean }[]
}

export interface GroupPeople {
  readonly people: PeopleCount
  readonly byElement: readonly { readonly element: DataElement; readonly people: number; readonly files: number }[]
  readonly byElementSet: readonly ElementSetCount[]
  /** People in each file, by key. */
  readonly byFile: Readonly<Record<string, number>>
}

/** Distinct people whose data were exposed; everything a case says about their number. */
export interface PeopleCounts {
  readonly byExposure: Readonly<Record<string, GroupPeople>>
  /** Over all doors that strangers could read through, or possibly could. */
  readonly overall: PeopleCount
  readonly byElementSet: readonly ElementSetCount[]
  readonly byStores: readonly {
    readonly stores: readonly string[]
    readonly people: number
    readonly byMarket: Readonly<Record<string, number>>
  }[]
  readonly sumOverStores: number
  readonly byAudience: Readonly<Record<Exclude<Audience, 'none'>, number>>
  /** People in all contents of each store, exposed or not, by the store's resource id. */
  readonly byStore: Readonly<Record<string, number>>
  readonly linking: LinkingNotes
}

interface Given {
  readonly history: History
  readonly knowledge: Knowledge
  readonly stores: readonly DecidedStore[]
}

/** One content, and the market that its store's region speaks for. */
interface Content {
  readonly id: string
  readonly storeMarket: string | null
}

/**
 * Links everyone who is mentioned in any content, then counts the ones exposed. The same contents behind the same doors
 * give the same answer, so it is remembered by the digest of its input.
 */
export function countExposedPeople(
  given: Given,
  groups: readonly ExposedGroup[],
  options: InvestigateOptions,
): Promise<PeopleCounts> {
  const contents = contentsOf(given)
  const question = { stage: STAGE, input: [contents, groups, options.shareCap ?? null] }
  return remembered(given.history, question, () => count(given, contents, groups, options))
}

async function count(
  { history, knowledge }: Given,
  contents: readonly Content[],
  groups: readonly ExposedGroup[],
  options: InvestigateOptions,
): Promise<PeopleCounts> {
  const mentions = []
  for (const { id, storeMarket } of contents) {
    options.signal?.throwIfAborted()
    mentions.push({ id, mentions: await history.readMentions(id), hints: { storeMarket } })
  }
  const linked = linkPeople(mentions, options.shareCap === undefined ? {} : { shareCap: options.shareCap })
  const strangers = storeGroups(groups, ['anyone', 'any-identity', 'undecided'])
  const { people, byElementSet, byStores, sumOverGroups } = countOverall(linked, strangers)
  return {
    byExposure: Object.fromEntries(groups.map((group) => [group.id, countGroup(linked, group)])),
    overall: people,
    byElementSet,
    byStores: byStores.map(({ groups: stores, ...rest }) => ({ stores, ...rest })),
    sumOverStores: sumOverGroups,
    byAudience: countByAudience(linked, groups),
    byStore: countByStore(linked, knowledge),
    linking: linked.notes,
  }
}

function countGroup(linked: LinkedPeople, group: ExposedGroup): GroupPeople {
  const [whole] = countPeople(linked, [{ id: group.id, contents: contentsBehind([group]) }])
  const files = countPeople(
    linked,
    group.files.map(({ key, contents, certain }) => ({ id: key, contents: contents.map((id) => ({ id, certain })) })),
  )
  return {
    people: whole!.people,
    byElement: whole!.byElement.map(({ element, people, contents }) => {
      const holding = new Set(contents)
      return { element, people, files: group.files.filter((file) => file.contents.some((id) => holding.has(id))).length }
    }),
    byElementSet: whole!.byElementSet,
    byFile: Object.fromEntries(files.map(({ id, people }) => [id, people.total])),
  }
}

function countByStore(linked: LinkedPeople, { copies }: Knowledge): Record<string, number> {
  const stores = [...copies].map(([id, objects]) => ({
    id,
    contents: [...new Set(objects.map(({ sha256 }) => sha256))].map((sha256) => ({ id: sha256, certain: true })),
  }))
  return Object.fromEntries(
    countPeople(
      linked,
      stores.sort((left, right) => compareText(left.id, right.id)),
    ).map(({ id, people }) => [id, people.total]),
  )
}

/** A person counts for the widest audience that could read any of their data. */
function countByAudience(linked: LinkedPeople, groups: readonly ExposedGroup[]): PeopleCounts['byAudience'] {
  const widestFirst = ['anyone', 'any-identity', 'undecided', 'named'] as const
  const upTo = widestFirst.map(
    (_, index) => countOverall(linked, storeGroups(groups, widestFirst.slice(0, index + 1))).people.total,
  )
  const alone = (index: number) => upTo[index]! - (upTo[index - 1] ?? 0)
  return { anyone: alone(0), 'any-identity': alone(1), named: alone(3), undecided: alone(2) }
}

/** One group a store, over all its windows with one of these audiences. */
function storeGroups(groups: readonly ExposedGroup[], audiences: readonly Audience[]) {
  const chosen = Map.groupBy(
    groups.filter(({ audience }) => audiences.includes(audience)),
    ({ resource }) => resource.name,
  )
  return [...chosen]
    .map(([id, ofStore]) => ({ id, contents: contentsBehind(ofStore) }))
    .sort((left, right) => compareText(left.id, right.id))
}

function contentsBehind(groups: readonly ExposedGroup[]): { id: string; certain: boolean }[] {
  const certain = new Map<string, boolean>()
  for (const { files } of groups)
    for (const file of files) for (const id of file.contents) certain.set(id, file.certain || (certain.get(id) ?? false))
  return [...certain].map(([id, isCertain]) => ({ id, certain: isCertain }))
}

/** Every content that was read, once, with the market of the first store that holds it; in the order of digests. */
function contentsOf({ knowledge, stores }: Given): Content[] {
  const regions = new Map(stores.map(({ resource }) => [resource.id, resource.region]))
  const holders = new Map<string, string>()
  for (const store of [...knowledge.copies.keys()].sort(compareText))
    for (const { sha256 } of knowledge.copies.get(store)!) if (!holders.has(sha256)) holders.set(sha256, store)
  return [...knowledge.reports.keys()]
    .filter((id) => holders.has(id))
    .sort(compareText)
    .map((id) => ({ id, storeMarket: marketOfRegion(regions.get(holders.get(id)!) ?? '') }))
}
