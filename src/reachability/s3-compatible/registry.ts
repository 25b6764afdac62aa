import type { ReachModel } from '../reach-model.ts'
import { ceph } from './ceph.ts'
import { minio } from './minio.ts'
import { storeModel } from './store.ts'
import { versitygw } from './versitygw.ts'

export const S3_COMPATIBLE_MODELS: readonly ReachModel[] = [ceph, minio, versitygw].map(storeModel)
