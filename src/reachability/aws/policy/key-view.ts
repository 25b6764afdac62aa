import type { Pattern } from '../../engine/patterns.ts'

export { without } from '../../engine/patterns.ts'
import { accepts, type Constraint, type Variable } from '../../engine/solve.ts'

/** What is known of one condition key in requests of one shape. */
export type KeyView =
  | { readonly kind: 'absent' }
  /** There, with these values whatever the sender does. */
  | { readonly kind: 'fixed'; readonly values: readonly string[] }
  /**
   * Read off a variable: `project` turns a constraint on the key into one on the variable, null where that cannot be
   * said. `declare` is the variable where the shape does not have it already.
   */
  | {
      readonly kind: 'variable'
      readonly variable: string
      readonly declare?: Variable
      readonly project?: (constraint: Constraint) => Constraint | null
    }
  /** Not modelled, or not known to the one who asks: a sentence part. */
  | { readonly kind: 'unknown'; readonly why: string }

/** A key whose value follows from a variable of few values; null: absent. */
export function derived(variable: string, read: (value: string) => string | null): KeyView {
  return {
    kind: 'variable',
    variable,
    project: ({ whenAbsent, values }) => ({
      whenAbsent,
      quantifier: 'some',
      values: {
        kind: 'test',
        landmarks: [],
        accepts: (value) => {
          const own = read(value)
          return own === null ? whenAbsent : accepts(values, own)
        },
      },
    }),
  }
}

/** A key that is a part of a text variable: `widen` gives the texts whose part is in the pattern. */
export function onText(variable: string, widen: (pattern: Pattern) => readonly Pattern[], declare?: Variable): KeyView {
  return {
    kind: 'variable',
    variable,
    ...(declare ? { declare } : {}),
    project: (constraint) => {
      const { values } = constraint
      if (values.kind === 'every' || values.kind === 'nothing') return constraint
      if (values.kind !== 'patterns') return null
      return { ...constraint, values: { ...values, patterns: values.patterns.flatMap(widen) } }
    },
  }
}
