import type { OperationAccess } from '../../operation-access.ts'

/** What an operation of Azure Storage does; names come in either case. */
export function azureStorageAccess(operation: string, category: string | null): OperationAccess {
  const name = operation.toLowerCase()
  if (/acl$|^set\w*serviceproperties$|immutabilitypolicy|legalhold|^getuserdelegationkey$/.test(name) && !name.startsWith('get'))
    return 'admin'
  if (/^list|^getblockmanifest|^findblobsbytags|^querytables$|^readdir|^listfilesystem/.test(name)) return 'list'
  if (/^get\w*(?:properties|metadata|acl|stats|tags)$|^head|^getpathstatus|^getblocklist|^getpageregions/.test(name))
    return 'head'
  if (/^delete|^undelete/.test(name) || category === 'StorageDelete') return name.startsWith('undelete') ? 'write' : 'delete'
  if (/^copy\w*source$/.test(name)) return 'read'
  if (/^(?:get|read|query|peek|download|open)/.test(name)) return 'read'
  if (
    /^(?:put|append|copy|create|set|insert|update|merge|write|snapshot|incrementalcopy|abortcopy|rename|flush|upload)/.test(name)
  )
    return 'write'
  if (category === 'StorageWrite') return 'write'
  return category === 'StorageRead' ? 'read' : 'other'
}

/** Account, container and blob of `/account/container/blob`, the form of object keys in both kinds of log. */
export function azureObject(key: string | null): { store: string | null; blob: string | null } {
  const match = key === null ? null : /^\/?([^/]+)(?:\/([^/]+))?(?:\/(.*))?$/s.exec(key)
  if (!match) return { store: null, blob: null }
  return { store: match[2] === undefined ? match[1]! : `${match[1]}/${match[2]}`, blob: match[3] || null }
}

/** `192.0.2.3:51234` or `[2001:db8::1]:443` without the port. */
export function azureAddress(address: string | null): string | null {
  return address === null ? null : address.replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/^((?:\d{1,3}\.){3}\d{1,3}):\d+$/, '$1')
}
