import { readFileSync, statSync } from 'node:fs'
import type { Facet, Json, Reading } from '../../../model/index.ts'
import type { ReachQuestion } from '../../../reachability/index.ts'
import type { FacetFile } from '../../../workflows/index.ts'
import { stripControls } from '../../terminal/text.ts'
import { UsageError } from '../../usage-error.ts'
import type { Asked } from './questions.ts'

export interface BucketFlags {
  readonly arn?: string
  readonly account?: string
  readonly region?: string
  readonly bucketPolicy?: string
  readonly acl?: string
  readonly publicAccessBlock?: string
  readonly accountPublicAccessBlock?: string
  readonly objectOwnership?: string
  readonly objectAcls?: string
  readonly encryption?: string
  readonly requestPayment?: string
  readonly website?: string
}

export interface BucketOfFiles {
  readonly question: ReachQuestion
  readonly files: Readonly<Record<Facet, FacetFile>>
}

type FileFlag = Exclude<keyof BucketFlags, 'arn' | 'account' | 'region'>

const FACETS: readonly (readonly [FileFlag, string, Facet])[] = [
  ['bucketPolicy', '--bucket-policy', 'policy'],
  ['acl', '--acl', 'acl'],
  ['publicAccessBlock', '--public-access-block', 'publicAccessBlock'],
  ['accountPublicAccessBlock', '--account-public-access-block', 'accountPublicAccessBlock'],
  ['objectOwnership', '--object-ownership', 'objectOwnership'],
  ['objectAcls', '--object-acls', 'objectAcls'],
  ['encryption', '--encryption', 'encryption'],
  ['requestPayment', '--request-payment', 'requestPayment'],
  ['website', '--website', 'website'],
]

const MOST_BYTES = 64_000_000

/** Whether the flags speak of one bucket's files rather than of questions. */
export function isAboutFiles(flags: BucketFlags): boolean {
  return flags.arn !== undefined || FACETS.some(([flag]) => flags[flag] !== undefined)
}

/** The question that the files of one bucket make; what no flag names was not read. */
export function bucketFromFiles(flags: BucketFlags, { asOf, zone }: Asked): BucketOfFiles {
  const { arn, account = '', region = '' } = flags
  if (arn === undefined)
    throw new UsageError('--arn is missing: name the bucket that the files are of, such as arn:aws:s3:::NAME')
  const name = /^arn:aws[a-z-]*:s3:::([A-Za-z0-9._-]{1,255})$/.exec(arn)?.[1]
  if (name === undefined) throw new UsageError(`--arn ${arn}: is not the ARN of a bucket; it looks like arn:aws:s3:::NAME`)
  if (account !== '' && !/^\d{12}$/.test(account)) throw new UsageError(`--account ${account}: an account has twelve digits`)
  const facets: Record<Facet, Reading<Json>> = {}
  const files: Record<Facet, FacetFile> = {}
  for (const [flag, written, facet] of FACETS) {
    const file = flags[flag]
    if (file === undefined) continue
    const text = file === 'none' ? null : readText(file, written)
    facets[facet] = text === null ? { status: 'absent' } : readingOf(text, file, written)
    if (text !== null) files[facet] = { name: file, text }
  }
  const trusted = zone ?? { organizations: [], accounts: [], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
  const resource = { id: arn, type: 'AWS::S3::Bucket', account, region, name }
  return { question: { id: name, asOf, zone: trusted, related: [], configuration: { resource, facets } }, files }
}

/**
 * What the command line printed: JSON, or the sentence of an error that was kept. "Nothing is set" is an answer; a denied call
 * is none, and neither is an empty file.
 */
function readingOf(text: string, file: string, flag: string): Reading<Json> {
  const error = /An error occurred \((\w+)\) when calling the (\w+) operation/.exec(text)
  if (error) {
    const [, code, operation] = error
    if (/^NoSuch(?!Bucket$)|NotFoundError$/.test(code!)) return { status: 'absent' }
    return { status: 'not-read', reason: `${operation} ended with ${code}` }
  }
  if (text.trim() === '') {
    throw new UsageError(
      `${flag} ${file}: is empty, and the command prints nothing both where nothing is set and where the call was denied: ` +
        'write `none` in place of the file if the call said that nothing is set, and leave the flag out otherwise',
    )
  }
  try {
    return { status: 'read', value: JSON.parse(text) as Json }
  } catch (error) {
    throw new UsageError(`${flag} ${file}: is not JSON (${stripControls((error as Error).message)})`)
  }
}

function readText(file: string, flag: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) throw new UsageError(`${flag} ${file}: is larger than ${MOST_BYTES} bytes`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${flag} ${file}: cannot be read: ${stripControls((error as Error).message)}`)
  }
}
