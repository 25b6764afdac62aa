import { IDENTIFIER_KINDS, type IdentifierKind, type MentionTable } from '../model/index.ts'
import { IdentifierIndex } from './identifier-index.ts'
import { SignatureIndex } from './signatures.ts'

/** Which records say what, over all contents: distinct sets of identifiers (signatures), and who holds which identifier. */
export interface RecordGraph {
  readonly signatureCount: number
  readonly identifierCount: number
  /** Codes of IDENTIFIER_KINDS by identifier. */
  readonly kinds: Uint8Array
  /** Identifiers of signature s: identifiers[start[s]] … identifiers[start[s + 1] - 1]. */
  readonly start: Uint32Array
  readonly identifiers: Uint32Array
  /** Signatures that hold identifier i: holders[holderStart[i]] … holders[holderStart[i + 1] - 1]. */
  readonly holderStart: Uint32Array
  readonly holders: Uint32Array
}

export const KIND = Object.fromEntries(IDENTIFIER_KINDS.map((kind, code) => [kind, code])) as Readonly<
  Record<IdentifierKind, number>
>

/** The graph of some contents, and for each content the signature of every row. */
export function buildGraph(tables: readonly MentionTable[]): { graph: RecordGraph; signatures: readonly Uint32Array[] } {
  const identifiers = new IdentifierIndex()
  const signatures = new SignatureIndex()
  const ofRows = tables.map((table) => rowSignatures(table, identifiers.numbersOf(table), signatures))
  const columns = signatures.columns()
  return {
    signatures: ofRows,
    graph: {
      signatureCount: signatures.size,
      identifierCount: identifiers.size,
      kinds: identifiers.kinds(),
      ...columns,
      ...invert(columns.start, columns.identifiers, signatures.size, identifiers.size),
    },
  }
}

function rowSignatures(table: MentionTable, numbers: Uint32Array, signatures: SignatureIndex): Uint32Array {
  const rows = new Uint32Array(table.rowCount)
  let set = new Uint32Array(32)
  for (let row = 0; row < table.rowCount; row += 1) {
    const from = table.start[row]!
    const length = table.start[row + 1]! - from
    if (length > set.length) set = new Uint32Array(length * 2)
    for (let i = 0; i < length; i += 1) set[i] = numbers[table.identifiers[from + i]!]!
    rows[row] = signatures.numberOf(set.subarray(0, sortDistinct(set, length)))
  }
  return rows
}

function sortDistinct(values: Uint32Array, length: number): number {
  if (length > 32) values.subarray(0, length).sort()
  else
    for (let i = 1; i < length; i += 1) {
      const value = values[i]!
      let j = i
      for (; j > 0 && values[j - 1]! > value; j -= 1) values[j] = values[j - 1]!
      values[j] = value
    }
  let end = 0
  for (let i = 0; i < length; i += 1) if (end === 0 || values[i] !== values[end - 1]) values[end++] = values[i]!
  return end
}

function invert(
  start: Uint32Array,
  identifiers: Uint32Array,
  signatureCount: number,
  identifierCount: number,
): { holderStart: Uint32Array; holders: Uint32Array } {
  const holderStart = new Uint32Array(identifierCount + 1)
  for (const identifier of identifiers) holderStart[identifier + 1] = holderStart[identifier + 1]! + 1
  for (let i = 0; i < identifierCount; i += 1) holderStart[i + 1] = holderStart[i + 1]! + holderStart[i]!
  const next = holderStart.slice(0, identifierCount)
  const holders = new Uint32Array(identifiers.length)
  for (let signature = 0; signature < signatureCount; signature += 1)
    for (let at = start[signature]!; at < start[signature + 1]!; at += 1) {
      const identifier = identifiers[at]!
      holders[next[identifier]!] = signature
      next[identifier] = next[identifier]! + 1
    }
  return { holderStart, holders }
}
