import type { Access, Audience, Json } from '../../model/index.ts'
import type { Moment } from '../moments.ts'
import { type Account, within } from './accounts.ts'

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean
  readonly ignorePublicAcls: boolean
  readonly blockPublicPolicy: boolean
  readonly restrictPublicBuckets: boolean
}

/** One grant of an access control list beside the owner's own; `group` is the last part of the group's URI. */
export interface AclGrant {
  readonly group: 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery'
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP'
}

export interface StoreSettings {
  readonly policy: Json
  readonly acl: readonly AclGrant[]
  readonly publicAccessBlock: PublicAccessBlock | null
  readonly ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | null
  readonly logging: { readonly bucket: string; readonly prefix: string } | null
  readonly versioning: 'Off' | 'Enabled' | 'Suspended'
  readonly encryption: 'AES256' | 'aws:kms' | null
  readonly website: boolean
}

/** One call that changed one setting. */
export interface StoreChange {
  readonly at: Moment
  readonly set: Partial<StoreSettings>
}

export type Audiences = Readonly<Record<Access, Audience>>

/** A stretch in which outsiders could reach the store, as it really was; what evidence shows of it is worked out elsewhere. */
export interface StoreOpening {
  readonly audiences: Audiences
  readonly opened: Moment
  readonly closed: Moment | null
}

export interface Store {
  readonly name: string
  readonly account: Account
  readonly region: string
  readonly createdAt: Moment
  readonly initial: Partial<StoreSettings>
  readonly changes: readonly StoreChange[]
  readonly openings: readonly StoreOpening[]
  /** The recorder was refused the policy: configuration items lack it, and nobody knows who could reach the store. */
  readonly policyUnread?: true
  /** Reachable through a distribution in front of it only; whether that counts is a matter of definition. */
  readonly indirect?: true
  /** When the inventories that were kept were made. */
  readonly inventories: readonly Moment[]
  readonly tags: Readonly<Record<string, string>>
}

/** One object as it lay in its store, and what was in it. */
export interface StoredObject {
  readonly store: Store
  readonly key: string
  readonly putAt: Moment
  readonly deletedAt: Moment | null
  readonly sizeBytes: number
  readonly etag: string
  readonly records: number
  readonly people: number
  /** Bits of the elements inside. */
  readonly elements: number
}

const NEW_STORE: StoreSettings = {
  policy: null,
  acl: [],
  publicAccessBlock: null,
  ownership: null,
  logging: null,
  versioning: 'Off',
  encryption: null,
  website: false,
}

export function storeArn(store: Store): string {
  return `arn:aws:s3:::${store.name}`
}

export function settingsAt(store: Store, moment: Moment): StoreSettings {
  return Object.assign({}, NEW_STORE, store.initial, ...store.changes.filter(({ at }) => at <= moment).map(({ set }) => set))
}

/** Whether the call that made a change was kept in CloudTrail. */
export function inTrail(account: Account, moment: Moment): boolean {
  return within(account.trail, moment)
}

export function audiences(given: Partial<Audiences>): Audiences {
  return { read: 'none', list: 'none', write: 'none', delete: 'none', admin: 'none', ...given }
}

/** Strangers, or people who cannot be told from strangers: who is counted as exposed. A named partner is neither. */
export function strangersCanRead(opening: StoreOpening): boolean {
  return opening.audiences.read !== 'none' && opening.audiences.read !== 'named'
}
