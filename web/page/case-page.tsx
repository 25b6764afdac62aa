import { AppBar } from '../parts/app-bar.tsx'
import { CaseHeader, shortDigest } from '../parts/case-header.tsx'
import { FactLine } from '../parts/fact-line.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { PublicSentence } from '../parts/public-sentence.tsx'
import { Both } from '../parts/both.tsx'
import { Textures } from '../parts/textures.tsx'
import { AccessSection } from '../sections/access.tsx'
import { ChangedSection } from '../sections/changed.tsx'
import { DoneSection } from '../sections/done.tsx'
import { FilesSection } from '../sections/files.tsx'
import { OwedSection } from '../sections/owed.tsx'
import { WhenSection } from '../sections/when.tsx'
import { WhoseSection } from '../sections/whose.tsx'
import { HourCells } from '../charts/hour-grid/hour-cells.tsx'
import { type HourLayout, hourLayout } from '../charts/hour-grid/hour-layout.ts'
import { MatrixCells } from '../charts/file-matrix/matrix-cells.tsx'
import { type MatrixLayout, matrixLayout } from '../charts/file-matrix/matrix-layout.ts'
import type { Page } from './page.ts'

// What is heavy to draw is drawn once, and both languages point to it.
const MATRIX_CELLS = 'matrix-cells'
const HOUR_CELLS = 'hour-cells'

interface CasePageProps {
  readonly en: Page
  readonly ja: Page
  readonly language: 'en' | 'ja'
  readonly theme: 'light' | 'dark'
}

/** One case in its reading order: title, what can be said, when, whose, in which files, was it read, owed, done, changed. */
export function CasePage({ en, ja, language, theme }: CasePageProps) {
  const matrix = matrixLayout(en.document)
  const hours = hourLayout(en.headline.stores, Date.parse(en.headline.now))
  return (
    <>
      <a className="skip" href="#main">
        <Both en={en.words.page.skip} ja={ja.words.page.skip} />
      </a>
      <AppBar en={en.words} ja={ja.words} language={language} theme={theme} />
      <svg className="defs" aria-hidden="true">
        <defs>
          <Textures />
          <MatrixCells layout={matrix} id={MATRIX_CELLS} />
          {hours === null ? null : <HourCells layout={hours} id={HOUR_CELLS} />}
        </defs>
      </svg>
      <main className="page" id="main">
        <CaseHeader en={en} ja={ja} />
        <Telling page={en} matrix={matrix} hours={hours} />
        <Telling page={ja} matrix={matrix} hours={hours} />
      </main>
    </>
  )
}

function Telling({
  page,
  matrix,
  hours,
}: {
  readonly page: Page
  readonly matrix: MatrixLayout
  readonly hours: HourLayout | null
}) {
  const { language } = page.words
  return (
    <div className={language} lang={language}>
      <FactLine page={page} />
      <PublicSentence page={page} />
      <WhenSection page={page} />
      <WhoseSection page={page} />
      <FilesSection page={page} layout={matrix} cells={MATRIX_CELLS} />
      <AccessSection page={page} layout={hours} cells={HOUR_CELLS} />
      <OwedSection page={page} />
      <DoneSection page={page} />
      <ChangedSection page={page} />
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
        {words.page.evidenceHeld({
          files: estate.evidenceFiles,
          bytes: words.format.bytes(estate.evidenceBytes),
          accounts: estate.accounts,
          resources: estate.resources,
        })}
      </span>
      <span className="keys">
        <Kbd>1</Kbd>–<Kbd>7</Kbd> {words.page.keys}
      </span>
    </footer>
  )
}
