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
  readonly store: string
  /** The top folder; null for a store that is drawn whole, or for its folders that are left over. */
  readonly folder: string | null
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

export const MATRIX = { left: 104, right: 1236, top: 62, row: 18, cell: 16, gap: 14 } as const
const MOST_COLUMNS = 1500
const MOST_GROUPS = 9
const MOST_STORES = 5
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
    groups: groups.map(({ store, folder, files }, index) => {
      const width = widths[index]!
      const group = { store, folder, x, width, fileCount: files.length, columns: columnsOf(files, perColumn, x, width) }
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

interface System {
  readonly store: string
  readonly folder: string | null
  readonly files: readonly CaseFile[]
}

/** Systems are stores, and in a store its top folders; what is small stands together, so that each group can be read. */
function groupFiles(files: readonly CaseFile[]): System[] {
  const byStore = [...Map.groupBy(files, ({ resource }) => resource.slice(resource.lastIndexOf(':') + 1))].sort(bySize)
  const stores = byStore.slice(0, MOST_STORES)
  const others = byStore.slice(MOST_STORES).flatMap(([, inStore]) => inStore)
  // The store whose files differ most in what they hold is worth most groups.
  const varied = [...stores].sort((a, b) => variety(b[1]) - variety(a[1]) || bySize(a, b))[0]?.[0]
  const systems = stores.flatMap(([store, inStore]) =>
    splitByFolder(store, inStore, store === varied ? MOST_GROUPS + 1 - stores.length : 1, files.length),
  )
  return others.length === 0 ? systems : [...systems, { store: '…', folder: null, files: others }]
}

/** At most so many groups of one store: its largest folders, and one for the rest; folders that are too small stay together. */
function splitByFolder(store: string, files: readonly CaseFile[], most: number, all: number): System[] {
  const folders = [...Map.groupBy(files, ({ key }) => (key.includes('/') ? key.slice(0, key.indexOf('/')) : ''))].sort(bySize)
  const large = folders.filter(
    ([folder, inFolder], index) =>
      folder !== '' && index < most - 1 + Number(folders.length === most) && inFolder.length * 50 >= all,
  )
  if (large.length < 2) return [{ store, folder: null, files }]
  const rest = folders.filter((entry) => !large.includes(entry)).flatMap(([, inFolder]) => inFolder)
  const groups = large.map(([folder, inFolder]) => ({ store, folder, files: inFolder }))
  return rest.length === 0 ? groups : [...groups, { store, folder: null, files: rest }]
}

function variety(files: readonly CaseFile[]): number {
  return new Set(files.map(({ elements }) => elements.map(({ element }) => element).join())).size
}

function bySize<T>([nameA, a]: [string, readonly T[]], [nameB, b]: [string, readonly T[]]): number {
  return b.length - a.length || order(nameA, nameB)
}

function groupWidths(counts: readonly number[]): number[] {
  const room = MATRIX.right - MATRIX.left - MATRIX.gap * (counts.length - 1)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const narrow = counts.map((count) => (count / total) * room < NARROWEST_GROUP)
  const taken = narrow.filter(Boolean).length * NARROWEST_GROUP
  const wideTotal = counts.reduce((sum, count, index) => sum + (narrow[index] ? 0 : count), 0)
  return counts.map((count, index) => (narrow[index] ? NARROWEST_GROUP : (count / wideTotal) * (room - taken)))
}
