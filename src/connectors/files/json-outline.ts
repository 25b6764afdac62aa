/** The keys of a JSON document's outermost object as far as its first bytes show them. */
export interface JsonOutline {
  readonly keys: ReadonlySet<string>
  /** The keys of the first object in the array under a key. */
  firstElement(key: string): ReadonlySet<string>
}

const OUTLINE_BYTES = 256 * 1024
const MAXIMUM_KEYS = 512
const NONE: ReadonlySet<string> = new Set()

/** Reads the outline off the beginning of a document, which may be cut anywhere or be no JSON at all. */
export function outlineOf(head: Buffer): JsonOutline {
  const text = head.subarray(0, OUTLINE_BYTES).toString('latin1')
  const outer = new Set<string>()
  const inner = new Map<string, Set<string>>()
  let depth = 0
  let key = ''
  let elements = 0
  for (let index = 0; index < text.length && outer.size + inner.size < MAXIMUM_KEYS; index++) {
    const character = text[index]!
    if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    else if (character === ',' && depth === 2) elements++
    else if (character === '"') {
      const end = endOfText(text, index + 1)
      const name = isKey(text, end) ? text.slice(index + 1, end) : null
      if (name !== null && depth === 1) {
        key = name
        elements = 0
        outer.add(name)
      } else if (name !== null && depth === 3 && elements === 0) {
        inner.set(key, (inner.get(key) ?? new Set<string>()).add(name))
      }
      index = end
    }
  }
  return { keys: outer, firstElement: (name) => inner.get(name) ?? NONE }
}

function endOfText(text: string, from: number): number {
  let index = from
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return index
}

function isKey(text: string, end: number): boolean {
  let index = end + 1
  while (index < text.length && /\s/.test(text[index]!)) index++
  return text[index] === ':'
}
