import { refusalOf, witnessCheck, witnessOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

/** Tries the request that worked: it must be refused now. */
export const verifyThatItIsShut: RemediationAction = {
  id: 'verify-that-it-is-shut',
  when: ['proposed', 'already-shut'],
  steps(store) {
    const witness = witnessOf(store)
    const check = witness && witnessCheck(store, witness)
    return [
      {
        title: `Check that outsiders are refused at ${store.name}`,
        command: check?.command ?? null,
        verify: refusalOf(store),
        wayBack: 'Nothing is changed.',
      },
    ]
  },
}
