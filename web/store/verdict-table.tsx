import { ACCESSES, type Access } from '../../src/model/index.ts'
import { type AudienceCell, audienceCells } from '../findings/store-finding.ts'
import type { StoreView } from './store-view.ts'

/** Who can do what: a row an access, a column an audience, and what each answer rests on. */
export function VerdictTable({ view }: { readonly view: StoreView }) {
  const { store: words } = view.words
  const undecided = ACCESSES.some((access) => view.store.verdicts[access].audience === 'undecided')
  return (
    <>
      <h3>{words.who}</h3>
      <table className="vt">
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">{words.accessLabel}</span>
            </th>
            {words.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            <th scope="col">{words.restsOn}</th>
          </tr>
        </thead>
        <tbody>
          {ACCESSES.map((access) => (
            <tr key={access}>
              <th scope="row">{words.access[access]}</th>
              {audienceCells(view.store, access).map((cell, at) => (
                <td key={words.columns[at]}>
                  <Cell cell={cell} view={view} access={access} />
                </td>
              ))}
              <td>
                <RestsOn view={view} access={access} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {undecided ? <p className="sub">{words.undecidedCounts}</p> : null}
    </>
  )
}

function Cell({ cell, view, access }: { readonly cell: AudienceCell; readonly view: StoreView; readonly access: Access }) {
  const { audience, bounds } = view.store.verdicts[access]
  const open = cell === 'open' || cell === 'as-wider'
  return (
    <span className={`cell${open ? ' open' : cell === 'undecided' ? ' un' : ''}`}>
      {cell === 'undecided' ? (
        <b aria-hidden="true">?</b>
      ) : (
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          {open ? <path d="M0 0h4v10H0z" fill="currentColor" /> : null}
          <path d="M.5.5h9v9h-9z" fill="none" stroke="currentColor" />
        </svg>
      )}
      {view.words.store.cell(cell, audience === 'undecided' ? (bounds?.certain ?? 'none') : audience)}
    </span>
  )
}

function RestsOn({ view, access }: { readonly view: StoreView; readonly access: Access }) {
  const { store: words } = view.words
  const name = words.access[access]
  if (view.store.verdicts[access].witness) return <a href={`#${view.id(`witness-${access}`)}`}>{words.witness(name)}</a>
  return <a href={`#${view.id(`reasons-${access}`)}`}>{words.reasons(name)}</a>
}
