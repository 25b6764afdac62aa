import type { ReachModel } from '../reach-model.ts'
import { decideBucket } from './storage/bucket.ts'
import { decideManagedFolder } from './storage/managed-folder.ts'

/** Resources of Google Cloud, by the asset inventory's type names. */
export const GCP_MODELS: readonly ReachModel[] = [
  { types: ['storage.googleapis.com/Bucket'], decide: decideBucket },
  { types: ['storage.googleapis.com/ManagedFolder'], decide: decideManagedFolder },
]
