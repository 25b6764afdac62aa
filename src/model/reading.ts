/**
 * What one attempt to read something gave. "Not read" is a value of its own and never looks like "not set":
 * a denied call must not be taken for a closed store.
 */
export type Reading<T> =
  | { readonly status: 'read'; readonly value: T }
  /** Read, and the provider said that nothing is set. */
  | { readonly status: 'absent' }
  | { readonly status: 'not-read'; readonly reason: string; readonly missingPermission?: string }
