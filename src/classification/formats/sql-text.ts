/** Where something in a SQL text ends; -1 where its end is not in the text. */
export type SqlEnd = number

/** How a dump writes strings. */
export interface SqlDialect {
  /** A backslash in any string begins an escape (MySQL); elsewhere only in those that start with E. */
  readonly hasBackslashEscapes: boolean
}

/** The dialect that the beginning of a dump tells: MySQL and MariaDB quote the names of tables by backticks. */
export function sqlDialect(head: string): SqlDialect {
  const isMysql =
    /^-- (?:MySQL|MariaDB) dump|^\)[^\n]*\bENGINE\s*=|^\s*(?:INSERT (?:IGNORE )?INTO|REPLACE INTO|CREATE TABLE(?: IF NOT EXISTS)?|DROP TABLE IF EXISTS|LOCK TABLES) \x60/im
  return { hasBackslashEscapes: isMysql.test(head) }
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|\x60(?:[^\x60]|\x60\x60)+\x60|\[[^\]]+\]|[\w$\u0080-\uffff]+)`
const PATH = String.raw`${NAME}(?:\s*\.\s*${NAME}){0,3}`
const COLUMNS = String.raw`(?:\s*\(([^()]*)\))?`
const INSERT = new RegExp(
  String.raw`(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+)\s+){0,2}(?:INTO\s+)?(?:TABLE\s+)?(${PATH})${COLUMNS}\s*(?:OVERRIDING\s+\w+\s+VALUE\s*)?VALUES?\s*(?=\()`,
  'iy',
)
const COPY = new RegExp(String.raw`COPY\s+(${PATH})${COLUMNS}\s+FROM\s+stdin\b[^;\n]*;[^\n]*\n`, 'iy')
const CREATE = new RegExp(
  String.raw`CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|EXTERNAL)\s+){0,2}TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(${PATH})\s*(?=\()`,
  'iy',
)

/** The beginning of a statement that holds rows or names columns. */
export interface SqlOpening {
  readonly kind: 'insert' | 'copy' | 'create'
  readonly table: string
  readonly columns: readonly string[] | null
  readonly end: number
}

/** The statement that begins at `at`, or null where it is none that holds rows. */
export function openingAt(text: string, at: number): SqlOpening | null {
  for (const [kind, pattern] of [
    ['insert', INSERT],
    ['copy', COPY],
    ['create', CREATE],
  ] as const) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) continue
    const columns = match[2] === undefined ? null : splitNames(match[2])
    return { kind, table: tableName(match[1]!), columns, end: pattern.lastIndex }
  }
  return null
}

/** Whether a statement that holds rows may begin at `at`, by its first word. */
export function mayOpen(text: string, at: number): boolean {
  return /^(?:INSERT|REPLACE|COPY|CREATE)\b/i.test(text.slice(at, at + 12))
}

/** A name without its quotes; of `schema.table` the table, except where the schema tells something. */
export function tableName(path: string): string {
  const names = [...path.matchAll(new RegExp(NAME, 'g'))].map(([name]) => unquoted(name))
  return names
    .filter((name, i) => i === names.length - 1 || !/^(?:public|dbo|main)$/i.test(name))
    .slice(-2)
    .join('.')
}

function splitNames(list: string): string[] {
  return [...list.matchAll(new RegExp(NAME, 'g'))].map(([name]) => unquoted(name))
}

function unquoted(name: string): string {
  const first = name[0]
  if (first === '"') return name.slice(1, -1).replaceAll('""', '"')
  if (first === '`') return name.slice(1, -1).replaceAll('``', '`')
  return first === '[' ? name.slice(1, -1) : name
}

/** Where blanks and comments from `at` on end. */
export function skipBlanks(text: string, at: number, isLast: boolean): SqlEnd {
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff) at += 1
    else if (text.startsWith('--', at) || code === 35) {
      const end = text.indexOf('\n', at)
      if (end < 0) return isLast ? text.length : -1
      at = end + 1
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) return isLast ? text.length : -1
      at = end + 2
    } else if ((code === 45 || code === 47) && at + 1 >= text.length && !isLast) return -1
    else return at
  }
}

/** Where the quoted text that begins at `at` ends. */
export function skipQuoted(text: string, at: number, hasEscapes: boolean): SqlEnd {
  const quote = text[at]!
  const close = quote === '[' ? ']' : quote
  for (let i = at + 1; ; i += 1) {
    const end = text.indexOf(close, i)
    if (end < 0) return -1
    if (hasEscapes && close === "'") {
      let backslashes = 0
      while (end - 1 - backslashes > at && text.charCodeAt(end - 1 - backslashes) === 92) backslashes += 1
      if (backslashes % 2 === 1) {
        i = end
        continue
      }
    }
    // Whether a quote is doubled is known only with the character after it.
    if (end + 1 >= text.length) return -1
    if (text[end + 1] !== close || close === ']') return end + 1
    i = end + 1
  }
}

/** The column names of a CREATE TABLE whose list begins at `at`, and where it ends. */
export function columnsOf(text: string, at: number): { columns: string[]; end: SqlEnd } {
  const columns: string[] = []
  let from = at + 1
  const take = (to: number): void => {
    const item = text.slice(from, to).trim()
    const isConstraint = /^(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|FOREIGN|CHECK|INDEX|FULLTEXT|SPATIAL|EXCLUDE|LIKE|PERIOD)\b/i.test(
      item,
    )
    if (item !== '' && !isConstraint) columns.push(...splitNames(item).slice(0, 1))
    from = to + 1
  }
  const end = eachTopLevelComma(text, at, false, take)
  return { columns, end }
}

/** Calls `take` at each comma between the parts of a parenthesis and at its end; returns where it ends. */
function eachTopLevelComma(text: string, at: number, hasEscapes: boolean, take: (to: number) => void): SqlEnd {
  let depth = 0
  for (let i = at; i < text.length; ) {
    const character = text[i]!
    if (character === "'" || character === '"' || character === '`') {
      i = skipQuoted(text, i, hasEscapes)
      if (i < 0) return -1
      continue
    }
    if (character === '(') depth += 1
    else if (character === ')') {
      depth -= 1
      if (depth === 0) {
        take(i)
        return i + 1
      }
    } else if (character === ',' && depth === 1) take(i)
    i += 1
  }
  return -1
}

