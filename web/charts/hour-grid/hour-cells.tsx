import { GRID, type HourLayout } from './hour-layout.ts'

/** The cells of the hour grid, drawn once and used by both languages. */
export function HourCells({ layout, id }: { readonly layout: HourLayout; readonly id: string }) {
  const { paths, dark, reads } = layout
  const edges = paths['unconfirmed-edge'] ?? ''
  return (
    <g id={id}>
      {dark.map((run) => (
        <rect key={`${run.x} ${run.y}`} {...run} fill="url(#tx-dark)" />
      ))}
      <path d={paths['configured-observed']} fill="var(--data-4)" />
      <path d={paths['configured-silent']} fill="var(--data-2)" />
      <path d={edges} fill="var(--data-1)" />
      <path
        d={edges.replace(/M([\d.]+),([\d.]+)h[^z]*z/g, (_, x, y) => `M${x},${Number(y) + 4}l3,-3`)}
        stroke="var(--data-5)"
        strokeWidth=".8"
        fill="none"
      />
      <path d={paths.missing} stroke="var(--data-4)" strokeWidth="1" fill="none" />
      <path d={paths['late-pending']} stroke="var(--data-4)" strokeWidth="1" strokeDasharray=".6 .5" fill="none" />
      {reads.map(({ at, x, y }) => (
        <rect
          key={at}
          x={x - 1.5}
          y={y - 1.5}
          width={GRID.width + 3}
          height="7"
          fill="var(--open)"
          stroke="var(--paper)"
          strokeWidth="1"
        />
      ))}
    </g>
  )
}
