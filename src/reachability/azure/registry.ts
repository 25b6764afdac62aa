import type { ReachModel } from '../reach-model.ts'
import { decideDisk } from './compute/disk.ts'
import { decideContainerRegistry } from './container-images/container-registry.ts'
import { decideCosmosAccount } from './cosmos/account.ts'
import { decideNamespace } from './messaging/namespace.ts'
import { decideMysqlServer, decidePostgresServer } from './sql/flexible-server.ts'
import { decideSqlDatabase, decideSqlServer } from './sql/server.ts'
import { decideContainer } from './storage/container.ts'
import { decideQueue, decideShare, decideTable } from './storage/other-stores.ts'
import { decideAccount } from './storage/whole-account.ts'

/** The data stores of Azure. Resource Graph writes the names of types in lower case. */
export const AZURE_MODELS: readonly ReachModel[] = (
  [
    { types: ['Microsoft.Storage/storageAccounts'], decide: decideAccount },
    { types: ['Microsoft.Storage/storageAccounts/blobServices/containers'], decide: decideContainer },
    { types: ['Microsoft.Storage/storageAccounts/fileServices/shares'], decide: decideShare },
    { types: ['Microsoft.Storage/storageAccounts/queueServices/queues'], decide: decideQueue },
    { types: ['Microsoft.Storage/storageAccounts/tableServices/tables'], decide: decideTable },
    { types: ['Microsoft.Sql/servers'], decide: decideSqlServer },
    { types: ['Microsoft.Sql/servers/databases'], decide: decideSqlDatabase },
    { types: ['Microsoft.DBforPostgreSQL/flexibleServers'], decide: decidePostgresServer },
    { types: ['Microsoft.DBforMySQL/flexibleServers'], decide: decideMysqlServer },
    { types: ['Microsoft.DocumentDB/databaseAccounts'], decide: decideCosmosAccount },
    { types: ['Microsoft.Compute/disks', 'Microsoft.Compute/snapshots'], decide: decideDisk },
    { types: ['Microsoft.ContainerRegistry/registries'], decide: decideContainerRegistry },
    { types: ['Microsoft.ServiceBus/namespaces', 'Microsoft.EventHub/namespaces'], decide: decideNamespace },
  ] satisfies readonly ReachModel[]
).map(({ types, decide }) => ({ types: types.flatMap((type) => [type, type.toLowerCase()]), decide }))
