import { notExamined, publicSentences } from '../findings/public-sentences.ts'
import { sum } from '../findings/stores.ts'
import type { Page } from '../page/page.ts'
import { RichText } from './rich-text.tsx'

/** What can be said in public, beside what each part of it rests on. */
export function PublicSentence({ page }: { readonly page: Page }) {
  const { words, document, headline } = page
  const sentences = publicSentences(document, headline, words)
  return (
    <section className="public" aria-label={words.publicLabel}>
      <div>
        <span className="lab">{words.publicLabel}</span>
        <blockquote>
          <RichText page={page} text={sentences.join(words.language === 'en' ? ' ' : '')} />
        </blockquote>
      </div>
      <div>
        <span className="lab">{words.restsLabel}</span>
        <ol className="rests">
          {evidence(page).map((text, index) => (
            <li key={text} id={page.id(`e${index + 1}`)}>
              <span className="ix">{index + 1}</span>
              <span>
                <RichText page={page} text={text} />
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}

function evidence({ document, headline, words }: Page): string[] {
  const { rests } = words
  const { exposures, people, estate } = document
  const read = headline.objects - headline.objectsNotRead
  return [
    people.total > 0 ? rests.linked({ overlap: people.sumOverStores - people.total }) : rests.noPeople,
    rests.witnesses(exposures.filter(({ verdicts }) => Object.values(verdicts).some(({ witness }) => witness !== null)).length),
    rests.configuration({ changes: sum(exposures.map(({ changes }) => changes.length)), files: estate.evidenceFiles }),
    rests.lines({
      read: sum(exposures.map(({ access }) => access.lines.read)),
      ambiguous: sum(exposures.map(({ access }) => access.lines.ambiguous)),
      outsiders: sum(exposures.map(({ access }) => access.outsiderCount)),
    }),
    rests.contents({
      read,
      of: headline.objects,
      bytes: words.format.bytes(headline.bytesExamined),
      notRead: notExamined(headline, words),
    }),
  ]
}
