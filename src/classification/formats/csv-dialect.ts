/** How a text separates and quotes its fields. */
export interface CsvDialect {
  readonly delimiter: string
  readonly columnCount: number
}

const DELIMITERS = [',', '\t', ';', '|'] as const
const SAMPLE_RECORDS = 200
// A first record longer than the sample is a table's if it has as many fields as no sentence has commas.
const MANY_FIELDS = 100

/**
 * The dialect of a table of separated values, or null for other text: the delimiter under which the first records have
 * the same number of fields, at least two. Where several fit, the one with most fields.
 */
export function sniffDialect(text: string, isWhole: boolean): CsvDialect | null {
  let best: CsvDialect | null = null
  for (const delimiter of DELIMITERS) {
    const counts = fieldCounts(text, delimiter, isWhole)
    const columnCount = counts[0] ?? 0
    if (columnCount < 2 || columnCount <= (best?.columnCount ?? 1)) continue
    const alike = counts.filter((count) => count === columnCount).length
    const isTable = counts.length >= 2 ? alike / counts.length >= 0.9 : !isWhole && columnCount >= MANY_FIELDS
    if (isTable) best = { delimiter, columnCount }
  }
  return best
}

function fieldCounts(text: string, delimiter: string, isWhole: boolean): number[] {
  const counts: number[] = []
  let fields = 1
  let isEmpty = true
  let inQuotes = false
  for (let i = 0; i < text.length && counts.length < SAMPLE_RECORDS; i += 1) {
    const character = text[i]!
    if (character === '"') inQuotes = !inQuotes
    else if (inQuotes) continue
    else if (character === delimiter) fields += 1
    else if (character === '\n' || (character === '\r' && text[i + 1] !== '\n')) {
      if (!isEmpty) counts.push(fields)
      fields = 1
      isEmpty = true
      continue
    }
    if (character !== '\r') isEmpty = false
  }
  if ((isWhole || counts.length === 0) && !isEmpty && counts.length < SAMPLE_RECORDS) counts.push(fields)
  return counts
}
