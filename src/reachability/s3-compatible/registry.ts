import type { ReachModel } from '../reach-model.ts'
import { minio } from './minio.ts'
import { storeModel } from './store.ts'
import { versitygw } from './versitygw.ts'

export const S3_COMPATIBLE_MODELS: readonly ReachModel[] = [minio, versitygw].map(storeModel)
