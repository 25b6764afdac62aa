import type { ReachModel } from '../reach-model.ts'
import { ARTIFACT_REGISTRY_MODELS } from './artifact-registry.ts'
import { BIGQUERY_MODELS } from './bigquery.ts'
import { CLOUD_SQL_MODELS } from './cloud-sql.ts'
import { COMPUTE_MODELS } from './compute.ts'
import { FIRESTORE_MODELS } from './firestore.ts'
import { PUBSUB_MODELS } from './pubsub.ts'
import { SECRET_MODELS } from './secrets.ts'
import { SERVERLESS_MODELS } from './serverless.ts'
import { decideBucket } from './storage/bucket.ts'
import { decideManagedFolder } from './storage/managed-folder.ts'
import { WIDE_COLUMN_MODELS } from './wide-column.ts'

/** Resources of Google Cloud, by the asset inventory's type names. */
export const GCP_MODELS: readonly ReachModel[] = [
  { types: ['storage.googleapis.com/Bucket'], decide: decideBucket },
  { types: ['storage.googleapis.com/ManagedFolder'], decide: decideManagedFolder },
  ...BIGQUERY_MODELS,
  ...CLOUD_SQL_MODELS,
  ...PUBSUB_MODELS,
  ...ARTIFACT_REGISTRY_MODELS,
  ...COMPUTE_MODELS,
  ...SECRET_MODELS,
  ...WIDE_COLUMN_MODELS,
  ...FIRESTORE_MODELS,
  ...SERVERLESS_MODELS,
]
