import { closeSync, openSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

// Invented logs for the figures of forensics.bench.ts: the same for the same seed, so that what was written can be made again and
// compared with what was read.

/** A line of an S3 access log as S3 knows it, before it is written down; `-` where there is none. */
export interface TrueLine {
  readonly time: number
  readonly ip: string
  readonly requester: string
  readonly requestId: string
  readonly operation: string
  readonly key: string
  readonly uri: string
  readonly status: string
  readonly error: string
  readonly bytes: string
  readonly size: string
  readonly total: string
  readonly turn: string
  readonly referer: string
  readonly userAgent: string
  readonly versionId: string
  readonly hostId: string
  readonly host: string
  readonly isHostile: boolean
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const AGENTS = [
  'curl/8.5.0',
  'aws-sdk-java/1.12.262 Linux/5.10.118 OpenJDK_64-Bit_Server_VM/11.0.16 java/11.0.16',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36',
  'Boto3/1.26.8 Python/3.9.13 Linux/5.15 Botocore/1.29.8',
]
const FORGERIES = [
  'x" 403 AccessDenied 243 - 7 - "-" "y',
  'say "hi"',
  '" 200 - 9 9 9 9 "-" "',
  'a" "b',
  'x" - AbCd= SigV4 - AuthHeader x TLSv1.2 - -',
  '"',
]
const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
const FIRST = Date.UTC(2021, 0, 1) / 1000

/** Lines in order of time, a hostile one in `oneIn`. */
export function* trueLines(count: number, seed: number, oneIn = 20): Generator<TrueLine> {
  const random = randomNumbers(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  for (let index = 0; index < count; index++) {
    const isHostile = index % oneIn === oneIn - 1
    const key = `tiles/${below(400)}/${below(100_000)}.pbf`
    const refused = below(20) === 0
    const size = String(1 + below(500_000))
    yield {
      time: FIRST + Math.floor((index * 2_500_000) / count),
      ip: `198.51.100.${below(256)}`,
      requester: below(3) === 0 ? `arn:aws:iam::111122223333:user/app-${below(50)}` : '-',
      requestId: `${index.toString(16).toUpperCase().padStart(8, '0')}EXAMPLE0`,
      operation: 'REST.GET.OBJECT',
      key,
      uri:
        isHostile && below(3) === 0 ? `GET /${key}?x="${FORGERIES[below(FORGERIES.length)]!} HTTP/1.1` : `GET /${key} HTTP/1.1`,
      status: refused ? '403' : '200',
      error: refused ? 'AccessDenied' : '-',
      bytes: refused ? '243' : size,
      size: refused ? '-' : size,
      total: String(below(300)),
      turn: refused ? '-' : String(below(100)),
      referer: below(4) === 0 ? 'https://maps.example.com/view' : '-',
      userAgent: isHostile ? FORGERIES[below(FORGERIES.length)]! : AGENTS[below(AGENTS.length)]!,
      versionId: '-',
      hostId: `s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/${index.toString(36)}=`,
      host: 'maps.s3.us-west-1.amazonaws.com',
      isHostile,
    }
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The line as S3 writes it: no quote is escaped. */
export function written(line: TrueLine): string {
  const date = new Date(line.time * 1000)
  const iso = date.toISOString()
  const time = `[${iso.slice(8, 10)}/${MONTHS[date.getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000]`
  return `${OWNER} maps ${time} ${line.ip} ${line.requester} ${line.requestId} ${line.operation} ${line.key} "${line.uri}" ${line.status} ${line.error} ${line.bytes} ${line.size} ${line.total} ${line.turn} "${line.referer}" "${line.userAgent}" ${line.versionId} ${line.hostId} SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader ${line.host} TLSv1.2 - -\n`
}

/** Writes lines into `files` files of equal size; gives their bytes. */
export function writeAccessLogs(pathOf: (file: number) => string, files: number, count: number, seed: number): number {
  let bytes = 0
  const lines = trueLines(count, seed)
  for (let file = 0; file < files; file++) {
    const descriptor = openSync(pathOf(file), 'w')
    for (let left = Math.floor(count / files); left > 0; ) {
      const some = Math.min(left, 5000)
      let text = ''
      for (let index = 0; index < some; index++) text += written(lines.next().value as TrueLine)
      bytes += writeSync(descriptor, text)
      left -= some
    }
    closeSync(descriptor)
  }
  return bytes
}

/** Writes CloudTrail files of 500 data events each, packed as CloudTrail does. */
export function writeTrailFiles(pathOf: (file: number) => string, files: number, seed: number): void {
  const random = randomNumbers(seed)
  for (let file = 0; file < files; file++) {
    const records = Array.from({ length: 500 }, (_, index) => trailEvent(file * 500 + index, random))
    const descriptor = openSync(pathOf(file), 'w')
    writeSync(descriptor, gzipSync(JSON.stringify({ Records: records })))
    closeSync(descriptor)
  }
}

function trailEvent(index: number, random: () => number): object {
  const key = `tiles/${Math.floor(random() * 400)}/${Math.floor(random() * 100_000)}.pbf`
  const role = `app-${Math.floor(random() * 50)}`
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${role}`,
      arn: `arn:aws:sts::111122223333:assumed-role/maps/${role}`,
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLE',
          arn: 'arn:aws:iam::111122223333:role/maps',
          accountId: '111122223333',
          userName: 'maps',
        },
        attributes: { creationDate: '2021-01-01T00:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: new Date((FIRST + index * 3) * 1000).toISOString().replace('.000', ''),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'us-west-1',
    sourceIPAddress: `198.51.100.${Math.floor(random() * 256)}`,
    userAgent: `[${AGENTS[index % AGENTS.length]}]`,
    requestParameters: { bucketName: 'maps', Host: 'maps.s3.us-west-1.amazonaws.com', key },
    responseElements: null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256',
      bytesTransferredIn: 0,
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': `s9lzHYrFp76ZVxRcpX9+${index.toString(36)}=`,
      bytesTransferredOut: Math.floor(random() * 500_000),
    },
    requestID: `${index.toString(16).toUpperCase().padStart(8, '0')}EXAMPLE0`,
    eventID: `0fedcba9-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    readOnly: true,
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::maps/${key}` },
      { accountId: '111122223333', type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::maps' },
    ],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: '111122223333',
    eventCategory: 'Data',
    tlsDetails: {
      tlsVersion: 'TLSv1.2',
      cipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256',
      clientProvidedHostHeader: 'maps.s3.us-west-1.amazonaws.com',
    },
  }
}
