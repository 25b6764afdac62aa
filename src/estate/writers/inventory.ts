import { createHash } from 'node:crypto'
import { day, isoMilliseconds, type Moment } from '../moments.ts'
import { random } from '../random.ts'
import { inBatch } from '../truth/census.ts'
import type { Store, StoredObject } from '../world/store.ts'
import { STORES } from '../world/stores.ts'
import { type Delivery, gzip } from './delivery.ts'

const CONFIGURATION = 'all-objects'
const SCHEMA =
  'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate, ETag, StorageClass, IsMultipartUploaded, EncryptionStatus'

/** S3 Inventory reports in CSV, each with its manifest and the manifest's checksum; keys are URL-encoded as S3 writes them. */
export function writeInventories(seed: number, objects: readonly StoredObject[], delivery: Delivery): void {
  const byStore = Map.groupBy(objects, ({ store }) => store)
  for (const store of STORES) {
    for (const moment of store.inventories) {
      if (moment >= store.createdAt && inBatch(store, moment, 1))
        writeInventory(seed, store, moment, byStore.get(store) ?? [], delivery)
    }
  }
}

function writeInventory(seed: number, store: Store, moment: Moment, objects: readonly StoredObject[], delivery: Delivery): void {
  const early = inBatch(store, moment, 0)
  const present = objects.filter(({ putAt, deletedAt }) => putAt <= moment && (deletedAt === null || deletedAt > moment))
  const folder = `${store.name}/${CONFIGURATION}`
  const files = []
  if (present.length > 0) {
    const rows = present.sort((a, b) => (a.key < b.key ? -1 : 1)).map(inventoryRow)
    const packed = gzip(rows.join(''))
    const key = `${folder}/data/${random(seed, 'inventory', store.name, moment).uuid()}.csv.gz`
    delivery.write(`s3-inventory/${key}`, packed, early)
    files.push({ key, size: packed.length, MD5checksum: md5(packed) })
  }
  const manifest = JSON.stringify(
    {
      sourceBucket: store.name,
      destinationBucket: `arn:aws:s3:::inventory-delivery-${store.account.id}`,
      version: '2016-11-30',
      creationTimestamp: String(moment),
      fileFormat: 'CSV',
      fileSchema: SCHEMA,
      files,
    },
    null,
    2,
  )
  const made = `s3-inventory/${folder}/${day(moment)}T00-00Z`
  delivery.write(`${made}/manifest.json`, manifest, early)
  delivery.write(`${made}/manifest.checksum`, `${md5(new TextEncoder().encode(manifest))}\n`, early)
}

function inventoryRow({ store, key, sizeBytes, putAt, etag }: StoredObject): string {
  return `"${store.name}","${inventoryKey(key)}","","true","false","${sizeBytes}","${isoMilliseconds(putAt)}","${etag}","STANDARD","false","NOT-SSE"\n`
}

function inventoryKey(key: string): string {
  return key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/')
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex')
}
