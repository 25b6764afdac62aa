import type { Scope } from './rule.ts'
import type { ObjectFacts, StoreFacts } from './store-facts.ts'

/** Whether a store, or an object in it, is in a rule's scope; undefined where a tag that decides it was not read. */
export function inScope(scope: Scope, store: StoreFacts, object?: ObjectFacts): boolean | undefined {
  const name = object ? `${store.name}/${object.key}` : store.name
  if (scope.names.length > 0 && !scope.names.some((pattern) => matchesPattern(pattern, name))) return false
  if (scope.accounts.length > 0 && !scope.accounts.includes(store.account)) return false
  const tags = Object.entries(scope.tags)
  if (tags.length === 0) return true
  const given = store.tags
  if (!given) return undefined
  return tags.every(([tag, pattern]) => Object.hasOwn(given, tag) && matchesPattern(pattern, given[tag] as string))
}

/** `*` stands for any run of characters, `?` for one; letters match in either case. Takes at most length × length steps. */
export function matchesPattern(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let at = 0
  let tried = 0
  let star = -1
  let starAt = 0
  while (at < given.length) {
    if (wanted[tried] === '*') {
      star = tried++
      starAt = at
    } else if (tried < wanted.length && (wanted[tried] === '?' || wanted[tried] === given[at])) {
      tried++
      at++
    } else if (star >= 0) {
      // The last star takes one character more.
      tried = star + 1
      at = ++starAt
    } else {
      return false
    }
  }
  while (wanted[tried] === '*') tried++
  return tried === wanted.length
}
