import type { PolicyTarget } from '../policy/target.ts'
import { ANY_REST } from '../policy/target.ts'
import { s3Key } from './keys.ts'

/** Actions on objects name `BUCKET/KEY`, the others the bucket itself: a grant on the wrong one of the two is dead. */
const OBJECT_ACTIONS: ReadonlySet<string> = new Set([
  's3:GetObject',
  's3:GetObjectVersion',
  's3:PutObject',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObjectAcl',
])

/** A bucket as policies see it. */
export function bucketTarget(arn: string): PolicyTarget {
  const objects = { arn: `${arn}/`, rest: ANY_REST }
  const bucket = { arn, rest: null }
  return {
    arn,
    names: (action) => (OBJECT_ACTIONS.has(action) ? objects : bucket),
    takesUnsigned: () => true,
    key: s3Key,
    carries: (_, { account }, tls) => ({
      ...(account === '' ? {} : { 's3:ResourceAccount': account }),
      ...(tls === null ? {} : { 's3:TlsVersion': tls }),
    }),
  }
}
