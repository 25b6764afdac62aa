import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embeddedFonts } from '../page/fonts.ts'
import { fitText, textWidth } from './advances.ts'
import { withShownText } from './shown.ts'

describe('measured text', () => {
  it.each([
    // Measured in a browser with the font itself, at 11 px.
    { text: 'overseas-dealer-mx', face: 'regular', width: 106.9 },
    { text: '11–26 May', face: 'regular', width: 55.5 },
    { text: '2,302,116', face: 'semibold', width: 52.1 },
  ] as const)('$text', ({ text, face, width }) => {
    expect(Math.abs(textWidth(text, 11, face) - width)).toBeLessThan(width * 0.05)
  })

  it('takes a full-width character for one em', () => {
    expect(textWidth('公開期間', 20)).toBe(80)
  })

  it('fits into the room there is, or is nothing but the ellipsis', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 0, max: 300 }), (text, room) => {
        const fitted = fitText(text, room, 11)
        expect(fitted === '…' || textWidth(fitted, 11) <= room).toBe(true)
        if (fitted !== text) expect(fitted.endsWith('…')).toBe(true)
      }),
    )
  })
})

describe('text from outside', () => {
  it('keeps line breaks and tabs, and shows where something was that is not shown', () => {
    expect(withShownText({ a: ['x\u0000y', '\u202Etxt', 'line\n\tbreak', 7, null] })).toEqual({
      a: ['x\ufffdy', '\ufffdtxt', 'line\n\tbreak', 7, null],
    })
  })
})

describe('embedded fonts', () => {
  it('holds what the text needs and no more', () => {
    const families = (text: string) => [
      ...new Set([...embeddedFonts(text).matchAll(/font-family:'([^']+)'/g)].map(([, family]) => family)),
    ]
    expect(families('Plain')).toEqual(['Inter', 'IBM Plex Mono'])
    expect(families('日本')).toEqual(['Noto Sans JP'])
    expect(embeddedFonts('日本').length).toBeLessThan(embeddedFonts('日本の顧客データと期間').length)
  })

  it('is inside the page, not beside it', () => {
    expect(embeddedFonts('Plain 日本').match(/url\((?!data:font\/woff2;base64,)/g)).toBeNull()
  })
})
