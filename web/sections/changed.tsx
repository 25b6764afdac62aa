import { RevisionDiff } from '../charts/revision-diff.tsx'
import { Section } from '../parts/section.tsx'
import type { Page } from '../page/page.ts'

const BATCHES = 5

/** 7: what this revision says that the one before did not, and why. */
export function ChangedSection({ page }: { readonly page: Page }) {
  const { document } = page
  return (
    <Section page={page} number={7} finding={changedFinding(page)}>
      <Batches page={page} />
      {document.changes.length === 0 ? null : <RevisionDiff page={page} />}
    </Section>
  )
}

function changedFinding({ words, document }: Page): string {
  const { supersedes, revision, knownAt } = document
  if (supersedes === null) return words.changed.first
  if (document.changes.length === 0) return words.changed.nothing
  const before = document.batches.find((batch) => batch.revision === supersedes)
  if (before === undefined || words.format.isSameDay(before.recordedAt, knownAt))
    return words.changed.sameDay({ from: supersedes, to: revision })
  return words.changed.finding({ from: before.recordedAt, to: knownAt })
}

function Batches({ page }: { readonly page: Page }) {
  const { words, document } = page
  return (
    <ol className="revs" aria-label={words.changed.revisions}>
      {document.batches.slice(-BATCHES).map((batch) => (
        <li
          key={batch.revision}
          className={batch.revision >= (document.supersedes ?? document.revision) ? 'on' : undefined}
          aria-current={batch.revision === document.revision ? 'true' : undefined}
        >
          <b>{words.changed.revision({ revision: batch.revision, moment: batch.recordedAt })}</b>
          {words.changed.arrived(batch)}
        </li>
      ))}
    </ol>
  )
}
