import type { DataElement } from '../../src/model/index.ts'
import { inShownOrder } from '../findings/elements.ts'
import { order, sum } from '../findings/stores.ts'
import type { Page } from '../page/page.ts'

const MOST = 8
const COLUMN = 30
const ROW = 20
const TOP = 70

export interface MarketSets {
  readonly market: string
  readonly people: number
  readonly elements: readonly DataElement[]
  readonly sets: readonly { readonly elements: readonly DataElement[]; readonly people: number }[]
}

/** People of one market by exactly the elements exposed of them: a person is in one row only. */
export function ElementSets({ page, sets: { market, elements, sets } }: { readonly page: Page; readonly sets: MarketSets }) {
  const { words } = page
  const shown = sets.length > MOST + 1 ? sets.slice(0, MOST) : sets
  const rest = sets.slice(shown.length)
  const barX = Math.max(150, elements.length * COLUMN) + 16
  const restPeople = sum(rest.map(({ people }) => people))
  const scale = (744 - 86 - barX) / Math.max(1, ...sets.map(({ people }) => people))
  const rows = shown.length + (rest.length > 0 ? 1 : 0)
  const height = TOP + rows * ROW + 12
  return (
    <svg viewBox={`0 0 744 ${height}`} width="100%" role="img" aria-label={words.whose.combinationChart(words.market(market))}>
      {elements.map((element, column) => (
        <g key={element}>
          <text transform={`translate(${column * COLUMN + 19},64) rotate(-52)`}>{words.elements[element]}</text>
          {column % 2 === 0 ? (
            <rect x={column * COLUMN} y={TOP} width={COLUMN} height={rows * ROW + 6} fill="var(--sunken)" />
          ) : null}
        </g>
      ))}
      {shown.map((set, index) => (
        <SetRow
          key={set.elements.join()}
          page={page}
          set={set}
          columns={elements}
          y={TOP + 14 + index * ROW}
          barX={barX}
          scale={scale}
          isFirst={index === 0}
        />
      ))}
      {rest.length === 0 ? null : (
        <>
          <text x="4" y={TOP + 18 + shown.length * ROW}>
            {words.whose.moreCombinations(rest.length)}
          </text>
          <RestBar
            page={page}
            people={restPeople}
            x={barX}
            y={TOP + 14 + shown.length * ROW}
            scale={scale}
            most={sets[0]?.people ?? 1}
          />
        </>
      )}
    </svg>
  )
}

interface SetRowProps {
  readonly page: Page
  readonly set: MarketSets['sets'][number]
  readonly columns: readonly DataElement[]
  readonly y: number
  readonly barX: number
  readonly scale: number
  readonly isFirst: boolean
}

function SetRow({ page, set, columns, y, barX, scale, isFirst }: SetRowProps) {
  const centre = (column: number): number => column * COLUMN + 15
  const held = columns.flatMap((element, column) => (set.elements.includes(element) ? [centre(column)] : []))
  return (
    <>
      {columns.map((element, column) =>
        set.elements.includes(element) ? null : <circle key={element} cx={centre(column)} cy={y} r="2" fill="var(--data-2)" />,
      )}
      {held.length > 1 ? <line x1={held[0]} x2={held.at(-1)} y1={y} y2={y} stroke="var(--ink)" strokeWidth="1.5" /> : null}
      {held.map((x) => (
        <circle key={x} cx={x} cy={y} r="5" fill="var(--ink)" />
      ))}
      <Bar page={page} people={set.people} x={barX} y={y} scale={scale} fill="var(--open)" isFirst={isFirst} />
    </>
  )
}

interface BarProps {
  readonly page: Page
  readonly people: number
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly fill: string
  readonly isFirst?: boolean
}

function Bar({ page, people, x, y, scale, fill, isFirst = false }: BarProps) {
  const width = Math.max(1, Math.round(people * scale * 10) / 10)
  return (
    <>
      <rect x={x} y={y - 6} width={width} height="12" fill={fill} />
      <text className={isFirst ? 'b' : 'i'} x={x + width + 6} y={y + 4}>
        {page.words.format.count(people)}
      </text>
    </>
  )
}

/** All rarer sets together; a bar longer than the longest row is cut, and shows that it is. */
function RestBar({ page, people, x, y, scale, most }: Omit<BarProps, 'fill'> & { readonly most: number }) {
  if (people <= most) return <Bar page={page} people={people} x={x} y={y} scale={scale} fill="var(--open-3)" />
  const width = most * scale
  return (
    <>
      <rect x={x} y={y - 6} width={width} height="12" fill="var(--open-3)" />
      <path d={`M${x + width - 30},${y + 9}l8,-18M${x + width - 22},${y + 9}l8,-18`} stroke="var(--paper)" strokeWidth="3" />
      <text className="i" x={x + width + 6} y={y + 4}>
        {page.words.format.count(people)}
      </text>
    </>
  )
}

/** The sets of each market with people, the biggest market first. */
export function setsByMarket({ people }: Page['document']): MarketSets[] {
  return Object.entries(people.byMarket)
    .filter(([, n]) => n > 0)
    .sort(([a, left], [b, right]) => right - left || order(a, b))
    .map(([market, n]) => {
      const sets = people.byElementSet
        .map(({ elements, byMarket }) => ({ elements: inShownOrder(elements), people: byMarket[market] ?? 0 }))
        .filter((set) => set.people > 0)
        .sort((a, b) => b.people - a.people || order(a.elements.join(), b.elements.join()))
      return { market, people: n, elements: inShownOrder(sets.flatMap(({ elements }) => elements)), sets }
    })
    .filter(({ sets }) => sets.length > 0)
}