/** The values of the row whose parenthesis begins at `at`, and where it ends; expressions stand as the strings in them. */
export function rowAt(text: string, at: number, dialect: SqlDialect): { values: (string | null)[]; end: SqlEnd } {
  const values: (string | null)[] = []
  let depth = 0
  let from = at + 1
  let strings: string[] | null = null
  for (let i = at; i < text.length; ) {
    const code = text.charCodeAt(i)
    if (code === 39) {
      const hasEscapes = dialect.hasBackslashEscapes || /e/i.test(prefixBefore(text, i))
      const end = skipQuoted(text, i, hasEscapes)
      if (end < 0) break
      strings ??= []
      strings.push(stringValue(text.slice(i + 1, end - 1), hasEscapes, prefixBefore(text, i)))
      i = end
      continue
    }
    if (code === 40) depth += 1
    else if (code === 41) depth -= 1
    if (depth === 0 || (depth === 1 && code === 44)) {
      values.push(strings === null ? bareValue(text.slice(from, i)) : strings.join(''))
      strings = null
      from = i + 1
      if (depth === 0) return { values, end: i + 1 }
    }
    i += 1
  }
  return { values, end: -1 }
}

/** The letters right before a string, such as N, E or X. */
function prefixBefore(text: string, at: number): string {
  const before = text[at - 1] ?? ''
  return /[enxb]/i.test(before) && !/\w/.test(text[at - 2] ?? '') ? before.toLowerCase() : ''
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', '0': '\0', Z: '\x1a' }

function stringValue(raw: string, hasEscapes: boolean, prefix: string): string {
  if (prefix === 'x') return hexText(raw)
  const plain = raw.includes("''") ? raw.replaceAll("''", "'") : raw
  if (!hasEscapes || !plain.includes('\\')) return plain
  return plain.replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character)
}

function bareValue(raw: string): string | null {
  const value = raw.trim()
  if (value === '' || /^(?:NULL|DEFAULT)$/i.test(value)) return null
  return /^0x[0-9a-f]+$/i.test(value) ? hexText(value.slice(2)) : value
}

// Dumps write text columns in hex too; bytes that are no text hold nothing that is looked for here.
function hexText(hex: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(hex, 'hex'))
  } catch {
    return ''
  }
}

/** The cells of a line of COPY's text format; null for `\N`. */
export function copyCells(line: string): (string | null)[] {
  return line.split('\t').map((cell) => {
    if (cell === '\\N') return null
    return cell.includes('\\')
      ? cell.replace(/\\([\s\S])/g, (_, character: string) => COPY_ESCAPES[character] ?? character)
      : cell
  })
}

const COPY_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }
