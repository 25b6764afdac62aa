import type { CaseFile, DataElement } from '../../../src/model/index.ts'
import { sum } from '../../findings/stores.ts'
import { MATRIX, type MatrixColumn, type MatrixLayout } from './matrix-layout.ts'

const STEPS = ['var(--open-2)', 'var(--open-3)', 'var(--open-4)', 'var(--open)', 'var(--open-6)'] as const

/** The cells of the file matrix, drawn once and used by both languages. */
export function MatrixCells({ layout, id }: { readonly layout: MatrixLayout; readonly id: string }) {
  const { groups, elements } = layout
  const columns = groups.flatMap((group) => group.columns)
  const height = elements.length * MATRIX.row - 2
  return (
    <g id={id}>
      {groups.map(({ x, width }) =>
        elements.map((element, row) => (
          <rect
            key={`${x} ${element}`}
            x={round(x)}
            y={rowTop(row)}
            width={round(width)}
            height={MATRIX.cell}
            fill="var(--sunken)"
          />
        )),
      )}
      {STEPS.map((fill, step) => {
        const path = elements.map((element, row) => cellPath(columns, element, step, rowTop(row))).join('')
        return path === '' ? null : <path key={fill} d={path} fill={fill} stroke={fill} strokeWidth=".25" />
      })}
      {columns.map(({ x, width, files }) =>
        files.every(({ status }) => status === 'read') ? null : (
          <rect
            key={x}
            x={round(x)}
            y={MATRIX.top}
            width={Math.max(1.8, round(width))}
            height={height}
            fill={files.every(({ status }) => status === 'not-read') ? 'var(--paper)' : 'none'}
          />
        ),
      )}
      {columns.map(({ x, width, files }) =>
        files.every(({ status }) => status === 'read') ? null : (
          <rect key={x} x={round(x)} y={MATRIX.top} width={Math.max(1.8, round(width))} height={height} fill="url(#tx-unread)" />
        ),
      )}
      {columns.length > 1500
        ? null
        : columns.map(({ x, width, files }) => (
            <rect key={x} x={round(x)} y={MATRIX.top} width={round(width)} height={height} fill="transparent">
              <title>{files.length === 1 ? files[0]!.key : `${files[0]!.key} …`}</title>
            </rect>
          ))}
    </g>
  )
}

export function rowTop(row: number): number {
  return MATRIX.top + row * MATRIX.row
}

/** Cells of one element in one step of the scale; neighbours of the same step are one rectangle. */
function cellPath(columns: readonly MatrixColumn[], element: DataElement, step: number, y: number): string {
  let path = ''
  let from: number | null = null
  let to = 0
  const close = (): void => {
    if (from !== null) path += `M${round(from)},${y}H${round(to)}v${MATRIX.cell}H${round(from)}z`
    from = null
  }
  for (const { x, width, files } of columns) {
    if (stepOf(recordsWith(files, element)) !== step) {
      close()
      continue
    }
    if (from !== null && x - to > 0.1) close()
    from ??= x
    to = x + width
  }
  close()
  return path
}

function recordsWith(files: readonly CaseFile[], element: DataElement): number {
  return sum(files.flatMap(({ elements }) => elements.filter((found) => found.element === element).map(({ records }) => records)))
}

/** Powers of ten from one record on; -1 for none. */
function stepOf(records: number): number {
  return records < 1 ? -1 : Math.min(STEPS.length - 1, Math.floor(Math.log10(records)))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
