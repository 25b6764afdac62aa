import type { RegimeStanding } from '../../src/model/index.ts'
import { fitText } from '../text/advances.ts'
import type { Page } from '../page/page.ts'

const ORDER: readonly RegimeStanding['standing'][] = [
  'owed',
  'judgement',
  'none-affected',
  'not-assessed',
  'voluntary',
  'not-in-force',
  'no-residents',
]

/** Every regime as a cell: why it is owed, or why not. */
export function RegimeGrid({ page }: { readonly page: Page }) {
  const { words, document } = page
  const regimes = [...document.regimes].sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing))
  const standings = ORDER.filter((standing) => regimes.some((regime) => regime.standing === standing))
  return (
    <>
      <div className="cap">
        <h3>{words.owed.allRegimes(regimes.length)}</h3>
      </div>
      <ul className="regs">
        {regimes.map(({ regime, standing, jurisdiction }) => (
          <li key={regime} className={`r-${standing}`} title={`${regime} (${jurisdiction}): ${words.owed.standings[standing]}`}>
            {fitText(regime, 62, 10, 'mono')}
            <span className="vh">: {words.owed.standings[standing]}</span>
          </li>
        ))}
      </ul>
      <ul className="regk">
        {standings.map((standing) => (
          <li key={standing}>
            <i className={`r-${standing}`} />
            <b>{regimes.filter((regime) => regime.standing === standing).length}</b> {words.owed.standings[standing]}
          </li>
        ))}
      </ul>
      <p className="sub" style={{ marginTop: 12 }}>
        {words.owed.note}
      </p>
    </>
  )
}
