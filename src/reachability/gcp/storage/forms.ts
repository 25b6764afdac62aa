import type { Form } from '../iam/door.ts'

const SERVICE = 'storage.googleapis.com'

/** How conditions name a bucket, its objects and its managed folders (https://cloud.google.com/iam/docs/conditions-resource-attributes). */
export function storageForms(bucket: string): { readonly bucket: Form; readonly object: Form; readonly managedFolder: Form } {
  const name = `projects/_/buckets/${bucket}`
  const form = (type: string, rest: string): Form => ({
    service: SERVICE,
    type: `${SERVICE}/${type}`,
    name: name + rest,
    holdsMany: rest !== '',
    tells: 'everything',
  })
  return {
    bucket: form('Bucket', ''),
    object: form('Object', '/objects/'),
    managedFolder: form('ManagedFolder', '/managedFolders/'),
  }
}

/** The bucket of a full resource name: `//storage.googleapis.com/projects/_/buckets/b/…` or `//storage.googleapis.com/b`. */
export function bucketOf(id: string): string {
  const name = id.replace(/^\/\/storage\.googleapis\.com\//, '').replace(/^projects\/[^/]+\/buckets\//, '')
  return name.split('/')[0]!
}

/** The managed folder of a full resource name, with its slash at the end; null for what is none. */
export function managedFolderOf(id: string): string | null {
  const found = /\/managedFolders\/(.+)$/.exec(id)
  return found ? withSlash(found[1]!) : null
}

export function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`
}
