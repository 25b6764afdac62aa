import { jsonOption, option } from '../shell-words.ts'
import type { RemediationAction } from './action.ts'

/** Turns on the access log of a bucket that has none, or of which nobody knows: without one, silence says nothing. */
export const turnOnAccessLogging: RemediationAction = {
  id: 'turn-on-access-logging',
  when: ['proposed', 'already-shut', 'read-first'],
  steps({ type, name, configuration }) {
    if (type !== 'AWS::S3::Bucket' || configuration === null || configuration.facets.logging?.status === 'read') return []
    const bucket = option('bucket', name)
    const status = { LoggingEnabled: { TargetBucket: 'YOUR-LOG-BUCKET', TargetPrefix: `${name}/` } }
    return [
      {
        title: `Turn on the access log of ${name}${configuration.facets.logging === undefined ? ', where it is not on' : ''}`,
        command: `aws s3api put-bucket-logging ${bucket} ${jsonOption('bucket-logging-status', status)}`,
        verify: `aws s3api get-bucket-logging ${bucket} names the log bucket, and within a few hours it receives files.`,
        wayBack: `aws s3api put-bucket-logging ${bucket} --bucket-logging-status '{}'`,
      },
    ]
  },
}
