import type { EvidenceFile, EvidenceLayout, Unread } from '../../model/index.ts'
import { cliOutputOf } from './cli-outputs.ts'
import { type JsonOutline, outlineOf } from './json-outline.ts'
import type { Head } from './read-head.ts'
import type { WalkedFile } from './walk-directories.ts'

/** What a path alone tells. */
export type PathLayout = Pick<EvidenceFile, 'layout' | 'object'>

const DELIVERY = /^AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?\d{12}\/(?:o-[a-z0-9]{10,32}\/)?(Config|CloudTrail|CloudTrail-Digest)\//
const OBJECT = /^objects\/([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])\/(.+)$/s
const INVENTORY_MANIFEST = /\/\d{4}-\d\d-\d\dT\d\d-\d\dZ\/manifest\.(?:json|checksum)$|\/hive\/dt=[^/]+\/symlink\.txt$/
const ACCESS_LOG = /\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9A-F]{16}(?:\.(?:gz|log|txt))*$/
const ACCESS_LOG_LINE =
  /^\S{1,128} ([a-z0-9][A-Za-z0-9._-]{2,254}) \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] \S+ \S+ /

/** The layout that a path's shape stands for, by the first folder in it that begins such a shape. */
export function layoutOfPath(path: string): PathLayout {
  const segments = path.split('/')
  for (let index = 0; index < segments.length; index++) {
    const rest = segments[index] === 'AWSLogs' || segments[index] === 'objects' ? segments.slice(index).join('/') : ''
    const delivery = DELIVERY.exec(rest)
    if (delivery) return { layout: deliveryLayout(delivery[1]!) }
    const object = OBJECT.exec(rest)
    if (object) return { layout: 'object', object: { bucket: object[1]!, key: object[2]! } }
  }
  if (INVENTORY_MANIFEST.test(`/${path}`)) return { layout: 's3-inventory-manifest' }
  return { layout: ACCESS_LOG.test(segments.at(-1)!) ? 's3-access-log' : 'unknown' }
}

/** The file with its layout: what it begins with decides over its path, which decides where the beginning tells nothing. */
export function recogniseFile(
  walked: WalkedFile,
  byPath: PathLayout,
  head: Head,
): { readonly file: EvidenceFile; readonly unread: Unread | null } {
  const layout = layoutOfContent(head.bytes) ?? (byPath.layout === 'unknown' ? layoutOfEmpty(walked, head) : byPath.layout)
  const bucket = layout === 's3-access-log' ? bucketOfLog(walked.path, head.bytes) : undefined
  const file: EvidenceFile = { ...walked, layout, ...(bucket === undefined ? {} : { bucket }) }
  return { file, unread: layout === 'unknown' ? unknownFile(walked, head) : null }
}

/** The layout that the first kilobytes of a file show, or null. */
export function layoutOfContent(head: Buffer): EvidenceLayout | null {
  const start = head.subarray(0, 4096).toString('latin1').trimStart()
  if (ACCESS_LOG_LINE.test(start)) return 's3-access-log'
  if (!/^(?:\xef\xbb\xbf)?\s*[[{]/.test(start)) return null
  return layoutOfJson(outlineOf(head))
}

function layoutOfJson(outline: JsonOutline): EvidenceLayout | null {
  const has = (key: string) => outline.keys.has(key)
  if (has('configurationItems') || has('configSnapshotId')) return 'aws-config'
  if (has('configurationItem') && has('configurationItemDiff')) return 'aws-config'
  if (
    has('Records') &&
    (outline.firstElement('Records').has('eventSource') || outline.firstElement('Records').has('eventVersion'))
  ) {
    return 'aws-cloudtrail'
  }
  if (has('digestStartTime') && has('digestS3Bucket')) return 'aws-cloudtrail-digest'
  if (has('sourceBucket') && has('fileSchema') && has('files')) return 's3-inventory-manifest'
  if (has('Accounts') && (outline.firstElement('Accounts').has('Arn') || outline.firstElement('Accounts').has('Id'))) {
    return 'aws-organizations'
  }
  if (has('Organization') && outline.keys.size === 1) return 'aws-organizations'
  return cliOutputOf(outline.keys) === null ? null : 'aws-cli'
}

function deliveryLayout(service: string): EvidenceLayout {
  if (service === 'Config') return 'aws-config'
  return service === 'CloudTrail' ? 'aws-cloudtrail' : 'aws-cloudtrail-digest'
}

/** The command line prints nothing at all for a setting that is not set; the file's name then tells which setting. */
function layoutOfEmpty(walked: WalkedFile, head: Head): EvidenceLayout {
  const saysNothing = head.error === null && head.whole && /^\s*(?:\{\s*\})?\s*$/.test(head.bytes.toString('latin1'))
  return saysNothing && /get-bucket-(?:logging|versioning)/.test(walked.path) ? 'aws-cli' : 'unknown'
}

function bucketOfLog(path: string, head: Buffer): string | undefined {
  const bucket = ACCESS_LOG_LINE.exec(head.subarray(0, 4096).toString('latin1').trimStart())?.[1]
  return bucket !== undefined && path.split('/').slice(0, -1).includes(bucket) ? bucket : undefined
}

function unknownFile(walked: WalkedFile, head: Head): Unread {
  const [code, detail] = whyUnknown(walked, head)
  return { what: walked.path, place: { file: walked.path }, code, detail, lost: 'Whatever it says of the estate.' }
}

function whyUnknown(walked: WalkedFile, head: Head): readonly [Unread['code'], string] {
  if (head.error !== null) return ['unreadable', `The file could not be read (${head.error}).`]
  if (walked.sizeBytes === 0) return ['empty', 'The file is empty.']
  const format = knownFormat(head.bytes)
  if (format !== null) return ['unsupported', `The file is ${format}, which is not read here; unpack it first.`]
  return ['unknown-layout', 'Neither its path nor what it begins with is a layout that is known.']
}

function knownFormat(head: Buffer): string | null {
  const magic = head.subarray(0, 4).toString('latin1')
  if (magic.startsWith('PK')) return 'a zip archive'
  if (magic.startsWith('\x1f\x8b')) return 'compressed twice'
  if (magic === '\x28\xb5\x2f\xfd') return 'compressed with zstd'
  if (magic.startsWith('BZh')) return 'compressed with bzip2'
  return magic === '\xfd7zX' ? 'compressed with xz' : null
}
