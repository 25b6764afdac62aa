import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { compareText } from '../model/index.ts'
import { type JsonObject, list, object, parseJsonObject, text } from './log-formats/reading/json-value.ts'

/** A digest file of CloudTrail, unpacked. */
export interface DigestFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** Its signature in hex, `x-amz-meta-signature` of its object, where that was kept; that of all but the last stands in the next digest. */
  readonly signature?: string
}

/** A public key as `aws cloudtrail list-public-keys` prints it: PKCS #1 in DER, as base64. */
export interface DigestPublicKey {
  readonly fingerprint: string
  readonly value: string
}

/** A log file that was found, by its bucket and key, with the SHA-256 of its unpacked bytes in hex. */
export interface FoundLogFile {
  readonly bucket: string
  readonly key: string
  readonly sha256: string
}

export type ChainState = 'signed' | 'hash-chain-only' | 'broken'

/** What is wrong with a chain, at which digest. `gap`: digests are missing in between, so that nothing is proven for that time. */
export interface ChainProblem {
  readonly path: string
  readonly code: 'malformed' | 'hash-differs' | 'signature-differs' | 'bad-signature' | 'unknown-key' | 'gap' | 'fork'
  readonly detail: string
}

/** The digests of one trail in one region, in order of time. */
export interface DigestChain {
  readonly account: string
  readonly region: string
  readonly trail: string
  readonly from: string
  readonly to: string
  readonly digestCount: number
  readonly state: ChainState
  readonly sentence: string
  /** Digests whose signature was checked with a key that was given. */
  readonly signedCount: number
  readonly problems: readonly ChainProblem[]
  readonly logFiles: {
    readonly named: number
    readonly whole: number
    /** Keys of files that differ from what the digest says of them, and of files that were not found; sorted. */
    readonly changed: readonly string[]
    readonly missing: readonly string[]
  }
}

/**
 * Verifies chains of CloudTrail digest files: each names the hash and the signature of the one before, and the hashes of the log
 * files of its hour. Signatures are checked with the public keys given; without them the chain is only as good as whoever could
 * write all of its files, and that is what is said. Files that are no digests are a chain of nobody.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function verifyDigestChains(
  files: readonly DigestFile[],
  keys: readonly DigestPublicKey[],
  found: readonly FoundLogFile[],
): readonly DigestChain[] {
  const digests = files.map(parseDigest)
  const byChain = Map.groupBy(digests, ({ account, region, trail }) => [account, region, trail].join('\n'))
  const hashes = new Map(found.map(({ bucket, key, sha256 }) => [`${bucket}/${key}`, sha256]))
  const publicKeys = new Map(keys.map((key) => [key.fingerprint, key]))
  return [...byChain].sort(([a], [b]) => compareText(a, b)).map(([, members]) => verifyChain(members, publicKeys, hashes))
}

interface Digest {
  readonly path: string
  readonly sha256: string
  readonly signature: string | null
  readonly record: JsonObject | null
  readonly account: string
  readonly region: string
  readonly trail: string
  readonly place: string
  readonly from: string
  readonly to: string
  readonly previousPlace: string | null
}

function parseDigest({ path, bytes, signature }: DigestFile): Digest {
  const record = parseJsonObject(new TextDecoder().decode(bytes))
  const field = (name: string) => text(record?.[name]) ?? ''
  const key = field('digestS3Object')
  // 111122223333_CloudTrail-Digest_us-east-2_trail_us-east-2_20150817T150131Z.json.gz: region of the logs, trail, its home region.
  const name = /_CloudTrail-Digest_([a-z0-9-]+)_(.+)_[a-z0-9-]+_\d{8}T\d{6}Z\.json\.gz$/.exec(key)
  const previous = text(record?.previousDigestS3Object)
  return {
    path,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    signature: signature ?? null,
    record: record && field('digestEndTime') !== '' && key !== '' ? record : null,
    account: field('awsAccountId'),
    region: name?.[1] ?? '',
    trail: name?.[2] ?? '',
    place: `${field('digestS3Bucket')}/${key}`,
    from: field('digestStartTime'),
    to: field('digestEndTime'),
    previousPlace: previous === null ? null : `${field('previousDigestS3Bucket')}/${previous}`,
  }
}

function verifyChain(
  members: readonly Digest[],
  keys: ReadonlyMap<string, DigestPublicKey>,
  hashes: ReadonlyMap<string, string>,
): DigestChain {
  const digests = [...members].sort((a, b) => compareText(a.to, b.to) || compareText(a.path, b.path))
  const problems: ChainProblem[] = []
  let signedCount = 0
  digests.forEach((digest, index) => {
    const next = digests[index + 1]
    problems.push(...problemsOf(digest, digests[index - 1]))
    const signature =
      digest.signature ?? (next?.previousPlace === digest.place ? text(next.record?.previousDigestSignature) : null)
    const checked = digest.record && signature !== null ? checkSignature(digest, signature, keys) : null
    if (checked === 'good') signedCount += 1
    else if (checked) problems.push({ path: digest.path, ...checked })
  })
  const first = digests[0]!
  const state = stateOf(problems, signedCount, digests)
  return {
    account: first.account,
    region: first.region,
    trail: first.trail,
    from: first.from,
    to: digests.at(-1)!.to,
    digestCount: digests.length,
    state,
    sentence: sentenceOf(state, problems, signedCount, digests.length),
    signedCount,
    problems,
    logFiles: compareLogFiles(digests, hashes),
  }
}

/** What one digest says of the one before it. Where that is not there, or another one is, time in between is not proven. */
function problemsOf(digest: Digest, previous: Digest | undefined): readonly ChainProblem[] {
  const { path, record } = digest
  if (!record) return [{ path, code: 'malformed', detail: 'The file is no digest.' }]
  if (!previous?.record) return []
  if (digest.place === previous.place) {
    const detail = 'Two different files claim to be this digest.'
    return digest.sha256 === previous.sha256 ? [] : [{ path, code: 'fork', detail }]
  }
  if (digest.previousPlace === null)
    return [{ path, code: 'gap', detail: `A chain begins anew at ${digest.from}: logging or validation was turned off before.` }]
  if (digest.previousPlace !== previous.place)
    return [
      {
        path,
        code: 'gap',
        detail: `The digest before this one is missing; nothing is proven between ${previous.to} and ${digest.from}.`,
      },
    ]
  const problems: ChainProblem[] = []
  if (text(record.previousDigestHashValue) !== previous.sha256)
    problems.push({ path, code: 'hash-differs', detail: `The digest before this one, ${previous.path}, is not what it was.` })
  const signature = text(record.previousDigestSignature)
  if (previous.signature !== null && signature !== previous.signature)
    problems.push({
      path,
      code: 'signature-differs',
      detail: `The signature of ${previous.path} is not the one that this digest names.`,
    })
  return problems
}

