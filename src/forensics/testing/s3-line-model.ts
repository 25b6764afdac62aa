import fc from 'fast-check'

/** The fields of one access-log line as S3 knows them, before they are written down; '-' where there is none. */
export interface S3LineFields {
  readonly owner: string
  readonly bucket: string
  readonly epochSeconds: number
  readonly zoneMinutes: number
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
  /** Version id and what follows, 1 to 10 columns. */
  readonly tail: readonly string[]
}

/** Writes the line as S3 does: quotes around URI, referer and user agent, and nothing inside them escaped. */
export function writeS3Line(fields: S3LineFields): string {
  const safe = [fields.owner, fields.bucket, logTime(fields.epochSeconds, fields.zoneMinutes), fields.ip, fields.requester]
  const request = [fields.requestId, fields.operation, fields.key, `"${fields.uri}"`]
  const middle = [fields.status, fields.error, fields.bytes, fields.size, fields.total, fields.turn]
  return [...safe, ...request, ...middle, `"${fields.referer}"`, `"${fields.userAgent}"`, ...fields.tail].join(' ')
}

function logTime(epochSeconds: number, zoneMinutes: number): string {
  const local = new Date((epochSeconds + zoneMinutes * 60) * 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const month = local.toUTCString().slice(8, 11)
  const clock = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`
  const zone = `${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zoneMinutes) / 60))}${two(Math.abs(zoneMinutes) % 60)}`
  return `[${two(local.getUTCDate())}/${month}/${local.getUTCFullYear()}:${clock} ${zone}]`
}

const orDash = (values: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: values }, { weight: 1, arbitrary: fc.constant('-') })
const digits = orDash(fc.oneof(fc.integer({ min: 0, max: 5000 }).map(String), fc.constant('400000000000')))

/** Pieces of what an attacker may send: forged middles, forged tails, quotes in every place. */
const forgery = fc
  .array(
    fc.constantFrom(
      '"',
      ' ',
      '" "',
      '" 403 AccessDenied 243 - 7 - "-" "',
      '" 200 - 9 9 9 9 "',
      '" 200 - 1 1 1 1 - ',
      '" - - - - - - "',
      '" 404 NoSuchKey - - 3 - ',
      '" - AbCd= SigV4 - AuthHeader x TLSv1.2 - -',
      '" -',
      ' - ',
      '-',
      'curl/8.0',
      'Mozilla/5.0 (X11)',
      '200',
      'é',
    ),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(''))

const plainText = fc.constantFrom('-', 'curl/8.5.0', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'https://example.com/a b', '')

/** Tails of 18-column to 27-column lines; host ids have a space now and then. */
const tail = fc
  .tuple(
    fc.constantFrom('-', '3HL4kqtJvjVBH40Nrjfkd'),
    fc.constantFrom('-', 's9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234=', 'Ax5uPq Zr9tLm='),
    fc.constantFrom('-', 'SigV4', 'SigV2'),
    fc.constantFrom('-', 'ECDHE-RSA-AES128-GCM-SHA256', 'TLS_AES_128_GCM_SHA256'),
    fc.constantFrom('-', 'AuthHeader', 'QueryString'),
    fc.constantFrom('-', 'b.s3.us-west-1.amazonaws.com'),
    fc.constantFrom('-', 'TLSv1.2', 'TLSV1.1'),
    fc.constantFrom('-', 'arn:aws:s3:us-west-1:111122223333:accesspoint/example-AP'),
    fc.constantFrom('-', 'Yes'),
    fc.constantFrom('-', 'us-east-1'),
  )
  .chain((columns) => fc.integer({ min: 1, max: columns.length }).map((count) => columns.slice(0, count)))

/** Lines of clients' requests; `hostile` says what stands in the three fields that a client writes. */
export function s3LineFields(hostile: boolean): fc.Arbitrary<S3LineFields> {
  const written = hostile ? fc.oneof(plainText, forgery) : plainText
  return fc.record({
    owner: fc.constant('79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'),
    bucket: fc.constantFrom('maps', 'dealer-inquiries'),
    epochSeconds: fc.integer({ min: 1_262_304_000, max: 1_700_000_000 }),
    zoneMinutes: fc.constantFrom(0, 0, 0, 120, -330),
    ip: fc.constantFrom('192.0.2.3', '2001:db8::17', '-'),
    requester: fc.constantFrom('-', 'arn:aws:iam::111122223333:user/x', 'svc:s3.amazonaws.com'),
    requestId: fc.constantFrom('3E57427F3EXAMPLE', '-'),
    operation: fc.constantFrom('REST.GET.OBJECT', 'REST.OPTIONS.PREFLIGHT', 'SOAP.GetObject'),
    key: fc.constantFrom('-', 'a/b.csv', 'say%2522hi%2522'),
    uri: fc.oneof(
      fc.constant('GET /a/b.csv HTTP/1.1'),
      fc.constant('OPTIONS * HTTP/1.1'),
      hostile ? forgery.map((text) => `GET /${text} HTTP/1.1`) : fc.constant('GET / HTTP/1.0'),
    ),
    status: fc.constantFrom('200', '206', '304', '403', '404', '500'),
    error: fc.constantFrom('-', 'AccessDenied', 'NoSuchKey'),
    bytes: digits,
    size: digits,
    total: digits,
    turn: digits,
    referer: written,
    userAgent: written,
    tail,
  })
}
