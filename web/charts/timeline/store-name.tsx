import type { Store } from '../../findings/stores.ts'
import type { Page } from '../../page/page.ts'
import { fitMiddle, fitText, textWidth } from '../../text/advances.ts'
import type { TimelineRow } from './rows.ts'

/** A store's name, what and where it is, and whom it stood open to. */
export function StoreName({ page, row: { store, kind, y } }: { readonly page: Page; readonly row: TimelineRow }) {
  return kind === 'slim' ? <SlimName page={page} store={store} y={y + 14} /> : <FullName page={page} store={store} y={y + 16} />
}

function FullName({ page, store, y }: { readonly page: Page; readonly store: Store; readonly y: number }) {
  const { words } = page
  return (
    <>
      <text className="sn" x="0" y={y}>
        {fitMiddle(store.name, 214, 12.5, 'mono')}
        <title>{store.resource}</title>
      </text>
      <text x="0" y={y + 16}>
        {fitText(typeName(store.type), 214, 11)}
      </text>
      <text className="k" x="0" y={y + 31}>
        {fitText(`${store.account} · ${store.region}`, 214, 11)}
      </text>
      <ReachText store={store} x={0} y={y + 46} text={reachText(words, store)} />
    </>
  )
}

function SlimName({ page, store, y }: { readonly page: Page; readonly store: Store; readonly y: number }) {
  const reach = store.audience === 'undecided' ? page.words.when.audiences.undecided : page.words.when.audiences[store.audience]
  const width = textWidth(reach, 11) + 14
  return (
    <>
      <text className="sn" x="0" y={y} style={{ fontSize: 11 }}>
        {fitMiddle(store.name, 210 - width, 11, 'mono')}
        <title>{store.resource}</title>
      </text>
      <ReachText store={store} x={214} y={y} text={reach} end />
    </>
  )
}

/** The audience as a word with a shape of its own: ◧ ajar for strangers, ▢ for named outsiders, ? undecided. */
function ReachText({
  store,
  x,
  y,
  text,
  end = false,
}: {
  readonly store: Store
  readonly x: number
  readonly y: number
  readonly text: string
  readonly end?: boolean
}) {
  const isStrangers = store.audience === 'anyone' || store.audience === 'any-identity'
  const tone = isStrangers ? 'o' : 'i w'
  const shown = fitText(text, 200, 11)
  const glyph = end ? x - textWidth(shown, 11) - 13 : x
  return (
    <>
      {store.audience === 'undecided' ? (
        <text className={tone} x={glyph} y={y}>
          ?
        </text>
      ) : (
        <g transform={`translate(${glyph},${y - 8})`}>
          <rect x=".5" y=".5" width="8" height="8" fill="none" stroke={isStrangers ? 'var(--open-text)' : 'var(--ink-3)'} />
          {isStrangers ? <rect x="0" y="0" width="4.5" height="9" fill="var(--open-text)" /> : null}
        </g>
      )}
      <text className={end ? `${tone} e` : tone} x={end ? x : x + 12} y={y}>
        {shown}
      </text>
    </>
  )
}

function reachText(words: Page['words'], store: Store): string {
  const audience = words.when.audiences[store.audience]
  if (store.audience === 'undecided') return audience
  return words.when.reach({ audience, accesses: store.accesses.map((access) => words.when.accesses[access]) })
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'S3 bucket',
  'AWS::RDS::DBSnapshot': 'RDS snapshot',
  'AWS::RDS::DBClusterSnapshot': 'RDS cluster snapshot',
  'AWS::RDS::DBInstance': 'RDS instance',
}

/** The provider's own name for what the store is, without its colons. */
function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type.replace(/^AWS::/, '').replaceAll('::', ' ')
}
