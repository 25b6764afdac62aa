import type { CaseDocument } from '../../src/model/index.ts'
import type { Words } from '../words/en.ts'
import type { Headline } from './headline.ts'

/** What can be said in public, as whole sentences of the language with their marks; the first says the most. */
export function publicSentences(document: CaseDocument, headline: Headline, words: Words): string[] {
  const said = words.public
  const { stores, open, openUnread, undecided } = headline
  if (stores.length === 0) return [said.nothing(resourcesRead(document))]
  const reach = reachSentence(document, headline, words)
  return [
    reach,
    ...(undecided.length > 0 && (open.length > 0 || openUnread.length > 0) ? [said.alsoUndecided(undecided.length)] : []),
    said.access(headline),
    said.financial({
      financial: headline.financial,
      notExamined: notExamined(headline, words),
      objectsNotRead: headline.objectsNotRead,
    }),
  ]
}

/** What the reading reached: an estate is never all read by default. */
export function resourcesRead(document: CaseDocument): {
  readonly read: number
  readonly notRead: number
  readonly undecided: number
} {
  const { resources, decided, undecided } = document.estate
  return { read: decided, notRead: Math.max(0, resources - decided - undecided), undecided }
}

/** Bytes held and not examined, in words; null where everything was, or where sizes are not known. */
export function notExamined(headline: Headline, words: Words): string | null {
  const bytes = headline.bytesHeld - headline.bytesExamined
  return bytes > 0 && headline.objectsNotRead > 0 ? words.format.bytes(bytes) : null
}

/** The case's title: what stood open, in one line. */
export function titleOf(headline: Headline, words: Words): string {
  return words.title({
    status: headline.status,
    stillOpen: (headline.open.length > 0 ? headline.open : headline.openUnread).filter(({ isStillOpen }) => isStillOpen).length,
    open: headline.open.length,
    openUnread: headline.openUnread.length,
    undecided: headline.undecided.length,
    named: headline.stores.filter(({ audience, contents }) => audience === 'named' && contents === 'personal-data').length,
    audience: headline.audience,
  })
}

function reachSentence(document: CaseDocument, headline: Headline, words: Words): string {
  const said = words.public
  if (headline.people === 0) {
    const strangers = headline.stores.filter(({ audience }) => audience === 'anyone' || audience === 'any-identity').length
    if (strangers > 0) return said.openWithoutPeople({ stores: strangers, unread: headline.openUnread.length })
    return headline.undecided.length > 0 ? said.undecided(headline.undecided.length) : said.nothing(resourcesRead(document))
  }
  return said.reach({
    people: headline.people,
    markets: headline.markets.slice(0, 4),
    audience: headline.audience ?? 'undecided',
    stores: headline.open.length || 1,
    opened: headline.opened === null ? null : said.fromDay(headline.opened),
    until: headline.closed === null ? null : said.untilDay(headline.closed),
  })
}
