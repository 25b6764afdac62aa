import type { KeyView } from '../policy/key-view.ts'
import { ANY_REST, type PolicyTarget, type WitnessContext } from '../policy/target.ts'
import type { RequestShape } from '../policy/requests.ts'
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

/** What requests through an access point carry beside what direct ones do. */
export interface Passage {
  /** Tells passages apart. */
  readonly name: string
  readonly key: (key: string, shape: RequestShape) => KeyView | null
  readonly carries: (context: WitnessContext) => WitnessContext
}

/** A bucket as policies see it, in requests that come through the passage if there is one. */
export function bucketTarget(arn: string, passage: Passage | null = null): PolicyTarget {
  return targetOf(arn, `${arn}/`, passage)
}

/** An access point as policies see it. S3, user guide: "Configuring IAM policies for using access points". */
export function accessPointTarget(arn: string, passage: Passage): PolicyTarget {
  return targetOf(arn, `${arn}/object/`, passage)
}

function targetOf(arn: string, objectsArn: string, passage: Passage | null): PolicyTarget {
  const objects = { arn: objectsArn, rest: ANY_REST }
  const whole = { arn, rest: null }
  return {
    arn,
    ...(passage ? { variant: passage.name } : {}),
    names: (action) => (OBJECT_ACTIONS.has(action) ? objects : whole),
    // Access points take signed requests only. S3, user guide: "Access points restrictions and limitations".
    takesUnsigned: () => passage === null,
    keysBySenderOnly: passage === null,
    key: (key, shape, setting) => passage?.key(key, shape) ?? s3Key(key, shape, setting),
    carries: (_, { account }, tls, context) => ({
      ...(account === '' ? {} : { 's3:ResourceAccount': account }),
      ...(tls === null ? {} : { 's3:TlsVersion': tls }),
      ...passage?.carries(context),
    }),
  }
}
