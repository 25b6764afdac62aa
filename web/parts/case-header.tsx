import { titleOf } from '../findings/public-sentences.ts'
import type { Page } from '../page/page.ts'
import { Both } from './both.tsx'

/** Which case this is, and what it comes to in one line: the page's only first heading, in both languages. */
export function CaseHeader({ en, ja }: { readonly en: Page; readonly ja: Page }) {
  const { document, headline } = en
  const ledger = shortDigest(document.ledger.head)
  const head = { name: document.case, revision: document.revision, knownAt: document.knownAt, ledger }
  return (
    <>
      <nav className="crumb" aria-label={`${en.words.page.case} · ${ja.words.page.case}`}>
        <span>
          <Both en={en.words.page.case} ja={ja.words.page.case} />
        </span>
        <span aria-hidden="true">/</span>
        <span>{document.case}</span>
      </nav>
      <div className="printhead">
        <b>Ajar</b>
        <span>
          <Both en={en.words.page.printHead(head)} ja={ja.words.page.printHead(head)} />
        </span>
      </div>
      <div className="hd">
        <div>
          <h1>
            <Both en={titleOf(headline, en.words)} ja={titleOf(headline, ja.words)} />
          </h1>
        </div>
        {document.supersedes === null ? null : (
          <div className="acts">
            <a className="btn en" lang="en" href={`#${en.id('s7')}`}>
              {en.words.page.compare}
            </a>
            <a className="btn ja" lang="ja" href={`#${ja.id('s7')}`}>
              {ja.words.page.compare}
            </a>
          </div>
        )}
      </div>
    </>
  )
}

/** The ends of a digest, enough to compare by eye. */
export function shortDigest(digest: string): string {
  return digest.length > 12 ? `${digest.slice(0, 4)}…${digest.slice(-4)}` : digest
}
