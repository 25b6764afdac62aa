import { Fragment } from 'react'

/** A sentence in which condition keys and actions, such as `aws:SourceIp`, are set as code. */
export function Coded({ text }: { readonly text: string }) {
  return text.split(/\b([a-z][a-z0-9-]*:[A-Za-z][\w/-]*)/).map((part, at) => {
    // Parts of one sentence never change places.
    const key = `${at}`
    return at % 2 === 1 && !part.startsWith('http') ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>
  })
}
