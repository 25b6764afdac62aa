import type { english, Words } from '../words/en.ts'
import { Both } from './both.tsx'

interface AppBarProps {
  readonly en: ReturnType<typeof english>
  readonly ja: Words
  readonly language: 'en' | 'ja'
  readonly theme: 'light' | 'dark'
  /** Whether the page has the sections of a case. */
  readonly sections?: boolean
}

/** The bar above the page; its two switches work without scripts and without a server. */
export function AppBar({ en, ja, language, theme, sections = true }: AppBarProps) {
  return (
    <header className="top">
      <a className="brand" href="#main">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M4.5 17.5v-15h11v15" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M4.5 2.5l6.5 2.6v14.4l-6.5-2z" fill="currentColor" />
        </svg>
        Ajar
      </a>
      {sections ? (
        <>
          <SectionLinks words={en} className="en" />
          <SectionLinks words={ja} className="ja" />
        </>
      ) : null}
      <span className="sp" />
      <fieldset className="seg">
        <legend className="vh">
          <Both en={en.page.language} ja={ja.page.language} />
        </legend>
        <Choice group="lang" value="en" chosen={language === 'en'}>
          EN
        </Choice>
        <Choice group="lang" value="ja" chosen={language === 'ja'}>
          <span lang="ja">日本語</span>
        </Choice>
      </fieldset>
      <fieldset className="seg">
        <legend className="vh">
          <Both en={en.page.theme} ja={ja.page.theme} />
        </legend>
        <Choice group="theme" value="light" chosen={theme === 'light'}>
          <Both en={en.page.light} ja={ja.page.light} />
        </Choice>
        <Choice group="theme" value="dark" chosen={theme === 'dark'}>
          <Both en={en.page.dark} ja={ja.page.dark} />
        </Choice>
      </fieldset>
    </header>
  )
}

function SectionLinks({ words, className }: { readonly words: Words; readonly className: 'en' | 'ja' }) {
  return (
    <nav className={className} lang={className} aria-label={words.page.sections}>
      {words.page.nav.map((label, index) => (
        <a key={label} href={`#${className}-s${index + 1}`}>
          {label}
        </a>
      ))}
    </nav>
  )
}

interface ChoiceProps {
  readonly group: 'lang' | 'theme'
  readonly value: string
  readonly chosen: boolean
  readonly children: React.ReactNode
}

function Choice({ group, value, chosen, children }: ChoiceProps) {
  return (
    <label>
      <input
        className="vh"
        type="radio"
        name={group}
        id={`${group}-${value}`}
        value={value}
        defaultChecked={chosen}
        autoComplete="off"
      />
      {children}
    </label>
  )
}
