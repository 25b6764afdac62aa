import type { Audience } from '../../model/index.ts'

/** Audiences in the order in which a case counts and lists them: what is undecided is possibly open, and comes before named. */
export const WIDEST_FIRST: readonly Audience[] = ['anyone', 'any-identity', 'undecided', 'named', 'none']

export function widestOf(audiences: readonly Audience[]): Audience {
  return WIDEST_FIRST.find((audience) => audiences.includes(audience)) ?? 'none'
}
