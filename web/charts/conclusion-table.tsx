import type { ConclusionCode } from '../../src/model/index.ts'
import { mayHoldPeople, readsOf, type Store } from '../findings/stores.ts'
import { Code } from '../parts/code.tsx'
import type { Page } from '../page/page.ts'

const ON_SCREEN = 14
const TONES = {
  read: 'hot',
  listed: 'hot',
  ambiguous: 'dashed',
  'silent-full': 'plain',
  'silent-part': 'plain',
  dark: 'dashed',
  undecided: 'dashed',
} as const satisfies Record<ConclusionCode, string>
const ORDER: readonly ConclusionCode[] = ['read', 'listed', 'ambiguous', 'silent-part', 'silent-full', 'dark', 'undecided']

/** For each store the fixed code of its conclusion, the wording that its logs bear, and how many open hours they cover. */
export function ConclusionTable({ page }: { readonly page: Page }) {
  const { words, headline } = page
  // Stores that hold nobody's data come last, however busy they are.
  const stores = [...headline.stores].sort(
    (a, b) =>
      Number(mayHoldPeople(b)) - Number(mayHoldPeople(a)) ||
      ORDER.indexOf(a.conclusive.access.conclusion) - ORDER.indexOf(b.conclusive.access.conclusion),
  )
  const rest = stores.length - ON_SCREEN
  const onPaper = rowsOnPaper(page)
  return (
    <div>
      <table className="tb">
        <caption className="vh">{words.access.wording}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: 168 }}>
              {words.access.store}
            </th>
            <th scope="col">{words.access.conclusion}</th>
            <th scope="col">{words.access.wording}</th>
            <th scope="col" className="num">
              {words.access.covered}
            </th>
          </tr>
        </thead>
        <tbody>
          {stores.slice(0, ON_SCREEN).map((store, index) => (
            <ConclusionRow key={store.resource} page={page} store={store} className={index >= onPaper ? 'screen' : undefined} />
          ))}
        </tbody>
      </table>
      {rest > 0 ? <p className="sub screen">{words.page.moreInCase(rest)}</p> : null}
      {stores.length > onPaper ? <p className="sub paper">{words.page.moreInCase(stores.length - onPaper)}</p> : null}
    </div>
  )
}

/** The sheet is shared with the file matrix, which is the higher the more elements there are. */
function rowsOnPaper({ document }: Page): number {
  const elements = new Set(document.files.flatMap((file) => file.elements.map(({ element }) => element)))
  return elements.size > 10 ? 7 : 9
}

function ConclusionRow({
  page,
  store,
  className,
}: {
  readonly page: Page
  readonly store: Store
  readonly className: string | undefined
}) {
  const { words } = page
  const { access } = store.conclusive
  const covered = store.coveredShare
  const sentence = words.access.sentence({
    code: access.conclusion,
    sentence: access.sentence,
    requests: readsOf(store),
    outsiders: access.outsiderCount,
    objects: access.objectsReadCount,
    covered,
  })
  return (
    <tr className={className}>
      <td>
        <span className="sn clamp">{store.name}</span>
      </td>
      <td>
        <Code tone={TONES[access.conclusion]}>{words.access.codes[access.conclusion]}</Code>
      </td>
      <td className="q">
        <span className="clamp">{sentence}</span>
      </td>
      <td className="num">
        {words.format.percent(covered)}
        <svg width="72" height="5" style={{ margin: '3px 0 0 auto' }} aria-hidden="true">
          <rect width="72" height="5" fill="url(#tx-dark)" />
          <rect width={Math.round(covered * 720) / 10} height="5" fill="var(--data-5)" />
        </svg>
      </td>
    </tr>
  )
}
