import { ACCESSES } from '../../src/model/index.ts'
import { denyReason } from '../findings/store-finding.ts'
import { Coded } from '../parts/coded.tsx'
import type { StoreView } from './store-view.ts'

/** Each Deny, and why it does not stop the witness. */
export function DenyList({ view }: { readonly view: StoreView }) {
  const { finding, words, store } = view
  if (finding.denies.length === 0 || finding.lead === null) return null
  const action = store.verdicts[finding.lead].witness!.action
  return (
    <>
      <h3 className="gap-m">{words.store.deniesHeading}</h3>
      <ol className="deny">
        {finding.denies.map((deny, at) => {
          const { head, text } = words.store.deny(denyReason(deny), action)
          return (
            <li key={`${deny.document} ${deny.statement}`}>
              <span className="mk">{`D${at + 1}`}</span>
              <div>
                <b>{head}</b> <Coded text={text} /> {deny.sid === null ? null : <code className="q">{deny.sid}</code>}
              </div>
            </li>
          )
        })}
      </ol>
    </>
  )
}

/** Why the other accesses are shut, or what would have to be read to know. Accesses with the same reasons stand together. */
export function Reasons({ view }: { readonly view: StoreView }) {
  const { words, store } = view
  const without = ACCESSES.filter((access) => store.verdicts[access].witness === null)
  if (without.length === 0) return null
  return (
    <>
      <h3 className="gap-m">{words.store.reasonsHeading}</h3>
      <dl className="reasons">
        {without.map((access) => (
          <div key={access} id={view.id(`reasons-${access}`)}>
            <dt>{words.store.access[access]}</dt>
            <dd>
              <ul lang="en">
                {store.verdicts[access].because.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
