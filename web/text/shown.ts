// What a page must not take over from outside: controls other than tab and line break, and what turns or hides text.
const UNSHOWN = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** The same value with every such character in its texts replaced by U+FFFD: seen to be there, and without effect. */
export function withShownText<T>(value: T): T {
  if (typeof value === 'string') return value.replace(UNSHOWN, '\ufffd') as T
  if (Array.isArray(value)) return value.map((item) => withShownText(item)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [withShownText(key), withShownText(item)])) as T
}
