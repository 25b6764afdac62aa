import type { ReachModel } from '../../reach-model.ts'
import { decideBucket, traceBucket } from './bucket.ts'

/** S3 and the doors that lead to its buckets. */
export const S3_MODELS: readonly ReachModel[] = [{ types: ['AWS::S3::Bucket'], decide: decideBucket, trace: traceBucket }]
