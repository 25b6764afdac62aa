import { marketsStanding } from '../findings/jurisdictions.ts'
import { order } from '../findings/stores.ts'
import { fitText, textWidth } from '../text/advances.ts'
import type { Page } from '../page/page.ts'

const LEFT = 104
const MOST = 6

/** Distinct people by market on one linear scale; an overlap of stores is a part of its own, so it is counted once. */
export function MarketBars({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { people } = document
  const markets = marketsOf(document)
  const shown = markets.slice(0, MOST)
  const none = marketsStanding(document, 'none-affected').map(words.market)
  const unknown = marketsStanding(document, 'not-assessed').map(words.market)
  const most = Math.max(1, ...shown.map(({ people: n }) => n))
  const parts = partsOf(page, shown[0]?.market)
  const layout = layRows({
    shown,
    first: parts.length > 1 ? 62 : 30,
    isMore: markets.length > shown.length,
    none: none.length > 3 ? [words.whose.others(none.length)] : none,
    isUnknown: unknown.length > 0,
  })
  const { total } = layout
  const height = total + (people.certain < people.total ? 46 : 30)
  const overlap = people.sumOverStores - people.total
  return (
    <svg viewBox={`0 0 560 ${height}`} width="100%" role="img" aria-label={words.whose.marketChart}>
      {layout.rows.map((row, index) => (
        <MarketRow key={row.market} page={page} row={{ ...row, parts: index === 0 ? parts : [] }} most={most} />
      ))}
      {layout.none.map((row) => (
        <g key={row.name}>
          <Name y={row.y} text={row.name} />
          <line x1={LEFT + 0.5} x2={LEFT + 0.5} y1={row.y} y2={row.y + 20} stroke="var(--ink)" />
          <text className="b t13" x={LEFT + 9} y={row.y + 14.5}>
            0
          </text>
          <text x={LEFT + 25} y={row.y + 14.5}>
            {words.whose.confirmedNone}
          </text>
        </g>
      ))}
      {layout.moreY === null ? null : (
        <text className="k" x={LEFT} y={layout.moreY + 12}>
          {words.whose.moreMarkets(markets.length - shown.length)}
        </text>
      )}
      {layout.unknownY === null ? null : (
        <>
          <Name y={layout.unknownY} text={unknown.length === 1 ? unknown[0]! : words.whose.others(unknown.length)} />
          <rect
            x={LEFT + 0.5}
            y={layout.unknownY + 0.5}
            width="150"
            height="19"
            fill="url(#tx-unread)"
            stroke="var(--tx-unread)"
            strokeDasharray="3 3"
          />
          <text className="b t13" x={LEFT + 160} y={layout.unknownY + 14.5}>
            {words.whose.unknown}
          </text>
          <text x={LEFT + 168 + textWidth(words.whose.unknown, 13, 'semibold')} y={layout.unknownY + 14.5}>
            {fitText(words.whose.notAssessed(unknown), 560 - LEFT - 172 - textWidth(words.whose.unknown, 13, 'semibold'), 11)}
          </text>
        </>
      )}
      <line x1="0" x2="560" y1={total} y2={total} stroke="var(--ink)" />
      <text className="b t13" x="0" y={total + 20}>
        {words.whose.distinct}
      </text>
      <text className="b t16" x={LEFT} y={total + 20}>
        {words.format.count(people.total)}
      </text>
      <text x={LEFT + 12 + textWidth(words.format.count(people.total), 16, 'semibold')} y={total + 20}>
        {overlap > 0 ? words.whose.notASum(people.sumOverStores) : words.whose.eachOnce}
      </text>
      {people.certain < people.total ? (
        <text x={LEFT} y={total + 38}>
          {words.whose.certain(people.certain)}
        </text>
      ) : null}
    </svg>
  )
}

interface LayRows {
  readonly shown: readonly { readonly market: string; readonly people: number }[]
  /** Height of the first row, which may carry the labels of its parts. */
  readonly first: number
  readonly isMore: boolean
  readonly none: readonly string[]
  readonly isUnknown: boolean
}

/** Where each row stands, from the top down. */
function layRows({ shown, first, isMore, none, isUnknown }: LayRows) {
  const rows = shown.map((market, index) => ({ ...market, y: 30 + (index === 0 ? 0 : first + (index - 1) * 30) }))
  const afterRows = 30 + (rows.length === 0 ? 0 : first + (rows.length - 1) * 30)
  const afterMore = afterRows + (isMore ? 22 : 0)
  const afterNone = afterMore + none.length * 30
  return {
    rows,
    moreY: isMore ? afterRows : null,
    none: none.map((name, index) => ({ name, y: afterMore + index * 30 })),
    unknownY: isUnknown ? afterNone : null,
    total: afterNone + (isUnknown ? 30 : 0) + 4,
  }
}

interface Part {
  readonly people: number
  readonly label: string
  readonly kind: 'only' | 'both' | 'rest'
}

interface Row {
  readonly market: string
  readonly people: number
  readonly y: number
  readonly parts: readonly Part[]
}

function MarketRow({ page, row, most }: { readonly page: Page; readonly row: Row; readonly most: number }) {
  const { words } = page
  const { market, people, y, parts } = row
  const scale = (560 - LEFT - 10 - textWidth(words.format.count(most), 13, 'semibold')) / most
  const width = Math.max(people > 0 ? 2 : 0, people * scale)
  const isThin = width < 4
  const isNew = page.document.changes.some(({ field, kind }) => field === `people.byMarket.${market}` && kind === 'added')
  const note = isThin
    ? isNew
      ? words.whose.newAndThin
      : words.whose.thin
    : isNew
      ? words.whose.newHere
      : market === 'UNKNOWN'
        ? words.whose.unplaced
        : null
  const count = words.format.count(people)
  const noteX = LEFT + width + 15 + textWidth(count, 13, 'semibold')
  return (
    <>
      <Name y={y} text={words.market(market)} />
      {parts.length > 1 ? (
        <SplitBar parts={parts} scale={scale} y={y} end={LEFT + width} />
      ) : (
        <rect x={LEFT} y={y} width={width} height="20" fill="var(--open)" />
      )}
      <text className="b t13" x={LEFT + width + 7} y={y + 14.5}>
        {count}
      </text>
      {note === null || noteX > 420 ? null : (
        <text x={noteX} y={y + 14.5}>
          {fitText(note, 556 - noteX, 11)}
        </text>
      )}
    </>
  )
}

const PART_FILL = { only: 'var(--open)', both: 'var(--ink)', rest: 'var(--open-3)' } as const

function SplitBar({
  parts,
  scale,
  y,
  end,
}: {
  readonly parts: readonly Part[]
  readonly scale: number
  readonly y: number
  readonly end: number
}) {
  let x = LEFT
  const placed = parts.map((part) => {
    const at = x
    x += part.people * scale
    return { ...part, x: at, width: part.people * scale }
  })
  const only = placed.find(({ kind }) => kind === 'only')
  const rest = placed.find(({ kind }) => kind === 'rest')
  const both = placed.find(({ kind }) => kind === 'both')
  const middle = both === undefined ? 0 : both.x + both.width / 2
  return (
    <>
      {placed.map(({ kind, x: at, width }) => (
        <rect key={kind} x={at} y={y} width={Math.max(1, width)} height="20" fill={PART_FILL[kind]} />
      ))}
      {only === undefined ? null : (
        <text x={LEFT} y={y - 7}>
          {fitText(only.label, rest === undefined ? 380 : end - LEFT - textWidth(rest.label, 11) - 14, 11)}
        </text>
      )}
      {rest === undefined ? null : (
        <text className="e" x={Math.max(end, LEFT + 380)} y={y - 7}>
          {fitText(rest.label, 220, 11)}
        </text>
      )}
      {both === undefined ? null : (
        <>
          <path d={`M${middle},${y + 21}v9h-8`} fill="none" stroke="var(--ink-3)" />
          <text className={middle > 300 ? 'i e w' : 'i w'} x={middle > 300 ? middle - 12 : middle + 8} y={y + 34}>
            {both.label}
          </text>
        </>
      )}
    </>
  )
}

function Name({ y, text }: { readonly y: number; readonly text: string }) {
  return (
    <text className="b t13" x="0" y={y + 14.5}>
      {fitText(text, LEFT - 6, 13, 'semibold')}
    </text>
  )
}

/** The biggest market's people: only in its biggest store, in several stores, in other single stores. */
function partsOf({ document, words, headline }: Page, market: string | undefined): Part[] {
  if (market === undefined) return []
  const sets = document.people.byStores
    .map(({ stores, byMarket }) => ({ stores, people: byMarket[market] ?? 0 }))
    .filter(({ people }) => people > 0)
  const several = sets.filter(({ stores }) => stores.length > 1)
  if (several.length === 0) return []
  const single = sets.filter(({ stores }) => stores.length === 1).sort((a, b) => b.people - a.people)
  const nameOf = (id: string): string => headline.stores.find(({ resource }) => resource === id)?.name ?? id
  const total = (list: readonly { readonly people: number }[]): number => list.reduce((sum, { people }) => sum + people, 0)
  const first = single[0]
  const others = single.slice(1)
  const isPair = new Set(sets.flatMap(({ stores }) => stores)).size === 2
  return [
    ...(first === undefined
      ? []
      : [
          {
            kind: 'only' as const,
            people: first.people,
            label: words.whose.only({ store: nameOf(first.stores[0]!), people: first.people }),
          },
        ]),
    {
      kind: 'both' as const,
      people: total(several),
      label: isPair ? words.whose.inBoth(total(several)) : words.whose.inSeveral(total(several)),
    },
    ...(others.length === 0
      ? []
      : [
          {
            kind: 'rest' as const,
            people: total(others),
            label: words.whose.only({
              store: others.length === 1 ? nameOf(others[0]!.stores[0]!) : words.page.more(others.length),
              people: total(others),
            }),
          },
        ]),
  ]
}

function marketsOf({ people }: Page['document']): { market: string; people: number }[] {
  return Object.entries(people.byMarket)
    .filter(([, n]) => n > 0)
    .map(([market, n]) => ({ market, people: n }))
    .sort((a, b) => b.people - a.people || order(a.market, b.market))
}
