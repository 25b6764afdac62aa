import { readFile } from 'node:fs/promises'
import type { EvidenceFile, Json } from '../../model/index.ts'
import { isObject, listAt, parseJson, textAt } from './json-fields.ts'

/** One data file as a manifest of S3 Inventory names it. */
export interface InventoryDataFile {
  readonly key: string
  readonly md5: string | null
}

const MANIFEST_BYTES = 4 * 1024 * 1024

/** The paths of the data files that the manifests among the files name and that are there. */
export async function dataFilesOfManifests(
  files: readonly EvidenceFile[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const manifests = files.filter((file) => isManifest(file) && file.sizeBytes <= MANIFEST_BYTES)
  const found = new Set<string>()
  if (manifests.length === 0) return found
  const paths = new Set(files.map((file) => file.path))
  for (const manifest of manifests) {
    signal?.throwIfAborted()
    const text = await readFile(manifest.absolutePath, 'utf8').catch(() => '')
    for (const data of dataFilesOf(parseJson(text))) {
      const path = candidatePaths(manifest.path, data.key).find((candidate) => paths.has(candidate))
      if (path !== undefined) found.add(path)
    }
  }
  return found
}

/** Whether the file is the manifest itself and not its checksum or its list for Hive. */
export function isManifest(file: EvidenceFile): boolean {
  return file.layout === 's3-inventory-manifest' && !/\.(?:checksum|txt)$/.test(file.path)
}

/** The data files that a parsed manifest names; entries without a key are left out. */
export function dataFilesOf(manifest: Json | undefined): readonly InventoryDataFile[] {
  return (listAt(manifest, 'files') ?? []).flatMap((entry) => {
    const key = isObject(entry) ? textAt(entry, 'key') : null
    return key === null ? [] : [{ key, md5: textAt(entry, 'MD5checksum') }]
  })
}

/**
 * Where a copy of the destination bucket, or of a part of it, may hold the object of this key, likeliest first:
 * below any folder that the manifest lies in, in the folder `data` beside the manifest's own, or next to it.
 */
export function candidatePaths(manifestPath: string, key: string): readonly string[] {
  const folders = manifestPath.split('/').slice(0, -1)
  const name = key.split('/').at(-1)!
  const below = folders.map((_, index) => [...folders.slice(0, folders.length - index), key].join('/'))
  return [...below, key, [...folders.slice(0, -1), 'data', name].join('/'), [...folders, name].join('/')]
}
