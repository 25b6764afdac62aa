import type { Json } from '../../../model/index.ts'
import { isKnown, isRecord, type Known } from '../../readings.ts'
import type { Policy } from '../policy/document.ts'
import type { Mode } from '../policy/statements.ts'
import { booleanOf, memberOf, unwrapped } from './native.ts'
import { type PolicyPlace, publicness } from './publicness.ts'

/** The two settings of block public access that act on what is there; the other two only refuse new policies and ACLs. */
export interface Block {
  readonly ignorePublicAcls: boolean
  readonly restrictPublicBuckets: boolean
}

export const NO_BLOCK: Block = { ignorePublicAcls: false, restrictPublicBuckets: false }
const WHOLE_BLOCK: Block = { ignorePublicAcls: true, restrictPublicBuckets: true }

/** The output of `get-public-access-block`, of a bucket, of an account or of an access point, or the shape of AWS Config. */
export function parseBlock(json: Json): Known<Block> {
  const block = unwrapped(json, 'PublicAccessBlockConfiguration', 'PublicAccessBlock')
  const ignore = booleanOf(memberOf(block, 'IgnorePublicAcls') ?? false)
  const restrict = booleanOf(memberOf(block, 'RestrictPublicBuckets') ?? false)
  return isRecord(block) && ignore !== null && restrict !== null
    ? { known: { ignorePublicAcls: ignore, restrictPublicBuckets: restrict } }
    : { problem: 'public access block not understood' }
}

/**
 * The organisation's S3 policy: one word for all four settings, plain or as `describe-effective-policy` prints it.
 * Organizations, user guide: "Amazon S3 policy syntax and examples".
 */
export function parseOrganizationBlock(json: Json): Known<Block> {
  const effective = unwrapped(unwrapped(json, 'EffectivePolicy'), 'PolicyContent', 'Content')
  const setting = unwrapped(unwrapped(effective, 's3_attributes'), 'public_access_block_configuration')
  const word = unwrapped(setting, '@@assign')
  if (word === 'all') return { known: WHOLE_BLOCK }
  if (word === 'none') return { known: NO_BLOCK }
  return isRecord(word) && memberOf(word, 'RestrictPublicBuckets') !== undefined
    ? parseBlock(word)
    : { problem: "organisation's public access block not understood" }
}

/** Whether one of the levels has the setting: the most restrictive of bucket, account and organisation holds. */
export function isBlocked(levels: readonly Known<Block>[], setting: keyof Block, mode: Mode): boolean {
  return levels.some((level) => (isKnown(level) ? level.known[setting] : mode === 'least'))
}

/** Whether S3 calls the policy public. */
export function isPublic(policy: Policy | null, place: PolicyPlace, mode: Mode): boolean {
  const kind = policy ? publicness(policy, place) : 'not-public'
  return kind === 'public' || (kind === 'unknown' && mode === 'least')
}
