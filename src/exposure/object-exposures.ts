import type { Access, ExposureWindow, ObjectExposure, ObjectPresence } from '../model/index.ts'
import { overlap } from './window-overlap.ts'

/**
 * (store open for this access) ∩ (object present), in the order of `presences`; an object put in only after the store was
 * shut is not among them. A key has one entry for each stretch of its presence. Certain: some moment is proved to lie in both.
 */
export function objectExposures(
  window: ExposureWindow,
  presences: readonly ObjectPresence[],
  options: { readonly access: Access },
): ObjectExposure[] {
  const open = window.accessWindows[options.access]
  if (open === undefined) return []
  const proved = window.verdicts[options.access].audience !== 'undecided'
  return presences.flatMap(({ key, present, sizeBytes }) => {
    const shared = overlap(open, present)
    return shared === null ? [] : [{ key, sizeBytes, certain: proved && shared.certain, window: shared.window }]
  })
}
