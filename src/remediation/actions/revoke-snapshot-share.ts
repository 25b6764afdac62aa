import { compareText } from '../../model/index.ts'
import type { ExposedStore } from '../exposed-store.ts'
import { option, shellWord } from '../shell-words.ts'
import type { RemediationAction } from './action.ts'

/** Ends the sharing of a database snapshot with outsiders. Copies that others made of it stay with them. */
export const revokeSnapshotShare: RemediationAction = {
  id: 'revoke-snapshot-share',
  when: ['proposed'],
  steps(store) {
    const noun = SNAPSHOT_NOUNS[store.type]
    const outsiders = outsidersOf(store)
    if (noun === undefined || outsiders.length === 0) return []
    const modify = `aws rds modify-${noun}-attribute ${option(`${noun}-identifier`, store.name)} ${option('region', store.region)} --attribute-name restore`
    const values = outsiders.map(shellWord).join(' ')
    return [
      {
        title: `End the sharing of ${store.name} with ${outsiders.includes('all') ? 'every account' : outsiders.join(', ')}`,
        command: `${modify} --values-to-remove ${values}`,
        verify: `aws rds describe-${noun}-attributes ${option(`${noun}-identifier`, store.name)} ${option('region', store.region)} must list none of ${outsiders.join(', ')} under restore. Copies made before stay with whoever made them.`,
        wayBack: `${modify} --values-to-add ${values}`,
      },
    ]
  },
}

const SNAPSHOT_NOUNS: Readonly<Record<string, string>> = {
  'AWS::RDS::DBSnapshot': 'db-snapshot',
  'AWS::RDS::DBClusterSnapshot': 'db-cluster-snapshot',
}

/** `all`, and the accounts that the verdict calls outsiders: an account inside the zone keeps what it has. */
function outsidersOf({ configuration, verdicts }: ExposedStore): string[] {
  const reading = configuration?.facets.snapshotAttributes
  const restore =
    reading?.status === 'read' && typeof reading.value === 'object' && reading.value !== null && 'restore' in reading.value
      ? reading.value.restore
      : []
  const shared = Array.isArray(restore) ? restore.filter((entry) => typeof entry === 'string') : []
  const reasons = verdicts.read.because.join(' ')
  return shared.filter((entry) => entry === 'all' || reasons.includes(entry)).sort(compareText)
}
