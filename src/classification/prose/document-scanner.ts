import { ELEMENTS } from '../../model/index.ts'
import type { FindingTally } from '../findings/finding-tally.ts'
import { type MentionTableBuilder, NO_MARKET } from '../mentions/mention-table-builder.ts'
import type { ProseFinding, ProseScanner } from './prose-scanner.ts'

/** A text with more values of one kind than this is a list, in which every line is about someone else. */
const VALUES_OF_ONE_PERSON = 4
const SEPARATOR = /^\s*(?:[-=_*#~+─━＝－]{3,}.*)?\s*$/

/** Scans a document: one record for the report, and for the mentions one for each person whose block it holds. */
export class DocumentScanner {
  readonly #prose: ProseScanner
  readonly #mentions: MentionTableBuilder
  readonly #tally: FindingTally
  /** Bits of the elements that the document at hand holds. */
  #elements = 0
  #isOpen = false
  documentCount = 0
  /** By the element's bit: documents that hold it, and mentions of it. */
  readonly documentsWith = new Uint32Array(ELEMENTS.length)
  readonly mentionsWith = new Uint32Array(ELEMENTS.length)

  constructor(prose: ProseScanner, mentions: MentionTableBuilder, tally: FindingTally) {
    this.#prose = prose
    this.#mentions = mentions
    this.#tally = tally
  }

  /** Ends the document at hand; the text that follows is another one's. */
  nextDocument(): void {
    countBits(this.#elements, this.documentsWith)
    this.#elements = 0
    this.#isOpen = false
  }

  /** Scans some of the document's text. */
  scan(text: string): void {
    if (!this.#isOpen) this.documentCount += 1
    this.#isOpen = true
    const lines: ProseFinding[][] = []
    for (const line of text.split('\n')) {
      const findings = SEPARATOR.test(line) ? [] : [...this.#prose.findInLine(line)]
      lines.push(findings)
      for (const finding of findings) this.#count(finding)
    }
    const isBreak = text.split('\n').map((line) => SEPARATOR.test(line))
    const groups = groupByPerson(lines, isBreak)
    for (const group of groups.flatMap((group) => (isList(group) ? group : [group.flat()]))) this.#addMention(group)
  }

  #count({ value, match, named, where }: ProseFinding): void {
    this.#elements |= value.bit
    const place = this.#tally.place(value.detector.element, where, named, named ? value.detector.chanceRate : 0)
    place.tried += 1
    place.hits += 1
    place.values += 1
    place.strengthSum += match.strength
  }

  #addMention(findings: readonly ProseFinding[]): void {
    if (findings.length === 0) return
    const hasLabelledName = findings.some(isLabelledName)
    let elements = 0
    let market = NO_MARKET
    let basis = NO_MARKET
    const identifiers: number[] = []
    for (const { value, named } of findings) {
      elements |= value.bit
      if (value.basis < basis) [market, basis] = [value.market, value.basis]
      // A form of address gives a name in part; beside a labelled one it identifies nobody else.
      const isPartOfName = value.detector.element === 'person-name' && !named && hasLabelledName
      if (value.identifier >= 0 && !isPartOfName) identifiers.push(value.identifier)
    }
    countBits(elements, this.mentionsWith)
    this.#mentions.add(Uint32Array.from(identifiers), 0, identifiers.length, elements, market, basis)
  }
}

function countBits(bits: number, counts: Uint32Array): void {
  for (let bit = 0; bit < counts.length; bit += 1) if ((bits >>> bit) & 1) counts[bit] = counts[bit]! + 1
}

/**
 * The lines of a document by the person they are about: a new group begins where a customer id or labelled name differs
 * from the group's own, and takes with it what stands before it in the same block.
 */
function groupByPerson(lines: readonly (readonly ProseFinding[])[], isBreak: readonly boolean[]): ProseFinding[][][] {
  const groups: ProseFinding[][][] = []
  let group: ProseFinding[][] = []
  let block: ProseFinding[][] = []
  let own = new Map<string, number>()
  lines.forEach((findings, i) => {
    if (isBreak[i]) {
      group.push(...block)
      block = []
      return
    }
    const naming = findings.filter((finding) => finding.named && /customer-id|person-name/.test(finding.value.detector.element))
    const differs = naming.some(({ value }) => (own.get(value.detector.element) ?? value.identifier) !== value.identifier)
    if (differs) {
      const isBlockAnothers = block
        .flat()
        .some((finding) => finding.named && /customer-id|person-name/.test(finding.value.detector.element))
      if (isBlockAnothers) group.push(...block.splice(0))
      groups.push(group)
      group = []
      own = new Map()
    }
    for (const { value } of naming) own.set(value.detector.element, value.identifier)
    block.push([...findings])
  })
  groups.push([...group, ...block])
  return groups
}

function isList(group: readonly (readonly ProseFinding[])[]): boolean {
  const distinct = new Map<string, Set<number>>()
  for (const { value } of group.flat()) {
    if (!/customer-id|email-address|phone-number/.test(value.detector.element)) continue
    const values = distinct.get(value.detector.element) ?? new Set()
    distinct.set(value.detector.element, values.add(value.identifier))
  }
  return [...distinct.values()].some((values) => values.size > VALUES_OF_ONE_PERSON)
}

function isLabelledName({ value, named }: ProseFinding): boolean {
  return named && value.detector.element === 'person-name'
}
