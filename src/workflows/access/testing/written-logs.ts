import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
export const ACCOUNT = '111122223333'
export const STRANGER = '999988887777'

/** One request as a line of an S3 server access log is written of it. */
export interface LoggedRequest {
  readonly id: string
  readonly at?: string
  readonly bucket?: string
  readonly ip?: string
  readonly requester?: string
  readonly operation?: string
  readonly key?: string
  readonly status?: number
  readonly bytes?: number
  readonly size?: number
  readonly agent?: string
  readonly uri?: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A line of 26 columns. */
export function accessLine(request: LoggedRequest): string {
  const { id, at = '2021-02-06T10:00:38Z', bucket = 'maps', ip = '192.0.2.3', requester = '-', key = 'a.csv' } = request
  const { operation = 'REST.GET.OBJECT', status = 200, bytes = 100, size = 100, agent = 'curl/8.5.0' } = request
  const { uri = `GET /${key} HTTP/1.1` } = request
  const time = `${at.slice(8, 10)}/${MONTHS[Number(at.slice(5, 7)) - 1]}/${at.slice(0, 4)}:${at.slice(11, 19)} +0000`
  return `${OWNER} ${bucket} [${time}] ${ip} ${requester} ${id} ${operation} ${key} "${uri}" ${status} ${status < 400 ? '-' : 'AccessDenied'} ${bytes} ${size} 7 6 "-" "${agent}" - s9lzHYrFp76ZVxRc= - ECDHE-RSA-AES128-GCM-SHA256 - maps.s3.amazonaws.com TLSv1.2 - -\n`
}

/** A CloudTrail file of these records. */
export function trailFile(records: readonly object[]): string {
  return JSON.stringify({ Records: records })
}

let events = 0

/** One CloudTrail record; what is not given is as most records have it. */
export function trailEvent(eventName: string, eventTime: string, rest: Readonly<Record<string, unknown>> = {}): object {
  events += 1
  return {
    eventVersion: '1.08',
    eventTime,
    eventSource: 's3.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.9',
    userAgent: 'example-agent',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/ann`, accountId: ACCOUNT },
    requestParameters: {},
    responseElements: null,
    requestID: `REQ${String(events).padStart(6, '0')}`,
    eventID: `00000000-0000-4000-8000-${String(events).padStart(12, '0')}`,
    recipientAccountId: ACCOUNT,
    managementEvent: true,
    eventCategory: 'Management',
    ...rest,
  }
}

/** What makes a record a data event of an object. */
export function dataEvent(bucketName: string, key: string, more: object = {}): Readonly<Record<string, unknown>> {
  return {
    managementEvent: false,
    eventCategory: 'Data',
    requestParameters: { bucketName, key, ...more },
    additionalEventData: { bytesTransferredOut: 100 },
  }
}

/** Writes files by their path below a directory, which it makes. */
export function writeLogs(directory: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
}