function checkSignature(
  digest: Digest,
  signature: string,
  keys: ReadonlyMap<string, DigestPublicKey>,
): 'good' | Omit<ChainProblem, 'path'> | null {
  if (keys.size === 0) return null
  const fingerprint = text(digest.record?.digestPublicKeyFingerprint) ?? ''
  const key = keys.get(fingerprint)
  if (!key) return { code: 'unknown-key', detail: `No public key with the fingerprint ${fingerprint.slice(0, 64)} was given.` }
  const publicKey = publicKeyOf(key)
  if (!publicKey) return { code: 'unknown-key', detail: `The public key ${fingerprint.slice(0, 64)} could not be read.` }
  const isGood = verify('RSA-SHA256', Buffer.from(signedText(digest)), publicKey, Buffer.from(signature, 'hex'))
  return isGood ? 'good' : { code: 'bad-signature', detail: 'The signature is not that of this digest.' }
}

/** What CloudTrail signs: end, place, hash and the signature before, `null` for the first. */
function signedText({ to, place, sha256, record }: Digest): string {
  return `${to}\n${place}\n${sha256}\n${text(record?.previousDigestSignature) ?? 'null'}`
}

function publicKeyOf({ value }: DigestPublicKey): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'pkcs1' })
  } catch {
    return null
  }
}

/** The last digest's signature stands in no other file: without it, a chain signed up to there still counts as signed. */
function stateOf(problems: readonly ChainProblem[], signedCount: number, digests: readonly Digest[]): ChainState {
  if (problems.some(({ code }) => code !== 'unknown-key')) return 'broken'
  const withSignature = digests.length - (digests.at(-1)!.signature === null ? 1 : 0)
  return withSignature > 0 && signedCount >= withSignature ? 'signed' : 'hash-chain-only'
}

function sentenceOf(state: ChainState, problems: readonly ChainProblem[], signedCount: number, digestCount: number): string {
  if (state === 'broken') return `The chain of digests is broken: ${problems.find(({ code }) => code !== 'unknown-key')!.detail}`
  if (state === 'hash-chain-only') return 'The hash chain holds; the signature was not checked.'
  return signedCount === digestCount
    ? 'The hash chain holds, and every digest is signed by CloudTrail.'
    : 'The hash chain holds, and every digest but the last is signed by CloudTrail; the signature of the last was not checked.'
}

function compareLogFiles(digests: readonly Digest[], hashes: ReadonlyMap<string, string>): DigestChain['logFiles'] {
  const named = new Map<string, string>()
  for (const { record } of digests) {
    for (const each of list(record?.logFiles)) {
      const file = object(each)
      const place = `${text(file?.s3Bucket) ?? ''}/${text(file?.s3Object) ?? ''}`
      named.set(place, text(file?.hashValue) ?? '')
    }
  }
  const places = [...named.keys()].sort(compareText)
  const changed = places.filter((place) => hashes.has(place) && hashes.get(place) !== named.get(place))
  const missing = places.filter((place) => !hashes.has(place))
  return { named: places.length, whole: places.length - changed.length - missing.length, changed, missing }
}
