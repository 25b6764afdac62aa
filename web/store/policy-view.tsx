import { Fragment } from 'react'
import type { PolicySource, TraceStep } from '../../src/model/index.ts'
import type { StoreView } from './store-view.ts'

/** A policy with its line numbers: the statement responsible stands out, each Deny has its mark. */
export function PolicyView({ view, source }: { readonly view: StoreView; readonly source: PolicySource }) {
  const { store: words } = view.words
  const marks = lineMarks(view, source)
  return (
    <div className="policy">
      <div className="cap">
        <h3>{words.document(source.document)}</h3>
        <span className="sub">
          {source.file === null ? null : <code>{source.file}</code>} {source.asWritten ? null : words.printedAnew}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="pol" tabIndex={0} aria-label={words.document(source.document)}>
        <pre>
          {source.lines.map((line, at) => {
            const mark = marks.get(at + 1)
            // Lines of a printed policy never change places.
            const key = `${at}`
            return (
              <div key={key} className={mark?.tone}>
                <span className="ln">{at + 1}</span>
                <span className="mk">{mark?.label ?? ''}</span>
                <span>
                  <Line text={line} />
                </span>
                {mark?.note ? <span className="note">{words.responsible}</span> : null}
              </div>
            )
          })}
        </pre>
      </section>
    </div>
  )
}

/** A line of JSON with its keys set back. */
function Line({ text }: { readonly text: string }) {
  return text.split(/("(?:[^"\\]|\\.)*"\s*:)/).map((part, at) => {
    // Parts of one line never change places.
    const key = `${at}`
    return at % 2 === 1 ? (
      <span key={key} className="ky">
        {part}
      </span>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    )
  })
}

interface LineMark {
  readonly label?: string
  /** `hot` for the statement responsible, `deny` for one that does not stop the witness. */
  readonly tone: 'hot' | 'deny'
  readonly note?: boolean
}

function lineMarks({ finding }: StoreView, { document, statements }: PolicySource): ReadonlyMap<number, LineMark> {
  const marks = new Map<number, LineMark>()
  const mark = (step: TraceStep | null, tone: LineMark['tone'], label: string) => {
    const place = step?.document === document ? statements[step.statement - 1] : undefined
    if (!place) return
    for (let line = place.first; line <= place.last; line++) {
      marks.set(line, { tone, ...(line === place.first ? { label } : {}), note: tone === 'hot' && line === place.last })
    }
  }
  for (const [at, deny] of finding.denies.entries()) mark(deny, 'deny', `D${at + 1}`)
  mark(finding.responsible, 'hot', String(finding.responsible?.statement))
  return marks
}
