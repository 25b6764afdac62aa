import {
  type Bounds,
  compareInstants,
  compareText,
  type InventoryMark,
  type Instant,
  type ObjectPresence,
  type ObjectSighting,
  type Reason,
  type Window,
} from '../model/index.ts'
import { type ObservedState, observedStates, type Sighting } from './observed-states.ts'

/** What proves the presence or the absence of one key. */
type Proof =
  | Pick<ObjectSighting, 'kind' | 'at' | 'evidence'>
  | (Pick<InventoryMark, 'at' | 'evidence'> & { readonly kind: 'not-listed' })

/**
 * When each key was in its store: one entry for each stretch without a gap, in the order of keys and of time. Sightings
 * and marks are those of one store; `keys` are known only from a copy, and are bounded by the store's own existence alone.
 * A key that an inventory does not list was not there when that inventory was made.
 */
export function objectPresence(
  sightings: readonly ObjectSighting[],
  marks: readonly InventoryMark[],
  options: {
    readonly existence: Window | null
    readonly keys?: readonly string[]
    readonly store?: string
    readonly asOf: Instant
  },
): ObjectPresence[] {
  const inTime = ({ at }: { readonly at: Instant }) => compareInstants(at, options.asOf) <= 0
  const byKey = Map.groupBy(sightings.filter(inTime), (sighting) => sighting.key)
  const knownMarks = distinctMarks(marks.filter(inTime))
  const keys = new Set([...byKey.keys(), ...(options.keys ?? [])])
  const store = options.store ?? sightings[0]?.store ?? marks[0]?.store ?? ''
  return [...keys].sort(compareText).flatMap((key) => {
    const seen = byKey.get(key)
    if (!seen) return [{ store, key, present: wheneverTheStoreWas(options.existence), sizeBytes: null }]
    const windows = windowsOf(seen, knownMarks, options.existence)
    return windows.map((present) => ({ store, key, present, sizeBytes: sizeOf(seen, present) }))
  })
}

function distinctMarks(marks: readonly InventoryMark[]): InventoryMark[] {
  const byInstant = new Map<Instant, InventoryMark>()
  for (const mark of marks) {
    const other = byInstant.get(mark.at)
    if (!other || compareText(mark.evidence.file, other.evidence.file) < 0) byInstant.set(mark.at, mark)
  }
  return [...byInstant.values()].sort((left, right) => compareInstants(left.at, right.at))
}

function wheneverTheStoreWas(existence: Window | null): Window {
  const start = existence?.opened.notBefore ?? null
  const because: Reason[] = [
    { text: 'Known only from a copy: no inventory or event says when it was in the store.', evidence: null },
  ]
  const end = existence?.closed?.notAfter ?? null
  return {
    opened: { notBefore: start, notAfter: end, because },
    closed: existence?.closed ? { notBefore: start, notAfter: end, because } : null,
  }
}

function windowsOf(seen: readonly ObjectSighting[], marks: readonly InventoryMark[], existence: Window | null): Window[] {
  const states = observedStates(proofsOf(seen, marks))
  const windows: Window[] = []
  states.forEach((state, index) => {
    const present = state.digests.includes('there')
    // S3 also logs the deletion of a key that is not there: before a first deletion it may or may not have been.
    if (index === 0 && !present && state.first.kind === 'delete') windows.push(untilDeletion(state, existence))
    if (present) windows.push({ opened: openingOf(state, index, existence), closed: closingOf(states[index + 1], existence) })
  })
  return windows
}

function proofsOf(seen: readonly ObjectSighting[], marks: readonly InventoryMark[]): Sighting<Proof>[] {
  const listedAt = new Set(seen.filter(({ kind }) => kind === 'listed').map(({ at }) => at))
  const proof = (from: Proof, kind: 'point' | 'change', at: Instant = from.at): Sighting<Proof> => {
    const there = from.kind === 'listed' || from.kind === 'put'
    return { at, kind, digest: there ? 'there' : 'gone', rank: 0, from }
  }
  return [
    ...seen.flatMap((sighting) => {
      if (sighting.kind !== 'listed') return [proof(sighting, 'change')]
      const { lastModified, at } = sighting
      if (lastModified === null || compareInstants(lastModified, at) > 0) return [proof(sighting, 'point')]
      return [proof(sighting, 'change', lastModified), proof(sighting, 'point')]
    }),
    ...marks.filter((mark) => !listedAt.has(mark.at)).map((mark) => proof({ ...mark, kind: 'not-listed' }, 'point')),
  ]
}

function openingOf(state: ObservedState<Proof>, index: number, existence: Window | null): Bounds {
  const unseen = index === 0 && state.kind === 'point'
  return {
    notBefore: unseen ? (existence?.opened.notBefore ?? null) : state.notBefore,
    notAfter: state.notAfter,
    because: [because(state.first, state.notAfter)],
  }
}

function closingOf(next: ObservedState<Proof> | undefined, existence: Window | null): Bounds | null {
  if (next === undefined) return existence?.closed ?? null
  const last = next.before === null || next.notBefore === next.notAfter ? [] : [because(next.before, next.notBefore)]
  return { notBefore: next.notBefore, notAfter: next.notAfter, because: [...last, because(next.first, next.notAfter)] }
}

function untilDeletion(state: ObservedState<Proof>, existence: Window | null): Window {
  const bounds: Bounds = {
    notBefore: existence?.opened.notBefore ?? null,
    notAfter: state.notAfter,
    because: [because(state.first, state.notAfter)],
  }
  return { opened: bounds, closed: bounds }
}

const WORDS: Readonly<Record<Proof['kind'], string>> = {
  put: 'It was put there',
  delete: 'It was deleted',
  listed: 'An inventory lists it',
  'not-listed': 'An inventory does not list it',
}

function because(proof: Proof, at: Instant): Reason {
  const words = proof.kind === 'listed' && proof.at !== at ? 'An inventory gives its last change' : WORDS[proof.kind]
  return { text: `${words} on ${at}.`, evidence: proof.evidence }
}

/** The largest size that was seen of it while it was there; null where no source gives one. */
function sizeOf(seen: readonly ObjectSighting[], present: Window): number | null {
  const sizes = seen.flatMap(({ sizeBytes, at }) => {
    const early = present.opened.notBefore !== null && compareInstants(at, present.opened.notBefore) < 0
    const late = present.closed?.notAfter != null && compareInstants(at, present.closed.notAfter) > 0
    return sizeBytes === null || early || late ? [] : [sizeBytes]
  })
  return sizes.length === 0 ? null : Math.max(...sizes)
}
