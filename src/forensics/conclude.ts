import type { Audience, ConclusionCode, CoverageState } from '../model/index.ts'

/** What the logs of one store show over the hours in which it was open, and what they could have shown. */
export interface Findings {
  /** Reads by outsiders that succeeded in every consistent reading of their lines. */
  readonly reads: number
  readonly lists: number
  /** Lines that hold a successful outside read or listing in one reading and not in another, or whose sender is hidden. */
  readonly ambiguous: number
  /** Lines that could not be read at all. */
  readonly rejected: number
  readonly openHours: number
  readonly hours: Readonly<Record<CoverageState, number>>
  /** Open hours that two independent sources covered. */
  readonly hoursCoveredTwice: number
  readonly reach: Audience
  /** Requests of outsiders that succeeded and neither read nor listed: writes, deletes, metadata. */
  readonly others?: number
  /** What hours that count are called, one and several; open hours where the reach of the store was decided. */
  readonly hourNouns?: readonly [string, string]
  /** Nobody was named as inside, so that colleagues may be among the outsiders; the sentence says so. */
  readonly withoutZone?: boolean
}

export interface Conclusion {
  readonly code: ConclusionCode
  readonly sentence: string
}

/**
 * The strongest statement that the logs bear, by the table in docs/what-silence-is-worth.md: the first row that applies.
 * A best-effort log alone never proves that nobody came, so no sentence says so.
 */
export function conclude(findings: Findings): Conclusion {
  const { reads, lists, ambiguous, rejected, openHours, hours, hoursCoveredTwice, reach } = findings
  const covered = hours['configured-observed'] + hours['configured-silent']
  const code: ConclusionCode =
    reads > 0
      ? 'read'
      : ambiguous > 0
        ? 'ambiguous'
        : lists > 0
          ? 'listed'
          : covered === 0
            ? reach === 'undecided'
              ? 'undecided'
              : 'dark'
            : covered === openHours && hoursCoveredTwice === openHours && rejected === 0
              ? 'silent-full'
              : 'silent-part'
  const sentence = sentenceFor(code, findings, covered)
  const hasOutsiders = code === 'read' || code === 'ambiguous' || code === 'listed' || (findings.others ?? 0) > 0
  return { code, sentence: findings.withoutZone && hasOutsiders ? `${sentence} ${WITHOUT_ZONE}` : sentence }
}

const WITHOUT_ZONE = 'Nobody was named as inside, so colleagues may be among those called outsiders.'

function sentenceFor(code: ConclusionCode, findings: Findings, covered: number): string {
  const { reads, lists, ambiguous, rejected, openHours, others = 0, hourNouns = OPEN_HOURS } = findings
  const rest = rejected > 0 ? ` ${counted(rejected, 'log line')} could not be read.` : ''
  const ofHours = `${group(openHours)} ${hourNouns[openHours === 1 ? 0 : 1]}`
  const extent =
    covered === openHours ? (openHours === 1 ? `the only ${hourNouns[0]}` : `all ${ofHours}`) : `${group(covered)} of ${ofHours}`
  const nothing = others > 0 ? 'No outside read or listing' : 'No outside access'
  const besides = others > 0 ? ` Outsiders succeeded with ${counted(others, 'other request')} (writes, deletes, metadata).` : ''
  switch (code) {
    case 'read':
      return `Outsiders read data: ${counted(reads, 'request')} from outside succeeded; the logs cover ${extent}, so there may have been more.${rest}`
    case 'ambiguous':
      return `Outsiders may have read data: ${counted(ambiguous, 'log line')} can be read as access from outside, and also otherwise; the logs cover ${extent}.${rest}`
    case 'listed':
      return `Outsiders listed object names in ${counted(lists, 'request')}; no outside read of data is in the logs, which cover ${extent} and whose completeness the provider does not guarantee.${rest}`
    case 'silent-full':
      return `${nothing} is in two independent logs, each covering ${extent}; the provider does not guarantee that either is complete.${besides}`
    case 'silent-part':
      return `${nothing} is in the logs, which cover ${extent}; the provider does not guarantee that they are complete.${besides}${rest}`
    case 'dark':
      return openHours === 0
        ? `Whether anyone came cannot be known: no log covers any time.${besides}${rest}`
        : `Whether anyone came cannot be known: no log covers any of the ${ofHours}.${besides}${rest}`
    case 'undecided':
      return `Neither is known whether the store could be reached from outside, nor does any log cover the ${counted(openHours, 'hour')} in question.${rest}`
  }
}

const OPEN_HOURS = ['open hour', 'open hours'] as const

function counted(count: number, noun: string): string {
  return `${group(count)} ${noun}${count === 1 ? '' : 's'}`
}

function group(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
