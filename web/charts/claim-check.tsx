import type { ClaimCheck as Claim } from '../../src/model/index.ts'
import { inShownOrder } from '../findings/elements.ts'
import type { Page } from '../page/page.ts'

const MOST = 3

/** Statements such as companies make, each beside what the evidence says of it. */
export function ClaimCheck({ page }: { readonly page: Page }) {
  const { words, document } = page
  if (document.claims.length === 0) return <p className="sub">{words.whose.noClaims}</p>
  return (
    <table className="tb claims">
      <caption className="vh">{words.whose.claims}</caption>
      <thead>
        <tr>
          <th scope="col">{words.whose.said}</th>
          <th scope="col">{words.whose.evidence}</th>
        </tr>
      </thead>
      <tbody>
        {document.claims.map((claim) => (
          <tr key={claim.claim}>
            <td>{words.whose.statements[claim.claim]}</td>
            <td>
              <Verdict page={page} claim={claim} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Verdict({ page, claim }: { readonly page: Page; readonly claim: Claim }) {
  const { words } = page
  const { headline, document } = page
  const because = words.whose.because({
    claim,
    read: headline.stores
      .filter(({ conclusive }) => conclusive.access.conclusion === 'read' || conclusive.access.conclusion === 'listed')
      .map(({ name }) => name),
    elements: inShownOrder(document.people.byElementSet.flatMap(({ elements }) => elements))
      .slice(0, 8)
      .map(words.element),
    examined: words.format.bytes(headline.bytesExamined),
    notRead: headline.objectsNotRead,
  })
  const rest = because.length - MOST
  return (
    <>
      <p className="clamp">
        <span className="verd">{words.whose.verdicts[claim.verdict]}</span> {because[0] ?? ''}
      </p>
      {because.slice(1, MOST).map((sentence) => (
        <p className="q screen" key={sentence}>
          {sentence}
        </p>
      ))}
      {rest > 0 ? <p className="sub screen">{words.page.more(rest)}</p> : null}
    </>
  )
}
