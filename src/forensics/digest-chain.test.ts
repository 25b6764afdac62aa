import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type DigestFile, type DigestPublicKey, verifyDigestChains } from './digest-chain.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY: DigestPublicKey = { fingerprint: 'f00d', value: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64') }
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')
const LOG = 'AWSLogs/111122223333/CloudTrail/us-east-2/2015/08/17/log.json.gz'

interface Signed extends DigestFile {
  readonly signature: string
}

/** A chain as CloudTrail writes it, by the document: hour after hour, each naming the one before. */
function chain(hours: number, logHash = sha256('log')): Signed[] {
  const files: Signed[] = []
  for (let hour = 0; hour < hours; hour++) {
    const previous = files.at(-1)
    const end = `2015-08-17T${String(hour + 1).padStart(2, '0')}:01:31Z`
    const place = `AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/17/111122223333_CloudTrail-Digest_us-east-2_trail_us-east-2_${end.replaceAll(/[-:]/g, '')}.json.gz`
    const record = {
      awsAccountId: '111122223333',
      digestStartTime: `2015-08-17T${String(hour).padStart(2, '0')}:01:31Z`,
      digestEndTime: end,
      digestS3Bucket: 'trail',
      digestS3Object: place,
      digestPublicKeyFingerprint: 'f00d',
      digestSignatureAlgorithm: 'SHA256withRSA',
      previousDigestS3Bucket: previous ? 'trail' : null,
      previousDigestS3Object: previous ? JSON.parse(new TextDecoder().decode(previous.bytes)).digestS3Object : null,
      previousDigestHashValue: previous ? sha256(previous.bytes) : null,
      previousDigestSignature: previous?.signature ?? null,
      logFiles: hour === 0 ? [{ s3Bucket: 'trail', s3Object: LOG, hashValue: logHash, hashAlgorithm: 'SHA-256' }] : [],
    }
    const bytes = new TextEncoder().encode(JSON.stringify(record))
    const signedText = `${end}\ntrail/${place}\n${sha256(bytes)}\n${previous?.signature ?? 'null'}`
    files.push({
      path: `digest-${hour}`,
      bytes,
      signature: sign('RSA-SHA256', Buffer.from(signedText), privateKey).toString('hex'),
    })
  }
  return files
}

const unsigned = (files: readonly Signed[]): DigestFile[] => files.map(({ path, bytes }) => ({ path, bytes }))
const tampered = ({ path, bytes }: DigestFile): DigestFile => ({
  path,
  bytes: new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"SHA256withRSA"', '"SHA256withRSA" ')),
})

describe('chains of digests', () => {
  const files = chain(4)
  it.each<{ name: string; files: readonly DigestFile[]; keys: readonly DigestPublicKey[]; expected: object }>([
    {
      name: 'holds, signed throughout',
      files,
      keys: [KEY],
      expected: { state: 'signed', signedCount: 4, sentence: expect.stringContaining('every digest is signed'), problems: [] },
    },
    {
      name: 'holds, the last signature not at hand',
      files: unsigned(files),
      keys: [KEY],
      expected: { state: 'signed', signedCount: 3, sentence: expect.stringContaining('but the last') },
    },
    {
      name: 'holds without a key',
      files: unsigned(files),
      keys: [],
      expected: { state: 'hash-chain-only', sentence: 'The hash chain holds; the signature was not checked.' },
    },
    {
      name: 'holds with a key that is not its own',
      files,
      keys: [{ ...KEY, fingerprint: 'beef' }],
      expected: {
        state: 'hash-chain-only',
        problems: expect.arrayContaining([expect.objectContaining({ code: 'unknown-key' })]),
      },
    },
    {
      name: 'has one digest alone, whose signature nobody has',
      files: unsigned(files.slice(0, 1)),
      keys: [KEY],
      expected: { state: 'hash-chain-only', signedCount: 0 },
    },
    {
      name: 'has a digest that was changed',
      files: unsigned(files).map((file, at) => (at === 1 ? tampered(file) : file)),
      keys: [],
      expected: { state: 'broken', problems: [expect.objectContaining({ path: 'digest-2', code: 'hash-differs' })] },
    },
    {
      name: 'has a last digest that was changed',
      files: files.map((file, at) => (at === 3 ? { ...tampered(file), signature: file.signature } : file)),
      keys: [KEY],
      expected: { state: 'broken', problems: [expect.objectContaining({ path: 'digest-3', code: 'bad-signature' })] },
    },
    {
      name: 'lacks a digest',
      files: unsigned(files).filter((_, at) => at !== 1),
      keys: [],
      expected: {
        state: 'broken',
        problems: [
          expect.objectContaining({ code: 'gap', detail: expect.stringContaining('01:01:31Z and 2015-08-17T02:01:31Z') }),
        ],
      },
    },
    {
      name: 'has another signature than the next digest says',
      files: files.map((file, at) => (at === 0 ? { ...file, signature: files[1]!.signature } : file)),
      keys: [],
      expected: { state: 'broken', problems: [expect.objectContaining({ code: 'signature-differs' })] },
    },
    {
      name: 'has a file twice',
      files: [...unsigned(files), unsigned(files)[2]!],
      keys: [],
      expected: { state: 'hash-chain-only', problems: [] },
    },
    {
      name: 'has two files for one digest',
      files: [...unsigned(files), { ...tampered(files[3]!), path: 'z' }],
      keys: [],
      expected: { state: 'broken', problems: [expect.objectContaining({ code: 'fork' })] },
    },
  ])('$name', ({ files, keys, expected }) => {
    const [first, ...others] = verifyDigestChains([...files].reverse(), keys, [])
    expect(others).toEqual([])
    expect(first).toMatchObject({ account: '111122223333', region: 'us-east-2', trail: 'trail', ...expected })
  })

  it.each([
    {
      name: 'whole',
      found: [{ bucket: 'trail', key: LOG, sha256: sha256('log') }],
      expected: { named: 1, whole: 1, changed: [], missing: [] },
    },
    {
      name: 'changed',
      found: [{ bucket: 'trail', key: LOG, sha256: sha256('other') }],
      expected: { named: 1, whole: 0, changed: [`trail/${LOG}`], missing: [] },
    },
    { name: 'missing', found: [], expected: { named: 1, whole: 0, changed: [], missing: [`trail/${LOG}`] } },
  ])('finds a log file $name', ({ found, expected }) => {
    expect(verifyDigestChains(files, [KEY], found)[0]).toMatchObject({ logFiles: expected })
  })

  it('tells of files that are no digests, and keeps trails apart', () => {
    const noise = { path: 'noise', bytes: new Uint8Array([1, 2, 3]) }
    expect(verifyDigestChains([...files, noise], [], [])).toMatchObject([
      { state: 'broken', problems: [{ path: 'noise', code: 'malformed' }] },
      { state: 'hash-chain-only' },
    ])
    expect(verifyDigestChains([], [], [])).toEqual([])
  })
})
