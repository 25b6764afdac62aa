/**
 * Fields of a line that are separated by `separator` and may stand in double quotes, where a quote inside is doubled; null
 * where quotes do not pair or text stands beside them. (RFC 4180, section 2, for one line.)
 */
export function quotedFields(line: string, separator: string): string[] | null {
  const fields: string[] = []
  for (let at = 0; ; ) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at)
      const field = end < 0 ? line.slice(at) : line.slice(at, end)
      if (field.includes('"')) return null
      fields.push(field)
      if (end < 0) return fields
      at = end + 1
      continue
    }
    let close = line.indexOf('"', at + 1)
    while (close >= 0 && line[close + 1] === '"') close = line.indexOf('"', close + 2)
    if (close < 0) return null
    fields.push(line.slice(at + 1, close).replaceAll('""', '"'))
    if (close + 1 === line.length) return fields
    if (line[close + 1] !== separator) return null
    at = close + 2
  }
}
