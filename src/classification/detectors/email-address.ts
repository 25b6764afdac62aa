import { candidatesOf, type Detector } from './detector.ts'

const SHAPE =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** E-mail address, in the dot-atom form of RFC 5322 with a domain of at least two labels. */
export const emailAddress: Detector = {
  element: 'email-address',
  identifier: 'email-address',
  chanceRate: 0.001,
  named: /\be ?mails?( address| addr)?\b|メール(アドレス)?|電子メール/,
  needsHeader: false,
  check(value) {
    const normalised = value
      .toLowerCase()
      .replace(/^mailto:/, '')
      .replace(/^<|>$/g, '')
    if (normalised.length > 254 || normalised.indexOf('@') > 64 || !SHAPE.test(normalised)) return null
    return { normalised, strength: 0.95 }
  },
  candidates: (text) =>
    text.includes('@')
      ? candidatesOf(/(?<![A-Z0-9._%+-])[A-Z0-9][A-Z0-9._%+'-]{0,63}@[A-Z0-9][A-Z0-9.-]{1,200}[A-Z0-9]/gi, text)
      : [],
}
