import type { CaseFile } from '../../../src/model/index.ts'
import { Legend } from '../../parts/legend.tsx'
import type { Page } from '../../page/page.ts'
import { fitMiddle, fitText, textWidth } from '../../text/advances.ts'
import { rowTop } from './matrix-cells.tsx'
import { MATRIX, type MatrixGroup, type MatrixLayout } from './matrix-layout.ts'

const SCALE = ['var(--open-2)', 'var(--open-3)', 'var(--open-4)', 'var(--open)', 'var(--open-6)']

/** Files by elements: a column is a file, a cell how many of its records hold the element. */
export function FileMatrix({
  page,
  layout,
  cells,
}: {
  readonly page: Page
  readonly layout: MatrixLayout
  readonly cells: string
}) {
  const { words } = page
  const { elements, groups, fileCount } = layout
  const bottom = rowTop(elements.length) - 2
  return (
    <>
      <svg
        viewBox={`0 0 1360 ${bottom + 28}`}
        width="100%"
        role="img"
        aria-label={words.files.chart({ files: fileCount, elements: elements.length })}
      >
        {storeSpans(groups).map(({ store, x, width }) => (
          <g key={x}>
            <text className="sn" x={x} y="14" style={{ fontSize: 11.5 }}>
              {fitMiddle(store, width, 11.5, 'mono')}
              <title>{store}</title>
            </text>
          </g>
        ))}
        {groups.map((group) => (
          <g key={group.x}>
            <text className="b" x={group.x} y="31">
              {fitMiddle(folderName(page, groups, group), group.width + MATRIX.gap - 6, 11, 'semibold')}
            </text>
            <text x={group.x} y="46">
              {fitText(
                layout.perColumn > 1
                  ? words.files.binned({ files: group.fileCount, perColumn: layout.perColumn })
                  : words.files.filesCount(group.fileCount),
                group.width + MATRIX.gap - 4,
                11,
              )}
            </text>
            <line x1={group.x} x2={group.x + group.width} y1="53" y2="53" stroke="var(--ink-3)" />
          </g>
        ))}
        <use href={`#${cells}`} />
        {elements.map((element, row) => {
          const files = page.document.files.filter((file) => file.elements.some((found) => found.element === element)).length
          const count = words.format.count(files)
          return (
            <g key={element}>
              <text className="i" x="0" y={rowTop(row) + 12}>
                {fitText(words.elements[element], MATRIX.left - 8, 11)}
              </text>
              <text className="b" x="1246" y={rowTop(row) + 12}>
                {count}
              </text>
              <text className="k" x={1252 + textWidth(count, 11, 'semibold')} y={rowTop(row) + 12}>
                {words.files.ofFiles(fileCount)}
              </text>
            </g>
          )
        })}
        <PointedFile page={page} layout={layout} bottom={bottom} />
      </svg>
      <Legend
        entries={[
          {
            label: words.files.legend.scale,
            width: 70,
            swatch: SCALE.map((fill, index) => <rect key={fill} x={index * 14} width="13" height="12" fill={fill} />),
          },
          {
            label: words.files.legend.looked,
            width: 22,
            swatch: <rect x=".5" y=".5" width="21" height="11" fill="var(--sunken)" stroke="var(--line-strong)" />,
          },
          { label: words.files.legend.unread, width: 22, swatch: <rect width="22" height="12" fill="url(#tx-unread)" /> },
          { label: words.files.legend.column, width: 0, swatch: null },
        ]}
      />
    </>
  )
}

/** Neighbouring groups of one store share its name. */
function storeSpans(groups: readonly MatrixGroup[]): { store: string; x: number; width: number }[] {
  const spans: { store: string; x: number; width: number }[] = []
  for (const { store, x, width } of groups) {
    const last = spans.at(-1)
    if (last?.store === store) last.width = x + width - last.x
    else spans.push({ store, x, width })
  }
  return spans
}

function folderName({ words }: Page, groups: readonly MatrixGroup[], { store, folder }: MatrixGroup): string {
  if (folder !== null) return folder
  return groups.filter((group) => group.store === store).length > 1 ? words.files.other : words.files.allFiles
}

/** One file named below its column: the one that outsiders read, else the largest. */
function PointedFile({ page, layout, bottom }: { readonly page: Page; readonly layout: MatrixLayout; readonly bottom: number }) {
  const { words, document } = page
  const read = new Set(
    document.exposures.flatMap(({ resource, access }) => access.objectsRead.map((key) => `${resource} ${key}`)),
  )
  const columns = layout.groups.flatMap((group) => group.columns)
  const wasRead = ({ resource, key }: CaseFile): boolean => read.has(`${resource} ${key}`)
  const column = columns.find(({ files }) => files.some(wasRead)) ?? columns[0]
  const file = column?.files.find(wasRead) ?? column?.files[0]
  if (column === undefined || file === undefined) return null
  const given = {
    records: file.records,
    people: file.people,
    elements: file.elements.map(({ element }) => words.element(element)),
  }
  const text = wasRead(file) ? words.files.pointedRead(given) : words.files.pointed(given)
  const x = column.x + column.width / 2
  const key = fitText(file.key, 420, 11, 'mono')
  const keyWidth = textWidth(key, 11, 'mono')
  const room = 1360 - 24 - keyWidth
  const shown = fitText(text, Math.min(room, 620), 11)
  const start = Math.min(x + 12, 1360 - keyWidth - 12 - textWidth(shown, 11))
  return (
    <>
      <rect
        x={column.x - 1}
        y={MATRIX.top - 3}
        width={column.width + 2}
        height={bottom - MATRIX.top + 6}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.2"
      />
      <path d={start > x ? `M${x},${bottom + 4}v10h8` : `M${x},${bottom + 4}v6`} fill="none" stroke="var(--ink)" />
      <text className="i m" x={start} y={bottom + 18}>
        {key}
        <title>{file.key}</title>
      </text>
      <text x={start + keyWidth + 12} y={bottom + 18}>
        {shown}
      </text>
    </>
  )
}
