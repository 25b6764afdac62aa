import type { ClaimCheck as Claim } from '../../src/model/index.ts'
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
  const rest = claim.because.length - MOST
  return (
    <>
      <p className="clamp">
        <span className="verd">{words.whose.verdicts[claim.verdict]}</span> <span lang="en">{claim.because[0] ?? ''}</span>
      </p>
      {claim.because.slice(1, MOST).map((sentence) => (
        <p className="q screen" lang="en" key={sentence}>
          {sentence}
        </p>
      ))}
      {rest > 0 ? <p className="sub screen">{words.page.more(rest)}</p> : null}
    </>
  )
}
