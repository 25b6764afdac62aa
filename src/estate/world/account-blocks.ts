import { at, type Moment } from '../moments.ts'
import { type Account, EUROPE_MARKETING } from './accounts.ts'
import type { PublicAccessBlock } from './store.ts'

/** When the European account took back every public policy and list. */
export const EUROPEAN_BLOCK_AT = at('2019-03-05T10:11:27Z')

export const EUROPEAN_BLOCK: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: true,
  blockPublicPolicy: false,
  restrictPublicBuckets: true,
}

const NOTHING_BLOCKED: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
}

/** Null before 15 November 2018: there was no such setting yet. */
export function accountBlockAt(account: Account, moment: Moment): PublicAccessBlock | null {
  if (moment < at('2018-11-15')) return null
  return account === EUROPE_MARKETING && moment >= EUROPEAN_BLOCK_AT ? EUROPEAN_BLOCK : NOTHING_BLOCKED
}
