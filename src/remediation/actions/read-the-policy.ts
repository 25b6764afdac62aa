import { compareText } from '../../model/index.ts'
import { describeDatabase } from '../describe-database.ts'
import { option } from '../shell-words.ts'
import type { RemediationAction } from './action.ts'

interface ReadCall {
  readonly command: string
  readonly permission: string
}

const BUCKET_CALLS: Readonly<Record<string, ReadCall>> = {
  policy: { command: 'get-bucket-policy', permission: 's3:GetBucketPolicy' },
  acl: { command: 'get-bucket-acl', permission: 's3:GetBucketAcl' },
  publicAccessBlock: { command: 'get-public-access-block', permission: 's3:GetBucketPublicAccessBlock' },
  objectOwnership: { command: 'get-bucket-ownership-controls', permission: 's3:GetBucketOwnershipControls' },
  requestPayment: { command: 'get-bucket-request-payment', permission: 's3:GetBucketRequestPayment' },
  encryption: { command: 'get-bucket-encryption', permission: 's3:GetEncryptionConfiguration' },
}
const DECISIVE = ['acl', 'objectOwnership', 'policy', 'publicAccessBlock']

/** Reads what was not read: nobody shuts, or leaves open, what they cannot see. */
export const readThePolicy: RemediationAction = {
  id: 'read-the-policy',
  when: ['read-first'],
  steps({ type, name, account, verdicts, configuration }) {
    const facets = configuration?.facets ?? {}
    const unread = Object.keys(facets).filter((facet) => facets[facet]?.status === 'not-read')
    const missing = type === 'AWS::S3::Bucket' ? DECISIVE.filter((facet) => facets[facet] === undefined) : []
    const bucketSteps = [...unread, ...missing].sort(compareText).flatMap((facet) => {
      const call = type === 'AWS::S3::Bucket' ? BUCKET_CALLS[facet] : undefined
      const reading = facets[facet]
      const permission = (reading?.status === 'not-read' && reading.missingPermission) || call?.permission
      if (call === undefined || permission === undefined) return []
      return [
        {
          title: `Read the ${facet} of ${name}: it needs ${permission}`,
          command: `aws s3api ${call.command} ${option('bucket', name)}`,
          verify: 'The answer is not AccessDenied. Give it to ajar investigate, or to ajar reach.',
          wayBack: 'Nothing is changed.',
        },
      ]
    })
    if (bucketSteps.length > 0) return bucketSteps
    const because = [
      ...new Set(Object.values(verdicts).flatMap((verdict) => (verdict.audience === 'undecided' ? verdict.because : []))),
    ]
    return [
      {
        title: `Find out what is not known of ${name}: ${because.join('; ') || 'its configuration'}`,
        command:
          type === 'AWS::S3::Bucket'
            ? `aws s3control get-public-access-block ${option('account-id', account)}`
            : describeDatabase(type, name),
        verify: 'Decide again with ajar reach: the answer is no longer undecided.',
        wayBack: 'Nothing is changed.',
      },
    ]
  },
}
