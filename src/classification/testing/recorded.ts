import { readFileSync } from 'node:fs'
import { UnreadableContentError } from '../content-source.ts'
import type { Cell, RecordSink } from '../formats/format.ts'
import { FORMATS } from '../formats/registry.ts'
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import { openContent } from '../opened-content.ts'
import { UnpackingBudget } from '../unpacking-budget.ts'
import { contentOf } from './contents.ts'

/** Everything that a reader handed out. */
export interface Recorded {
  format: string
  /** Rows by table, without their empty cells. */
  readonly tables: Record<string, Record<string, Cell>[]>
  /** Prose of each document. */
  readonly documents: string[]
  readonly members: { readonly name: string; readonly bytes: Uint8Array }[]
  readonly problems: string[]
}

/** Runs the reader that recognises some bytes and keeps what it hands out; wrappers are not opened. */
export async function recorded(bytes: Uint8Array | string, limits: Partial<Limits> = {}): Promise<Recorded> {
  const source = contentOf(bytes)
  const all = { ...DEFAULT_LIMITS, ...limits }
  const opened = openContent(source, { limits: all, signal: undefined, budget: new UnpackingBudget(all, source.sizeBytes) })
  const input = await opened.input()
  const format = FORMATS.find((format) => format.recognise(input.head))
  const result: Recorded = { format: format?.id ?? 'unknown', tables: {}, documents: [], members: [], problems: [] }
  try {
    await format?.read?.(input, recordingSink(result))
  } catch (error) {
    if (!(error instanceof UnreadableContentError)) throw error
    result.format = error.format ?? result.format
    result.problems.push(error.code)
  } finally {
    await opened.close()
  }
  return result
}

/** A file beside the script that made it, with another implementation than the one that reads it. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
}

function recordingSink(result: Recorded): RecordSink {
  let isNew = true
  return {
    rows({ table, columns, cells, rowCount }) {
      result.tables[table] ??= []
      for (let row = 0; row < rowCount; row += 1) {
        const filled = columns.flatMap((name, i) => (cells[i]?.[row] == null ? [] : [[name, cells[i]![row]] as const]))
        result.tables[table].push(Object.fromEntries(filled))
      }
    },
    prose(text) {
      if (isNew) result.documents.push(text)
      else result.documents[result.documents.length - 1] += `\n${text}`
      isNew = false
    },
    nextDocument() {
      isNew = true
    },
    async member({ name, open }) {
      const pieces: Uint8Array[] = []
      for await (const piece of open()) pieces.push(piece)
      result.members.push({ name, bytes: Buffer.concat(pieces) })
    },
    unreadMember({ name }, { code }) {
      result.problems.push(`${name}: ${code}`)
    },
    problem({ code }) {
      result.problems.push(code)
    },
    passed() {},
    skipped() {},
    isNeeded: () => true,
  }
}
