import { withoutOpenStatements } from '../bucket-policy.ts'
import { folderOf } from '../exposed-store.ts'
import { jsonOption, option, shellWord } from '../shell-words.ts'
import { refusalOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

/** Takes the statements that let outsiders in out of the bucket policy, and leaves the others as they are. */
export const removePublicStatement: RemediationAction = {
  id: 'remove-public-statement',
  when: ['proposed'],
  steps(store, facts) {
    const change = store.type === 'AWS::S3::Bucket' ? withoutOpenStatements(store, facts) : null
    if (change === null) return []
    const bucket = option('bucket', store.name)
    const file = shellWord(`${folderOf(store)}/policy-before.json`)
    const put =
      change.remaining === null
        ? `aws s3api delete-bucket-policy ${bucket}`
        : `aws s3api put-bucket-policy ${bucket} ${jsonOption('policy', change.remaining)}`
    const count = change.removed.length === 1 ? 'the statement that lets' : `${change.removed.length} statements that let`
    return [
      {
        title: `Save the policy of ${store.name}`,
        command: `mkdir -p ${shellWord(folderOf(store))} && aws s3api get-bucket-policy ${bucket} --query Policy --output text > ${file}`,
        verify: `${file} holds the policy as it stands.`,
        wayBack: 'Nothing is changed.',
      },
      {
        title: `Remove ${count} outsiders in from the policy of ${store.name}`,
        command: put,
        verify: refusalOf(store),
        wayBack: `aws s3api put-bucket-policy ${bucket} --policy file://${file}`,
      },
    ]
  },
}
