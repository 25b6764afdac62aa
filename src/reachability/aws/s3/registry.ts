import type { ReachModel } from '../../reach-model.ts'
import { decideAccessPoint, policiesAtAccessPoint, traceAccessPoint } from './access-point.ts'
import { ACCESS_POINT_TYPES } from './access-points.ts'
import { decideObjectLambda, policiesAtObjectLambda, traceObjectLambda } from './object-lambda.ts'
import { decideBucket, policiesAtBucket, traceBucket } from './bucket.ts'

/** S3 and the doors that lead to its buckets. */
export const S3_MODELS: readonly ReachModel[] = [
  { types: ['AWS::S3::Bucket'], decide: decideBucket, trace: traceBucket, policies: policiesAtBucket },
  { types: ACCESS_POINT_TYPES, decide: decideAccessPoint, trace: traceAccessPoint, policies: policiesAtAccessPoint },
  {
    types: ['AWS::S3ObjectLambda::AccessPoint'],
    decide: decideObjectLambda,
    trace: traceObjectLambda,
    policies: policiesAtObjectLambda,
  },
]
