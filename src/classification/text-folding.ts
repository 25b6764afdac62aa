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
