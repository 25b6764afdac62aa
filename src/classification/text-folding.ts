// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
const ASCII = /^[\x00-\x7f]*$/

/** NFKC (which folds full-width forms), without blanks at the ends. */
export function fold(value: string): string {
  return (ASCII.test(value) ? value : value.normalize('NFKC')).trim()
}

/**
 * A header, key path or label as lower-case words: `custRef_No` → `cust ref no`, `owner.e-mail` → `owner e mail`,
 * `顧客ＩＤ` → `顧客id`.
 */
export function headerWords(header: string): string {
  return fold(header)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}#]+/gu, ' ')
    .trim()
}

// Segments that wrap a record and say nothing of it.
const WRAPPERS =
  /^(?:data|payload|records?|items?|results?|rows?|body|message|attributes|properties|fields|_source|value|entry|entries|list)$/i

/** A key path in words, lists in the singular and mere wrappers left out: `data.customers.name` → `customer name`. */
export function keyPathWords(path: string): string {
  const segments = path.split('.')
  const last = segments.pop()!
  const around = segments.filter((segment) => !WRAPPERS.test(segment)).map(singular)
  return headerWords([...around, last].join('.'))
}

function singular(word: string): string {
  if (/(?:ss|us|is)$/i.test(word)) return word
  if (/(?:ss|x|ch|sh)es$/i.test(word)) return word.slice(0, -2)
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}y`
  return word.replace(/s$/i, '')
}
