import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Json, Observation, Reading, Unread } from '../../../model/index.ts'
import { type Discovery, discoverEvidence } from '../discover.ts'
import type { EvidenceItem, ReadEvidenceOptions } from '../evidence-item.ts'
import { readEvidence } from '../read-evidence.ts'

const written: string[] = []

/** A new directory that holds these files; texts are written as they are, other values as JSON. */
export async function writtenEvidence(files: Readonly<Record<string, string | Uint8Array | object>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ajar-evidence-'))
  await chmod(directory, 0o755)
  written.push(directory)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    const bytes = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)
    await writeFile(join(directory, path), bytes)
  }
  return directory
}

/** Takes the directories of `writtenEvidence` away. */
export async function removeWrittenEvidence(): Promise<void> {
  for (const directory of written.splice(0)) await rm(directory, { recursive: true, force: true })
}

/** All that a directory's files say. */
export async function itemsIn(directory: string, options: Partial<ReadEvidenceOptions> = {}): Promise<EvidenceItem[]> {
  return itemsOf(await discoverEvidence([directory]), options)
}

/** All that discovered files say, in the order of their paths. */
export async function itemsOf(discovery: Discovery, options: Partial<ReadEvidenceOptions> = {}): Promise<EvidenceItem[]> {
  const byPath = new Map(discovery.files.map((file) => [file.path, file]))
  const items: EvidenceItem[] = []
  for (const file of discovery.files) {
    for await (const item of readEvidence(file, { related: (path) => byPath.get(path), ...options })) items.push(item)
  }
  return items
}

export function observationsOf(items: readonly EvidenceItem[]): Observation[] {
  return items.flatMap((item) => (item.kind === 'observation' ? [item.observation] : []))
}

export function unreadOf(items: readonly EvidenceItem[]): Unread[] {
  return items.flatMap((item) => (item.kind === 'unread' ? [item.unread] : []))
}

/** What was observed of each facet; the last one where there are several. */
export function facetsOf(items: readonly EvidenceItem[]): Record<string, Reading<Json>> {
  return Object.fromEntries(observationsOf(items).map(({ facet, value }) => [facet, value]))
}

/** A file of AWS Config, gzipped, that holds these items. */
export function configFile(...configurationItems: readonly object[]): Uint8Array {
  return gzipSync(JSON.stringify({ fileVersion: '1.0', configSnapshotId: 'snapshot-1', configurationItems }))
}

/** A file of CloudTrail, gzipped, that holds these events. */
export function trailFile(...Records: readonly object[]): Uint8Array {
  return gzipSync(JSON.stringify({ Records }))
}

/** A bucket as AWS Config writes it, with the parts that differ. */
export function bucketItem(supplementaryConfiguration: object, rest: object = {}): object {
  return {
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: '2023-05-10T08:00:00.250Z',
    configurationStateId: 1683705600250,
    awsAccountId: '111122223333',
    configurationItemStatus: 'OK',
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'map-updates',
    resourceName: 'map-updates',
    ARN: 'arn:aws:s3:::map-updates',
    awsRegion: 'ap-northeast-1',
    configuration: { name: 'map-updates' },
    supplementaryConfiguration,
    ...rest,
  }
}

/** A successful event of S3 as CloudTrail writes it. */
export function bucketEvent(eventName: string, parameters: object | null, rest: object = {}): object {
  return {
    eventVersion: '1.08',
    eventTime: '2016-10-03T01:02:03Z',
    eventSource: 's3.amazonaws.com',
    eventName,
    awsRegion: 'ap-northeast-1',
    requestParameters: parameters === null ? null : { bucketName: 'map-updates', Host: 's3.amazonaws.com', ...parameters },
    responseElements: null,
    eventID: `event-${eventName}`,
    recipientAccountId: '111122223333',
    ...rest,
  }
}

export const CONFIG_PATH = 'AWSLogs/111122223333/Config/ap-northeast-1/2023/5/10/ConfigSnapshot/snapshot.json.gz'
export const TRAIL_PATH = 'AWSLogs/111122223333/CloudTrail/ap-northeast-1/2016/10/03/events.json.gz'
