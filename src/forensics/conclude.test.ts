import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CoverageState } from '../model/index.ts'
import { conclude, type Findings } from './conclude.ts'
import { printable } from './printable.ts'

const NO_HOURS: Record<CoverageState, number> = {
  'configured-observed': 0,
  'configured-silent': 0,
  'unconfirmed-edge': 0,
  'not-configured': 0,
  missing: 0,
  'late-pending': 0,
}
const QUIET: Findings = {
  reads: 0,
  lists: 0,
  ambiguous: 0,
  rejected: 0,
  openHours: 100,
  hours: NO_HOURS,
  hoursCoveredTwice: 0,
  reach: 'anyone',
}
const covered = (count: number) => ({
  ...NO_HOURS,
  'configured-observed': 1,
  'configured-silent': count - 1,
  'not-configured': 100 - count,
})

describe('conclusion', () => {
  it.each<{ name: string; findings: Partial<Findings>; code: string }>([
    {
      name: 'a read counts before everything',
      findings: { reads: 1, lists: 5, ambiguous: 5, hours: covered(100), hoursCoveredTwice: 100 },
      code: 'read',
    },
    { name: 'doubtful lines count before listings', findings: { lists: 5, ambiguous: 1 }, code: 'ambiguous' },
    { name: 'names were listed', findings: { lists: 1, hours: covered(100) }, code: 'listed' },
    { name: 'two sources cover every hour', findings: { hours: covered(100), hoursCoveredTwice: 100 }, code: 'silent-full' },
    { name: 'one source covers every hour', findings: { hours: covered(100) }, code: 'silent-part' },
    {
      name: 'two sources, but lines that nobody can read',
      findings: { hours: covered(100), hoursCoveredTwice: 100, rejected: 1 },
      code: 'silent-part',
    },
    { name: 'two sources cover all hours but one', findings: { hours: covered(99), hoursCoveredTwice: 99 }, code: 'silent-part' },
    { name: 'one hour is covered', findings: { hours: covered(1) }, code: 'silent-part' },
    {
      name: 'no hour is covered',
      findings: { hours: { ...NO_HOURS, missing: 50, 'late-pending': 24, 'unconfirmed-edge': 26 } },
      code: 'dark',
    },
    { name: 'no log, and reach not decided', findings: { reach: 'undecided' }, code: 'undecided' },
    { name: 'a log, and reach not decided', findings: { reach: 'undecided', hours: covered(1) }, code: 'silent-part' },
    { name: 'a read, and reach not decided', findings: { reach: 'undecided', reads: 1 }, code: 'read' },
  ])('$name', ({ findings, code }) => {
    expect(conclude({ ...QUIET, ...findings }).code).toBe(code)
  })

  it('says of its extent what was counted', () => {
    expect(
      conclude({ ...QUIET, openHours: 71_234, hours: { ...NO_HOURS, 'configured-silent': 20_000 }, rejected: 2 }).sentence,
    ).toBe(
      'No outside access is in the logs, which cover 20,000 of 71,234 open hours; the provider does not guarantee that they are complete. 2 log lines could not be read.',
    )
  })

  it('never says that nobody came', () => {
    const count = fc.integer({ min: 0, max: 3 })
    fc.assert(
      fc.property(count, count, count, count, fc.integer({ min: 1, max: 100 }), (reads, lists, ambiguous, rejected, hours) => {
        const { sentence } = conclude({
          ...QUIET,
          reads,
          lists,
          ambiguous,
          rejected,
          hours: covered(hours),
          hoursCoveredTwice: hours,
        })
        expect(sentence).not.toMatch(/nobody|no one|no access was|evidence of no|did not access/i)
      }),
    )
  })
})

describe('text from a log as it may be shown', () => {
  it.each([
    ['plain text "with" <marks>', 'plain text "with" <marks>'],
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['two\r\nlines', 'two\\u{d}\\u{a}lines'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['地図 🚗', '地図 🚗'],
    ['\ud800', '\\u{d800}'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it('is cut between characters', () => {
    expect(printable('🚗🚗', 3)).toBe('🚗…')
  })
})
