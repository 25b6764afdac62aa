import type { ReachModel } from '../reach-model.ts'
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
  ] satisfies readonly ReachModel[]
).map(({ types, decide }) => ({ types: types.flatMap((type) => [type, type.toLowerCase()]), decide }))
