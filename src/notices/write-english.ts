import type { Bounds } from '../model/index.ts'
import type { Letter } from './letter.ts'
import { type LocalDay, localDay, localDays, sameDay } from './local-day.ts'
import { ACCESS_WORDS, ADVICE, ELEMENT_WORDS } from './notice-words.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** The letter in English. */
export function writeEnglish(letter: Letter): { readonly subject: string; readonly body: string } {
  const awareness = spell(localDay(letter.awareness, letter.timezone))
  const paragraphs = [
    'To our customer,',
    `On ${awareness} we found that a store of data in our cloud had been open to people outside our organisation. Data about you were in it. We are sorry.`,
    [
      'What data',
      ...letter.elements.map((element) => `- your ${ELEMENT_WORDS[element].en}`.replace('your written', 'written')),
    ].join('\n'),
    `${letter.undecidedPeople ? 'Some files could not be examined yet. ' : ''}We list what we found about you${letter.undecidedPeople ? ' so far; if we find more, we will write again' : ', and nothing that we did not find'}.`,
    `When\n${whenSentence(letter)}`,
    `Whether it was read\n${ACCESS_WORDS[letter.conclusion ?? 'undecided'].en}`,
    `What we did\n${shutSentence(letter)} [Further measures.]`,
    ['What you can do', ...adviceFor(letter)].join('\n'),
    'Questions\n[Organisation, contact, hours.] You may also turn to the data protection authority of your country.',
  ]
  return { subject: 'Data about you could be reached from outside our organisation', body: paragraphs.join('\n\n') }
}

function whenSentence({ window, timezone }: Letter): string {
  if (window === null) return 'We do not know yet since when the data could be reached.'
  const opened = boundSentence(
    'The data could be reached from',
    window.opened,
    timezone,
    'We do not know since when the data could be reached',
  )
  if (window.closed === null) return `${opened}.`
  const closed = boundSentence('It was shut', window.closed, timezone, 'We do not know when it was shut', 'on')
  return `${opened}. ${closed}.`
}

function boundSentence(start: string, bounds: Bounds, timezone: string, unknown: string, exact = ''): string {
  const { first, last } = localDays(bounds, timezone)
  if (first && last) {
    if (sameDay(first, last)) return `${start} ${exact === '' ? '' : `${exact} `}${spell(first)}`
    return `${start.replace(' from', ' from some day')} between ${spell(first)} and ${spell(last)}; the evidence does not say on which day`
  }
  if (last) return `${unknown}; it was so by ${spell(last)} at the latest`
  if (first) return `${unknown}; it was not before ${spell(first)}`
  return unknown
}

function shutSentence({ shut }: Letter): string {
  if (shut === true) return 'We shut the store to people outside our organisation.'
  if (shut === false) return 'The store is being shut. [Say when it is done.]'
  return 'We are checking whether everything is shut. [Say when it is done.]'
}

function adviceFor({ elements }: Letter): string[] {
  const fitting = ADVICE.filter((advice) => advice.elements.some((element) => elements.includes(element)))
  if (fitting.length === 0) return ['- For these data we know of nothing that you need to do. [Check.]']
  return fitting.map(({ en }) => `- ${en}`)
}

function spell({ year, month, day }: LocalDay): string {
  return `${day} ${MONTHS[month - 1]} ${year}`
}
