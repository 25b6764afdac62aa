import type { Page } from '../page/page.ts'

/** The finding of the first section: how long the longest door stood open, and whether a log was watching. */
export function whenFinding({ headline, words }: Page): string {
  const { open, openUnread, undecided, stores, logs } = headline
  const proved = [...open, ...openUnread]
  const spokenOf = proved.length > 0 ? proved : stores.filter(({ audience }) => audience !== 'undecided')
  if (spokenOf.length === 0) return undecided.length > 0 ? words.when.undecided(undecided.length) : words.when.none
  return words.when.finding({ hours: Math.max(...spokenOf.map(({ openHours }) => openHours)), logs })
}
