import { AppBar } from '../parts/app-bar.tsx'
import { CaseHeader, shortDigest } from '../parts/case-header.tsx'
import { FactLine } from '../parts/fact-line.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { PublicSentence } from '../parts/public-sentence.tsx'
import { Both } from '../parts/both.tsx'
import { Textures } from '../parts/textures.tsx'
import type { Page } from './page.ts'

interface CasePageProps {
  readonly en: Page
  readonly ja: Page
  readonly language: 'en' | 'ja'
  readonly theme: 'light' | 'dark'
}

/** One case in its reading order: title, what can be said, when, whose, in which files, was it read, owed, done, changed. */
export function CasePage({ en, ja, language, theme }: CasePageProps) {
  return (
    <>
      <a className="skip" href="#main">
        <Both en={en.words.page.skip} ja={ja.words.page.skip} />
      </a>
      <AppBar en={en.words} ja={ja.words} language={language} theme={theme} />
      <svg className="defs" aria-hidden="true">
        <defs>
          <Textures />
        </defs>
      </svg>
      <main className="page" id="main">
        <CaseHeader en={en} ja={ja} />
        <Telling page={en} />
        <Telling page={ja} />
      </main>
    </>
  )
}

function Telling({ page }: { readonly page: Page }) {
  const { language } = page.words
  return (
    <div className={language} lang={language}>
      <FactLine page={page} />
      <PublicSentence page={page} />
      <PageFooter page={page} />
    </div>
  )
}

function PageFooter({ page }: { readonly page: Page }) {
  const { words, document } = page
  const { estate, ledger } = document
  return (
    <footer className="pg">
      <span>
        {words.page.ledger(ledger.entries)} <code>{shortDigest(ledger.head)}</code>
      </span>
      <span>
        {words.page.evidenceHeld({ files: estate.evidenceFiles, bytes: words.format.bytes(estate.evidenceBytes), accounts: estate.accounts, resources: estate.resources })}
      </span>
      <span className="keys">
        <Kbd>1</Kbd>–<Kbd>7</Kbd> {words.page.keys}
      </span>
    </footer>
  )
}
