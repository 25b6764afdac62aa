import type { ReachModel } from '../../reach-model.ts'
import { decideAccessPoint, traceAccessPoint } from './access-point.ts'
import { ACCESS_POINT_TYPES } from './access-points.ts'
import { decideObjectLambda, traceObjectLambda } from './object-lambda.ts'
import { decideBucket, traceBucket } from './bucket.ts'

/** S3 and the doors that lead to its buckets. */
export const S3_MODELS: readonly ReachModel[] = [
  { types: ['AWS::S3::Bucket'], decide: decideBucket, trace: traceBucket },
  { types: ACCESS_POINT_TYPES, decide: decideAccessPoint, trace: traceAccessPoint },
  { types: ['AWS::S3ObjectLambda::AccessPoint'], decide: decideObjectLambda, trace: traceObjectLambda },
]
