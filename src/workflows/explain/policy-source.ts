import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Json, PolicySource } from '../../model/index.ts'

interface Given {
  readonly document: string
  readonly file: string | null
  /** The text of the file, where the policy came from one. */
  readonly text: string | null
  /** The policy, or what a provider's command line prints around it. */
  readonly value: Json
}

const MOST_CHARACTERS = 1_000_000

/**
 * The lines of a policy and where its statements stand in them. A file that holds the policy itself keeps its own lines;
 * a policy that is text inside of another document (`{"Policy": "{…}"}`), or that came without a file, is printed anew.
 */
export function policySource({ document, file, text, value }: Given): PolicySource | null {
  if (text !== null && text.length <= MOST_CHARACTERS) {
    const statements = statementLines(text)
    if (statements) return { document, file, asWritten: true, lines: text.replace(/\r?\n$/, '').split(/\r?\n/), statements }
  }
  const policy = insidePolicy(value)
  const printed = policy === null ? null : JSON.stringify(policy, null, 2)
  const statements = printed === null || printed.length > MOST_CHARACTERS ? null : statementLines(printed)
  return statements && { document, file, asWritten: false, lines: printed!.split('\n'), statements }
}

/** First and last line of each statement of a policy written as JSON; null where the text is no such policy. */
function statementLines(text: string): PolicySource['statements'] | null {
  // JSON is YAML, and that parser keeps the places.
  const counter = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: counter, uniqueKeys: false, schema: 'json' })
  if (parsed.errors.length > 0 || !isMap(parsed.contents)) return null
  const pair = parsed.contents.items.find(({ key }) => isScalar(key) && key.value === 'Statement')
  const list = pair?.value
  if (!isSeq(list) && !isMap(list)) return null
  const nodes = (isSeq(list) ? list.items : [list]) as readonly Node[]
  return nodes.map(({ range }) => ({
    first: counter.linePos(range?.[0] ?? 0).line,
    // The end is that of the last character of the statement itself, not of what follows it.
    last: counter.linePos(Math.max((range?.[1] ?? 1) - 1, 0)).line,
  }))
}

/** The policy as an object, out of text and out of the wrapping that command lines print around it. */
function insidePolicy(value: Json): Json | null {
  const read = typeof value === 'string' ? parsed(value) : value
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
  const members = read as { readonly [key: string]: Json }
  if (members.Statement !== undefined) return read
  const wrapped = members.Policy ?? members.policy ?? members.policyText
  return wrapped === undefined || wrapped === read ? null : insidePolicy(wrapped)
}

function parsed(text: string): Json | null {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}
