import { ACCESSES, type Access, type Witness } from '../../src/model/index.ts'
import { denyReason } from '../findings/store-finding.ts'
import { witnessCommand } from '../findings/witness-request.ts'
import type { StoreView } from './store-view.ts'

/** The witness of each open access as a request that one could type; the first with each step that it takes. */
export function Witnesses({ view }: { readonly view: StoreView }) {
  const { store: words } = view.words
  const open = ACCESSES.filter((access) => view.store.verdicts[access].witness !== null)
  return (
    <>
      <h3 className="gap-m">{words.witnessHeading}</h3>
      {open.length === 0 ? <p className="q">{words.noWitness}</p> : null}
      {open.map((access) => (
        <OneWitness key={access} view={view} access={access} witness={view.store.verdicts[access].witness!} />
      ))}
      {open.length === 0 ? null : <p className="sub">{words.notSent}</p>}
    </>
  )
}

interface OneProps {
  readonly view: StoreView
  readonly access: Access
  readonly witness: Witness
}

function OneWitness({ view, access, witness }: OneProps) {
  const { store: words } = view.words
  const command = witnessCommand(witness, view.store.resource)
  const lead = access === view.finding.lead
  const address = witness.context['aws:SourceIp']
  return (
    <div className="one" id={view.id(`witness-${access}`)}>
      <h4>{words.access[access]}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="wit mono" tabIndex={0}>
        {command === null ? `${witness.action} ${witness.resource}` : `$ ${command}`}
      </pre>
      <p className="sub">
        {senderWords(view, witness)} {typeof address === 'string' ? words.from(address) : null}
      </p>
      {lead ? <Steps view={view} access={access} /> : null}
      <details className="tab">
        <summary>{words.carries}</summary>
        <table className="tb">
          <thead>
            <tr>
              <th scope="col">{words.key}</th>
              <th scope="col">{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(witness.context).map(([key, value]) => (
              <tr key={key}>
                <td>
                  <code>{key}</code>
                </td>
                <td>
                  <code>{[value].flat().join(', ')}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}

export function senderWords({ words }: Pick<StoreView, 'words'>, { principal }: Witness): string {
  const { by } = words.store
  switch (principal.kind) {
    case 'anonymous':
      return by.anonymous
    case 'aws':
      return by.aws(principal.arn)
    case 'service':
      return by.service(principal.service)
    case 'google':
      return by.google(principal.member)
    case 'entra':
      return by.entra(principal.tenant)
    case 'bearer':
      return by.bearer(principal.of)
  }
}

/** What each statement does with the witness: the one that allows it, and every Deny. */
function Steps({ view, access }: { readonly view: StoreView; readonly access: Access }) {
  const { store: words } = view.words
  const { finding } = view
  if (!finding.responsible && finding.denies.length === 0) return null
  return (
    <table className="tb steps">
      <thead>
        <tr>
          <th scope="col">{words.step}</th>
          <th scope="col">{words.statement}</th>
          <th scope="col">{words.result}</th>
        </tr>
      </thead>
      <tbody>
        {finding.responsible ? (
          <tr>
            <td>{words.grants}</td>
            <td className="mono">{finding.responsible.statement}</td>
            <td>
              <b>{words.allows}</b>
            </td>
          </tr>
        ) : null}
        {finding.denies.map((deny, at) => (
          <tr key={`${deny.document} ${deny.statement}`}>
            <td>{words.deny(denyReason(deny), view.store.verdicts[access].witness!.action).head.replace(/[.。]$/, '')}</td>
            <td className="mono">{`D${at + 1}`}</td>
            <td className="q">{words.doesNotApply}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
