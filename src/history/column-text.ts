/**
 * PostgreSQL text holds neither NUL nor half a surrogate pair, and object keys from outside may hold both.
 * They are spelled with a backslash, and a backslash is doubled, so that every text comes back as it was.
 */
export function toColumn(text: string): string {
  if (!NEEDS_SPELLING.test(text)) return text
  return text.replace(SPELLED, (unit) => (unit === '\\' ? '\\\\' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

/** The text that `toColumn` was given. */
export function fromColumn(column: string): string {
  if (!column.includes('\\')) return column
  return column.replace(/\\(?:\\|u([0-9a-f]{4}))/g, (_, code?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : '\\',
  )
}

const LONE = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const NEEDS_SPELLING = new RegExp(`[\\\\\\u0000]|${LONE}`)
const SPELLED = new RegExp(`[\\\\\\u0000]|${LONE}`, 'g')
