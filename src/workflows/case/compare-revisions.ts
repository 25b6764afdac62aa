import { type CaseChange, type CaseDocument, type CaseExposure, compareText } from '../../model/index.ts'

/** What a revision says that the one before did not, each with why; a first revision changes nothing. */
export function compareRevisions(before: CaseDocument | null, after: Omit<CaseDocument, 'changes' | 'ledger'>): CaseChange[] {
  if (before === null) return []
  return [
    ...comparePeople(before, after),
    ...compareExposures(before.exposures, after.exposures, arrivals(before, after)),
    ...compareConclusions(before.exposures, after.exposures),
    ...compareUnread(before, after),
  ]
}

type Draft = Omit<CaseDocument, 'changes' | 'ledger'>

function comparePeople(before: CaseDocument, after: Draft): CaseChange[] {
  const why = arrivals(before, after)
  const newStores = storesWithout(before, after)
  const markets = [...new Set([...Object.keys(before.people.byMarket), ...Object.keys(after.people.byMarket)])].sort(compareText)
  const rows = [
    { field: 'people', from: before.people.total, to: after.people.total, stores: newStores(null) },
    ...markets.map((market) => ({
      field: `people.byMarket.${market}`,
      from: before.people.byMarket[market] ?? 0,
      to: after.people.byMarket[market] ?? 0,
      stores: newStores(market),
    })),
  ]
  return rows
    .filter(({ from, to }) => from !== to)
    .map(({ field, from, to, stores }) => ({
      field,
      kind: from === 0 ? 'added' : to === 0 ? 'removed' : 'changed',
      before: String(from),
      after: String(to),
      why: stores.length === 0 ? why : `${why} Newly known stores that hold their data: ${stores.join(', ')}.`,
    }))
}

/** Exposed stores that hold data of a market's people (of anybody's, for null) and were not exposed by what was known before. */
function storesWithout(before: CaseDocument, after: Draft): (market: string | null) => string[] {
  const known = new Set(before.exposures.map(({ resource }) => resource))
  const added = after.exposures.filter(({ resource }) => !known.has(resource))
  return (market) =>
    [
      ...new Set(
        added
          .filter(({ people }) => (market === null ? people.total : (people.byMarket[market] ?? 0)) > 0)
          .map(({ name }) => name),
      ),
    ].sort(compareText)
}

function compareExposures(before: readonly CaseExposure[], after: readonly CaseExposure[], why: string): CaseChange[] {
  const earlier = byIdentity(before)
  const later = byIdentity(after)
  const identities = [...new Set([...earlier.keys(), ...later.keys()])].sort(compareText)
  return identities.flatMap((id): CaseChange[] => {
    const from = earlier.get(id)
    const to = later.get(id)
    const field = `exposure.${(to ?? from)!.name}`
    if (from === undefined) return [{ field, kind: 'added', before: null, after: describe(to!), why }]
    if (to === undefined)
      return [{ field, kind: 'removed', before: describe(from), after: null, why: 'The evidence now known no longer shows it.' }]
    if (describe(from) === describe(to)) return []
    const reasons = [...to.window.opened.because, ...(to.window.closed?.because ?? [])].map(({ text }) => text)
    return [{ field, kind: 'changed', before: describe(from), after: describe(to), why: reasons.join(' ') || why }]
  })
}

function compareConclusions(before: readonly CaseExposure[], after: readonly CaseExposure[]): CaseChange[] {
  const earlier = byIdentity(before)
  return [...byIdentity(after)].flatMap(([id, { name, access }]): CaseChange[] => {
    const conclusion = earlier.get(id)?.access.conclusion
    if (conclusion === undefined || conclusion === access.conclusion) return []
    return [{ field: `access.${name}`, kind: 'changed', before: conclusion, after: access.conclusion, why: access.sentence }]
  })
}

function compareUnread(before: CaseDocument, after: Draft): CaseChange[] {
  if (before.unread.length === after.unread.length) return []
  return [
    {
      field: 'unread',
      kind: 'changed',
      before: String(before.unread.length),
      after: String(after.unread.length),
      why: arrivals(before, after),
    },
  ]
}

/** What came with the newer batch, in a sentence. */
function arrivals(before: CaseDocument, after: Draft): string {
  const batch = after.batches.at(-1)
  if (batch === undefined || batch.newFiles === 0) return 'No new evidence; the answer is given for a later moment.'
  const accounts = after.estate.accounts - before.estate.accounts
  const resources = after.estate.resources - before.estate.resources
  const growth = [...(accounts > 0 ? [`${accounts} accounts`] : []), ...(resources > 0 ? [`${resources} resources`] : [])].join(
    ' and ',
  )
  const files = `${batch.newFiles} files of evidence arrived on ${batch.recordedAt.slice(0, 10)}`
  return growth === '' ? `${files}.` : `${files}, with ${growth} not seen before.`
}

/** Exposures by resource and turn: later evidence may move the ends of a window, so its ends cannot name it. */
function byIdentity(exposures: readonly CaseExposure[]): Map<string, CaseExposure> {
  const turns = new Map<string, number>()
  const inOrder = [...exposures].sort((a, b) => compareText(a.window.opened.notBefore ?? '', b.window.opened.notBefore ?? ''))
  return new Map(
    inOrder.map((exposure) => {
      const turn = (turns.get(exposure.resource) ?? 0) + 1
      turns.set(exposure.resource, turn)
      return [`${exposure.resource} ${turn}`, exposure]
    }),
  )
}

function describe(exposure: CaseExposure): string {
  const { opened, closed } = exposure.window
  const end = closed === null ? 'still open' : `closed ${span(closed.notBefore, closed.notAfter)}`
  return `${exposure.audience}, opened ${span(opened.notBefore, opened.notAfter)}, ${end}`
}

function span(notBefore: string | null, notAfter: string | null): string {
  if (notBefore === notAfter) return notBefore ?? 'unknown'
  return `between ${notBefore ?? 'unknown'} and ${notAfter ?? 'unknown'}`
}
