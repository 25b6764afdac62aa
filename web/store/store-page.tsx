import { AppBar } from '../parts/app-bar.tsx'
import { Both } from '../parts/both.tsx'
import { Tag } from '../parts/tag.tsx'
import { DenyList, Reasons } from './deny-list.tsx'
import { PolicyView } from './policy-view.tsx'
import type { StoreView } from './store-view.ts'
import { VerdictTable } from './verdict-table.tsx'
import { Witnesses } from './witness-view.tsx'

interface StorePageProps {
  readonly en: StoreView
  readonly ja: StoreView
  readonly language: 'en' | 'ja'
  readonly theme: 'light' | 'dark'
}

/** One store in its reading order: verdict, policy beside who can do what, witness, each Deny and why it fails. */
export function StorePage({ en, ja, language, theme }: StorePageProps) {
  const { resource } = en.store
  return (
    <>
      <a className="skip" href="#main">
        <Both en={en.words.page.skip} ja={ja.words.page.skip} />
      </a>
      <AppBar en={en.words} ja={ja.words} language={language} theme={theme} sections={false} />
      <main className="page" id="main">
        <nav className="crumb" aria-label={`${en.words.store.stores} · ${ja.words.store.stores}`}>
          <span>
            <Both en={en.words.store.stores} ja={ja.words.store.stores} />
          </span>
          <span aria-hidden="true">/</span>
          <span>{[resource.type, resource.account, resource.region].filter((part) => part !== '').join(' · ')}</span>
        </nav>
        <div className="hd">
          <h1 className="store">{resource.name}</h1>
        </div>
        <Telling view={en} />
        <Telling view={ja} />
      </main>
    </>
  )
}

function Telling({ view }: { readonly view: StoreView }) {
  const { words, store, finding } = view
  const { language } = words
  const heading = view.id('why')
  const open = finding.audience !== 'none' && finding.audience !== 'undecided'
  return (
    <div className={language} lang={language}>
      <dl className="facts">
        <div>
          <dt>{words.store.asOf}</dt>
          <dd>{words.format.moment(store.asOf)}</dd>
        </div>
        <div>
          <dt>{words.store.verdict}</dt>
          <dd>
            <Tag tone={open ? 'open' : 'plain'}>
              {open ? (
                <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
                  <path d="M0 0h4v10H0z" fill="currentColor" />
                  <path d="M.5.5h9v9h-9z" fill="none" stroke="currentColor" />
                </svg>
              ) : null}
              {words.store.verdicts[finding.audience]}
            </Tag>
          </dd>
        </div>
        <div>
          <dt className="vh">ARN</dt>
          <dd>
            <code>{store.resource.id}</code>
          </dd>
        </div>
      </dl>
      <section className="sec" aria-labelledby={heading}>
        <header>
          <h2 id={heading}>{words.store.finding(finding)}</h2>
        </header>
        <div className="why">
          <div>
            {store.sources.length === 0 ? <p className="q">{words.store.noPolicy}</p> : null}
            {store.sources.map((source) => (
              <PolicyView key={source.document} view={view} source={source} />
            ))}
            <DenyList view={view} />
            <Settings view={view} />
          </div>
          <div>
            <VerdictTable view={view} />
            <Witnesses view={view} />
            <Reasons view={view} />
          </div>
        </div>
      </section>
    </div>
  )
}

/** What was read of the store, and what was not: it bears on every answer. */
function Settings({ view }: { readonly view: StoreView }) {
  const { words, store } = view
  return (
    <>
      <h3 className="gap-m">{words.store.settings}</h3>
      <table className="tb">
        <tbody>
          {store.settings.map(({ facet, file, status, reason }) => (
            <tr key={facet}>
              <th scope="row">{words.store.settingNames[facet] ?? facet}</th>
              <td>
                {words.store.setting[status]}
                {reason === undefined ? null : <span className="q" lang="en">{` (${reason})`}</span>}
              </td>
              <td>{file === null ? null : <code>{file}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
