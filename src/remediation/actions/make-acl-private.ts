import type { Json } from '../../model/index.ts'
import { type ExposedStore, folderOf } from '../exposed-store.ts'
import { option, shellWord } from '../shell-words.ts'
import { refusalOf } from '../witness-check.ts'
import type { RemediationAction } from './action.ts'

const PUBLIC_GROUP = /groups\/global\/(AllUsers|AuthenticatedUsers)/

/** Takes the grants to everyone, or to any AWS account, out of the bucket's access control list. */
export const makeAclPrivate: RemediationAction = {
  id: 'make-acl-private',
  when: ['proposed'],
  steps(store) {
    if (store.type !== 'AWS::S3::Bucket' || !grantsToGroups(store)) return []
    const bucket = option('bucket', store.name)
    const file = shellWord(`${folderOf(store)}/acl-before.json`)
    return [
      {
        title: `Save the access control list of ${store.name}`,
        command: `mkdir -p ${shellWord(folderOf(store))} && aws s3api get-bucket-acl ${bucket} > ${file}`,
        verify: `${file} holds the grants as they stand.`,
        wayBack: 'Nothing is changed.',
      },
      {
        title: `Make the access control list of ${store.name} private`,
        command: `aws s3api put-bucket-acl ${bucket} --acl private`,
        verify: `${refusalOf(store)} Objects have lists of their own, which this does not change.`,
        wayBack: `aws s3api put-bucket-acl ${bucket} --access-control-policy file://${file}`,
      },
    ]
  },
}

function grantsToGroups({ configuration }: ExposedStore): boolean {
  const acl = configuration?.facets.acl
  return acl?.status === 'read' && grantsOf(acl.value).some((grant) => PUBLIC_GROUP.test(JSON.stringify(grant)))
}

function grantsOf(acl: Json): readonly Json[] {
  if (typeof acl !== 'object' || acl === null || !('Grants' in acl)) return []
  return Array.isArray(acl.Grants) ? acl.Grants : []
}
