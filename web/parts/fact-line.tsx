import type { ReactNode } from 'react'
import type { Page } from '../page/page.ts'
import { Tag } from './tag.tsx'

/** Status, severity, when it was known, which revision, how much was read, what is due next. */
export function FactLine({ page }: { readonly page: Page }) {
  const { document, headline, words } = page
  const { facts, format } = words
  const { severity, nextDue, status } = headline
  return (
    <dl className="facts">
      <Fact name={facts.status}>
        <Tag tone={status === 'open' ? 'open' : status === 'undecided' || status === 'nothing-found' ? 'plain' : 'solid'}>
          {facts.statusOf({ status, undecided: headline.undecided.length })}
        </Tag>
      </Fact>
      <Fact name={facts.severity}>
        {facts.severities[severity.level]}
        {severity.because === null ? null : (
          <span className="sub">{`${words.element(severity.because)}${words.language === 'en' ? ', ' : '・'}${format.short(severity.people)}${words.language === 'en' ? '' : '人'}`}</span>
        )}
      </Fact>
      <Fact name={facts.knownAt}>{format.moment(document.knownAt)}</Fact>
      <Fact name={facts.revision}>
        {document.revision}
        <span className="sub">{document.supersedes === null ? facts.first : facts.supersedes(document.supersedes)}</span>
      </Fact>
      <Fact name={facts.swept}>{facts.sweptOf(document.estate)}</Fact>
      <Fact name={facts.nextDue}>{nextDue === null ? facts.noDue : facts.dueIn(nextDue)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
