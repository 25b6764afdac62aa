import {
  ACCESSES,
  type Access,
  type Audience,
  compareInstants,
  compareText,
  type DataElement,
  epochMs,
  type EvidenceRef,
  type Instant,
  type Json,
  type ObjectPresence,
  type Observation,
  type Reading,
  type Verdicts,
} from '../../model/index.ts'
import type { ObjectFacts, StoreFacts } from '../../rules/index.ts'
import { copiedObjects, isWhole } from './copied-objects.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Facts } from './facts.ts'
import { widestOf } from './widest-audience.ts'

const DAY_MS = 86_400_000

/** What the data handling rules may ask of each bucket. */
export function storeFacts(facts: Facts, asOf: Instant): StoreFacts[] {
  return facts.stores.filter(({ resource }) => resource.type === 'AWS::S3::Bucket').map((store) => factsOf(store, facts, asOf))
}

function factsOf(store: DecidedStore, { knowledge, measured }: Facts, asOf: Instant): StoreFacts {
  const { resource, windows, current, observations } = store
  const presences = measured.presences.get(resource.id) ?? []
  const copies = copiedObjects(knowledge, resource.id)
  const reportsOf = (key: string) => copies.get(key)?.reports ?? []
  const elementsOf = (key: string) => distinct(reportsOf(key).flatMap(({ elements }) => elements.map(({ element }) => element)))
  const examined = (key: string) => reportsOf(key).length > 0 && reportsOf(key).every(isWhole)
  return {
    resource: resource.id,
    account: resource.account,
    region: resource.region,
    name: resource.name,
    tags: tagsOf(observations, asOf),
    audiences: {
      now: current === null ? audiencesOf([]) : audiencesOf([current.verdicts]),
      ever: audiencesOf([...(current === null ? [] : [current.verdicts]), ...windows.map(({ verdicts }) => verdicts)]),
    },
    personalData: {
      elements: distinct(presences.flatMap(({ key }) => elementsOf(key))),
      people: measured.people.byStore[resource.id] ?? 0,
      examined: (knowledge.inventories.get(resource.id) ?? []).length > 0 && presences.every(({ key }) => examined(key)),
    },
    logging: loggingOf(observations, asOf),
    objects: presences.map(
      (presence): ObjectFacts => ({
        key: presence.key,
        ageDays: ageDays(presence, asOf),
        elements: elementsOf(presence.key),
        present: presentAt(presence, asOf),
        examined: examined(presence.key),
      }),
    ),
    objectsComplete: (knowledge.inventories.get(resource.id) ?? []).length > 0,
    evidence: configurationEvidence(observations, asOf),
  }
}

function audiencesOf(verdicts: readonly Verdicts[]): Record<Access, Audience> {
  const widest = (access: Access) => widestOf(verdicts.map((each) => each[access].audience))
  return Object.fromEntries(ACCESSES.map((access) => [access, widest(access)])) as Record<Access, Audience>
}

function loggingOf(observations: readonly Observation[], asOf: Instant): StoreFacts['logging'] {
  const reading = newest(observations, 'logging', asOf)?.value
  return reading === undefined || reading.status === 'not-read' ? 'not-read' : reading.status === 'read' ? 'on' : 'off'
}

function tagsOf(observations: readonly Observation[], asOf: Instant): Record<string, string> | null {
  const reading: Reading<Json> | undefined = newest(observations, 'tags', asOf)?.value
  if (reading === undefined || reading.status === 'not-read') return null
  const tags = reading.status === 'read' ? reading.value : {}
  if (tags === null || typeof tags !== 'object' || Array.isArray(tags)) return null
  return Object.fromEntries(Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function newest(observations: readonly Observation[], facet: string, asOf: Instant): Observation | undefined {
  return observations
    .filter((observation) => observation.facet === facet && compareInstants(observation.validFrom, asOf) <= 0)
    .toSorted(
      (left, right) =>
        compareInstants(left.validFrom, right.validFrom) || Number(left.kind === 'change') - Number(right.kind === 'change'),
    )
    .at(-1)
}

function configurationEvidence(observations: readonly Observation[], asOf: Instant): EvidenceRef[] {
  const last = ['policy', 'acl', 'publicAccessBlock', 'logging'].flatMap(
    (facet) => newest(observations, facet, asOf)?.evidence ?? [],
  )
  return [...new Map(last.map((evidence) => [JSON.stringify(evidence), evidence])).values()]
}

/** Since it was put there for certain: an object that may be older is at least so old. */
function ageDays({ present }: ObjectPresence, asOf: Instant): number | null {
  const since = present.opened.notAfter
  if (since === null || present.opened.notBefore === null) return null
  return Math.max(0, Math.floor((epochMs(asOf) - epochMs(since)) / DAY_MS))
}

function presentAt({ present: { opened, closed } }: ObjectPresence, asOf: Instant): ObjectFacts['present'] {
  if (closed === null) return opened.notAfter !== null && compareInstants(opened.notAfter, asOf) <= 0 ? 'yes' : 'possibly'
  return closed.notAfter === null || compareInstants(closed.notAfter, asOf) > 0 ? 'possibly' : 'no'
}

function distinct(elements: readonly DataElement[]): DataElement[] {
  return [...new Set(elements)].sort(compareText)
}
