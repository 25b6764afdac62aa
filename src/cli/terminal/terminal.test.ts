import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALL_CASES } from '../../../web/testing/all-cases.ts'
import { sampleCase } from '../../../web/testing/sample-case.ts'
import { emptyCase, hugeCase, threeHoursCase, undecidedCase } from '../../../web/testing/sample-states.ts'
import { renderCaseInTerminal } from './index.ts'
import { displayWidth, oneLine, padEnd, padStart, stripControls, truncate, wrap } from './text.ts'

const ESC = String.fromCharCode(27)
const plain = { columns: 100, color: false } as const
const uncolored = (text: string) => text.replaceAll(new RegExp(`${ESC}\\[[0-9;]*m`, 'g'), '')

describe.each(ALL_CASES)('the terminal view of $name', ({ make }) => {
  it.each([{ columns: 100 }, { columns: 80 }, { columns: 72 }, { columns: 200 }])(
    'fits 46 lines of $columns columns',
    ({ columns }) => {
      const lines = renderCaseInTerminal(make(), {
        columns,
        color: false,
        heading: '  one\n  two\n  three\n  four',
        footer: 'case http://127.0.0.1:7070   report x.html',
      }).split('\n')
      expect(lines.length).toBeLessThanOrEqual(46)
      expect(lines.filter((line) => displayWidth(line) > Math.min(100, columns))).toEqual([])
    },
  )

  it('has the sections in their order', () => {
    const words = renderCaseInTerminal(make(), plain).match(/^[A-Z]{4,7}\b/gm)
    expect(words?.filter((word) => ['OPEN', 'WHOSE', 'READ', 'OWED', 'CHANGED'].includes(word))).toEqual([
      'OPEN',
      'WHOSE',
      'READ',
      'OWED',
      'CHANGED',
    ])
  })

  it('says the same in colour as without', () => {
    const colored = renderCaseInTerminal(make(), { columns: 100, color: true })
    expect(
      uncolored(colored)
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual(renderCaseInTerminal(make(), plain).split('\n'))
  })

  it('lets no control character through without colour', () => {
    expect(renderCaseInTerminal(make(), plain).match(/(?!\n)[\p{Cc}\p{Cf}]/gu)).toBeNull()
  })
})

describe('what the view says', () => {
  const view = renderCaseInTerminal(sampleCase(), plain)
  const lineWith = (text: string, of = view) => of.split('\n').find((line) => line.includes(text)) ?? ''

  it.each([
    { name: 'the end between two bounds', line: ' overseas-dealer-mx ', text: '11–26 May' },
    { name: 'people of a store', line: ' telematics-archive ', text: '2,151,904' },
    { name: 'contents nobody read', line: ' dashcam-corporate ', text: '░░░' },
    { name: 'an undecided store', line: ' overseas-dealer-mx-copy ', text: 'not known' },
    { name: 'people counted once', line: 'WHOSE', text: '112,462 counted once' },
    { name: 'a confirmed none', line: 'New Zealand', text: 'confirmed none' },
    { name: 'markets nobody assessed', line: '5 other markets', text: 'unknown' },
    { name: 'a conclusion', line: 'READ         overseas', text: '23 reads, 6 outsiders, 3 files' },
    { name: 'a due day', line: 'Australia · assessment', text: 'due 18 Jun, in 18 days' },
    { name: 'a change', line: '+ Australia', text: '0 → 2,791' },
  ])('$name', ({ line, text }) => {
    expect(lineWith(line)).toContain(text)
  })

  it('draws openness with what was held, and what the logs could show below it', () => {
    const lines = view.split('\n')
    const row = lines.findIndex((line) => line.startsWith(' overseas-dealer-mx '))
    expect(lines[row]!.slice(26, 66)).toMatch(/^ *\?[▁▂▃▄▅▆▇█]+\? *$/)
    expect(lines[row + 1]!.trim()).toMatch(/^╱+·+▲[━▲·]+$/)
  })

  it('says so where the law names no number', () => {
    const sample = sampleCase()
    const only = { ...sample, obligations: sample.obligations.filter(({ due }) => due === null) }
    expect(renderCaseInTerminal(only, plain)).toContain('the law names no number of days')
  })

  it('counts the stores that do not fit', () => {
    expect(renderCaseInTerminal(hugeCase(), plain)).toMatch(/\b4\d more, with less in them/)
  })

  it('shows even three hours', () => {
    expect(lineWith(' brief ', renderCaseInTerminal(threeHoursCase(), plain))).toContain('█')
  })

  it.each([
    { name: 'nothing open', make: emptyCase, text: 'No store is open to anyone. 1,070 read, 18 undecided, 214 not read.' },
    { name: 'undecided only', make: undecidedCase, text: 'No store is proved open to anyone; one store could not be decided' },
  ])('$name', ({ make, text }) => {
    expect(renderCaseInTerminal(make(), plain)).toContain(text)
  })
})

describe('text for a terminal', () => {
  it.each([
    { name: 'colours', text: `${ESC}[31mred${ESC}[0m`, shown: 'red' },
    { name: 'a window title', text: `${ESC}]0;title\u0007name`, shown: 'name' },
    { name: 'a title that never ends', text: `name${ESC}]0;title`, shown: 'name' },
    { name: 'a link', text: `${ESC}]8;;http://example.com${ESC}\\name${ESC}]8;;${ESC}\\`, shown: 'name' },
    { name: 'eight-bit controls', text: '\u009b31mred', shown: 'red' },
    { name: 'a bell and a backspace', text: 'a\u0007b\u0008c', shown: 'abc' },
    { name: 'turned text', text: 'photo\u202Egpj.exe', shown: 'photogpj.exe' },
    { name: 'line breaks', text: 'two\nlines', shown: 'two\nlines' },
  ])('strips $name', ({ text, shown }) => {
    expect(stripControls(text)).toBe(shown)
  })

  it('leaves nothing that a terminal obeys, whatever it is given', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(ESC, `${ESC}[`, `${ESC}]`, '\u009b', '\u0007', '\u202e', '\u0000', `${ESC}P`, '\u009c'),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(stripControls(pieces.join('')).match(/(?![\t\n])[\p{Cc}\p{Cf}]/gu)).toBeNull()
        expect(oneLine(pieces.join(''))).not.toMatch(/[\n\t]/)
      }),
    )
  })

  it.each([
    { text: 'name', width: 4 },
    { text: '車両', width: 4 },
    { text: 'ﾃﾞｰﾀ', width: 4 },
    { text: 'e\u0301', width: 1 },
    { text: 'ＡＢ', width: 4 },
    { text: '🚗', width: 2 },
  ])('$text takes $width columns', ({ text, width }) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('pads and cuts to the column', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }).map(oneLine),
        fc.integer({ min: 1, max: 50 }),
        (text, columns) => {
          expect(displayWidth(truncate(text, columns))).toBeLessThanOrEqual(columns)
          expect(displayWidth(padEnd(text, columns))).toBe(columns)
          expect(displayWidth(padStart(text, columns))).toBe(columns)
          for (const line of wrap(text, columns)) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
        },
      ),
    )
  })
})
