import type { CaseDocument, CaseFile, DataElement } from '../../../src/model/index.ts'
import { inShownOrder } from '../../findings/elements.ts'
import { order } from '../../findings/stores.ts'

export interface MatrixColumn {
  readonly x: number
  readonly width: number
  /** One file, or the files of a bin, largest first. */
  readonly files: readonly CaseFile[]
}

export interface MatrixGroup {
  /** The folder or store; null for what is left over. */
  readonly name: string | null
  readonly x: number
  readonly width: number
  readonly fileCount: number
  readonly columns: readonly MatrixColumn[]
}

export interface MatrixLayout {
  readonly groups: readonly MatrixGroup[]
  readonly elements: readonly DataElement[]
  /** Files that a column stands for; more than one where there are too many to draw each. */
  readonly perColumn: number
  readonly fileCount: number
}

export const MATRIX = { left: 104, right: 1236, top: 46, row: 18, cell: 16, gap: 14 } as const
const MOST_COLUMNS = 1500
const MOST_GROUPS = 8
const NARROWEST_GROUP = 76

/** Where each file stands: grouped by system, largest first, each group as wide as it has files. */
export function matrixLayout(document: CaseDocument): MatrixLayout {
  const perColumn = Math.max(1, Math.ceil(document.files.length / MOST_COLUMNS))
  const groups = groupFiles(document.files)
  const widths = groupWidths(groups.map(({ files }) => files.length))
  let x: number = MATRIX.left
  return {
    elements: inShownOrder(document.files.flatMap(({ elements }) => elements.map(({ element }) => element))),
    perColumn,
    fileCount: document.files.length,
    groups: groups.map(({ name, files }, index) => {
      const width = widths[index]!
      const group = { name, x, width, fileCount: files.length, columns: columnsOf(files, perColumn, x, width) }
      x += width + MATRIX.gap
      return group
    }),
  }
}

function columnsOf(files: readonly CaseFile[], perColumn: number, x: number, width: number): MatrixColumn[] {
  const sorted = [...files].sort((a, b) => b.records - a.records || order(a.key, b.key))
  const count = Math.ceil(sorted.length / perColumn)
  const each = width / count
  return Array.from({ length: count }, (_, index) => ({
    x: x + index * each,
    width: each,
    files: sorted.slice(index * perColumn, (index + 1) * perColumn),
  }))
}

/** Systems are stores, and in a store its top folders; small ones are drawn together, so that each group can be read. */
function groupFiles(files: readonly CaseFile[]): { name: string | null; files: readonly CaseFile[] }[] {
  const stores = Map.groupBy(files, ({ resource }) => resource)
  const systems = [...stores].flatMap(([resource, inStore]) => {
    const folders = Map.groupBy(inStore, ({ key }) => (key.includes('/') ? key.slice(0, key.indexOf('/')) : ''))
    const store = resource.slice(resource.lastIndexOf(':') + 1)
    if (folders.size < 2 || folders.size > 6) return [{ name: store, files: inStore }]
    return [...folders].map(([folder, inFolder]) => ({
      name: stores.size === 1 ? folder || store : `${store}/${folder}`,
      files: inFolder,
    }))
  })
  const bySize = systems.sort((a, b) => b.files.length - a.files.length || order(a.name, b.name))
  const isLarge = (index: number): boolean => index < MOST_GROUPS - 1 && bySize[index]!.files.length * 100 >= files.length
  const large = bySize.filter((_, index) => isLarge(index))
  const rest = bySize.filter((_, index) => !isLarge(index)).flatMap((system) => system.files)
  return rest.length === 0 ? large : [...large, { name: null, files: rest }]
}

function groupWidths(counts: readonly number[]): number[] {
  const room = MATRIX.right - MATRIX.left - MATRIX.gap * (counts.length - 1)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const narrow = counts.map((count) => (count / total) * room < NARROWEST_GROUP)
  const taken = narrow.filter(Boolean).length * NARROWEST_GROUP
  const wideTotal = counts.reduce((sum, count, index) => sum + (narrow[index] ? 0 : count), 0)
  return counts.map((count, index) => (narrow[index] ? NARROWEST_GROUP : (count / wideTotal) * (room - taken)))
}
