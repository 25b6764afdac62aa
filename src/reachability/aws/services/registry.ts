import type { ReachModel } from '../../reach-model.ts'
import { archiveVault } from './archive-vault.ts'
import { backupVault } from './backup-vault.ts'
import { dataCatalog } from './data-catalog.ts'
import { dataStream, streamConsumer } from './data-stream.ts'
import { serviceModel } from './decision.ts'
import { directoryBucket } from './directory-bucket.ts'
import { eventBus } from './event-bus.ts'
import { fileSystem } from './file-system.ts'
import { lambdaFunction } from './function.ts'
import { imageRepository } from './image-repository.ts'
import { key } from './key.ts'
import { kafkaCluster } from './kafka-cluster.ts'
import { layerVersion } from './layer-version.ts'
import { logDestination } from './log-destination.ts'
import { mediaContainer } from './media-container.ts'
import { packageDomain, packageRepository } from './package-repository.ts'
import { publicImageRepository } from './public-image-repository.ts'
import { queue } from './queue.ts'
import { RESOURCE_SHARE_MODEL } from './resource-share.ts'
import { ROLE_MODEL } from './role.ts'
import { searchDomain } from './search-domain.ts'
import { secret } from './secret.ts'
import type { Service } from './service.ts'
import { bucketTable, tableBucket } from './table-bucket.ts'
import { tableStream } from './table-stream.ts'
import { table } from './table.ts'
import { topic } from './topic.ts'
import { webInterface } from './web-interface.ts'

const SERVICES: readonly Service[] = [
  queue,
  topic,
  key,
  lambdaFunction,
  layerVersion,
  imageRepository,
  publicImageRepository,
  secret,
  fileSystem,
  searchDomain,
  table,
  tableStream,
  dataStream,
  streamConsumer,
  archiveVault,
  backupVault,
  tableBucket,
  bucketTable,
  directoryBucket,
  eventBus,
  packageRepository,
  packageDomain,
  dataCatalog,
  mediaContainer,
  logDestination,
  kafkaCluster,
  webInterface,
]

/** Resources other than buckets that carry a policy of their own. */
export const SERVICE_MODELS: readonly ReachModel[] = [...SERVICES.map(serviceModel), ROLE_MODEL, RESOURCE_SHARE_MODEL]
