import type { Access } from '../../../model/index.ts'
import type { Operation } from '../roles/definitions.ts'

export type ServiceName = 'blob' | 'file' | 'queue' | 'table'

/** One of the services of a storage account: what a request for its data is called, and what permits it. */
export interface Service {
  readonly name: ServiceName
  /** Its letter in the `ss` of an account signature. */
  readonly letter: 'b' | 'f' | 'q' | 't'
  /** What one store of the service is called, and its segment in resource ids. */
  readonly store: string
  readonly segment: string
  /** Permission letters of a signature: any of them gives the access; null where no signature does. */
  readonly letters: Readonly<Record<Access, string | null>>
  /** Which types of resource an account signature must cover: service, container, object; any of them. */
  readonly covered: Readonly<Record<Access, string>>
  /** Operations of role assignments: any of them gives the access. `weak` ones do so only together with more. */
  readonly operations: Readonly<Record<Access, readonly Operation[]>>
  /** What gives the key that user delegation signatures are made with. */
  readonly delegation: Operation
  readonly attribute: string
  /** The part of the address behind the store's own, for a request that shows the access. */
  readonly path: Readonly<Record<Access, string>>
}

const ACCOUNT = 'Microsoft.Storage/storageAccounts'
const onData = (name: string) => ({ name: `${ACCOUNT}/${name}`, onData: true })
const control = (name: string) => ({ name: `${ACCOUNT}/${name}`, onData: false })

/** Who may assign roles may give every access. */
const GIVE_ROLES = { name: 'Microsoft.Authorization/roleAssignments/write', onData: false }

/** Who has an account key may do everything with the data, as long as keys are allowed. */
export const KEY_OPERATIONS: readonly Operation[] = [
  control('listKeys/action'),
  control('regenerateKey/action'),
  control('listAccountSas/action'),
  control('listServiceSas/action'),
]

export const BLOB: Service = {
  name: 'blob',
  letter: 'b',
  store: 'container',
  segment: 'containers',
  letters: { read: 'r', list: 'l', write: 'wca', delete: 'dxy', admin: 'op' },
  covered: { read: 'o', list: 'c', write: 'o', delete: 'oc', admin: 'o' },
  operations: {
    read: [onData('blobServices/containers/blobs/read')],
    list: [onData('blobServices/containers/blobs/read')],
    write: [onData('blobServices/containers/blobs/write'), onData('blobServices/containers/blobs/add/action')],
    delete: [
      onData('blobServices/containers/blobs/delete'),
      onData('blobServices/containers/blobs/deleteBlobVersion/action'),
      control('blobServices/containers/delete'),
    ],
    admin: [
      control('blobServices/containers/write'),
      control('write'),
      GIVE_ROLES,
      { ...onData('blobServices/containers/blobs/modifyPermissions/action'), weak: true },
      { ...onData('blobServices/containers/blobs/manageOwnership/action'), weak: true },
    ],
  },
  delegation: control('blobServices/generateUserDelegationKey/action'),
  attribute: 'microsoft.storage/storageaccounts/blobservices/containers:name',
  path: { read: '/x', list: '?restype=container&comp=list', write: '/x', delete: '/x', admin: '/x?action=setAccessControl' },
}

export const FILE: Service = {
  name: 'file',
  letter: 'f',
  store: 'share',
  segment: 'shares',
  letters: { read: 'r', list: 'l', write: 'wc', delete: 'd', admin: null },
  covered: { read: 'o', list: 'c', write: 'o', delete: 'oc', admin: '' },
  operations: {
    // Over SMB the identity must also be one of the directory that the account is joined to; over REST backup semantics count.
    read: [
      onData('fileServices/readFileBackupSemantics/action'),
      { ...onData('fileServices/fileshares/files/read'), weak: true },
    ],
    list: [
      onData('fileServices/readFileBackupSemantics/action'),
      { ...onData('fileServices/fileshares/files/read'), weak: true },
    ],
    write: [
      onData('fileServices/writeFileBackupSemantics/action'),
      { ...onData('fileServices/fileshares/files/write'), weak: true },
    ],
    delete: [{ ...onData('fileServices/fileshares/files/delete'), weak: true }, control('fileServices/shares/delete')],
    admin: [
      control('fileServices/shares/write'),
      control('write'),
      GIVE_ROLES,
      { ...onData('fileServices/fileshares/files/modifypermissions/action'), weak: true },
    ],
  },
  delegation: control('fileServices/generateUserDelegationKey/action'),
  attribute: 'microsoft.storage/storageaccounts/fileservices/fileshares:name',
  path: { read: '/x', list: '?restype=directory&comp=list', write: '/x', delete: '/x', admin: '?restype=share&comp=acl' },
}

export const QUEUE: Service = {
  name: 'queue',
  letter: 'q',
  store: 'queue',
  segment: 'queues',
  // Messages are listed by looking at them, and taken out by processing them.
  letters: { read: 'rp', list: 'r', write: 'au', delete: 'p', admin: null },
  covered: { read: 'o', list: 'o', write: 'o', delete: 'oc', admin: '' },
  operations: {
    read: [onData('queueServices/queues/messages/read'), onData('queueServices/queues/messages/process/action')],
    list: [onData('queueServices/queues/messages/read')],
    write: [onData('queueServices/queues/messages/add/action'), onData('queueServices/queues/messages/write')],
    delete: [
      onData('queueServices/queues/messages/delete'),
      onData('queueServices/queues/messages/process/action'),
      control('queueServices/queues/delete'),
    ],
    admin: [control('queueServices/queues/write'), control('write'), GIVE_ROLES],
  },
  delegation: control('queueServices/generateUserDelegationKey/action'),
  attribute: 'microsoft.storage/storageaccounts/queueservices/queues:name',
  path: {
    read: '/messages?peekonly=true',
    list: '/messages?peekonly=true',
    write: '/messages',
    delete: '/messages',
    admin: '?comp=acl',
  },
}

export const TABLE: Service = {
  name: 'table',
  letter: 't',
  store: 'table',
  segment: 'tables',
  // A query without a key lists.
  letters: { read: 'r', list: 'r', write: 'au', delete: 'd', admin: null },
  covered: { read: 'o', list: 'o', write: 'o', delete: 'oc', admin: '' },
  operations: {
    read: [onData('tableServices/tables/entities/read')],
    list: [onData('tableServices/tables/entities/read')],
    write: [
      onData('tableServices/tables/entities/write'),
      onData('tableServices/tables/entities/add/action'),
      onData('tableServices/tables/entities/update/action'),
    ],
    delete: [onData('tableServices/tables/entities/delete'), control('tableServices/tables/delete')],
    admin: [control('tableServices/tables/write'), control('write'), GIVE_ROLES],
  },
  delegation: control('tableServices/generateUserDelegationKey/action'),
  attribute: 'microsoft.storage/storageaccounts/tableservices/tables:name',
  path: { read: '()', list: '()', write: '', delete: "(PartitionKey='x',RowKey='x')", admin: '?comp=acl' },
}

export const SERVICES: readonly Service[] = [BLOB, FILE, QUEUE, TABLE]
