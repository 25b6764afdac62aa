import { option } from '../shell-words.ts'
import { refusalOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

/** Takes away the database's public address; whoever connects from outside its network by right needs another way first. */
export const takeOffTheInternet: RemediationAction = {
  id: 'take-off-the-internet',
  when: ['proposed'],
  steps(store) {
    if (store.type !== 'AWS::RDS::DBInstance') return []
    const modify = `aws rds modify-db-instance ${option('db-instance-identifier', store.name)} ${option('region', store.region)}`
    return [
      {
        title: `Take the public address from ${store.name}`,
        command: `${modify} --no-publicly-accessible --apply-immediately`,
        verify: refusalOf(store),
        wayBack: `${modify} --publicly-accessible --apply-immediately`,
      },
    ]
  },
}
