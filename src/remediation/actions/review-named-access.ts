import { refusalOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

/** Where particular outsiders get in, somebody has to say whether they should. */
export const reviewNamedAccess: RemediationAction = {
  id: 'review-named-access',
  when: ['proposed'],
  steps(store) {
    if (store.audience !== 'named') return []
    const because = [
      ...new Set(Object.values(store.verdicts).flatMap(({ audience, because }) => (audience === 'named' ? because : []))),
    ]
    return [
      {
        title: `Decide whether these outsiders should get into ${store.name}: ${because.join('; ')}`,
        command: null,
        verify: `Where they should, name them in the zone of trust, and it is no exposure any more. Where not, go on: ${refusalOf(store)}`,
        wayBack: 'Nothing is changed.',
      },
    ]
  },
}
