import type { Access, Json, Reading } from '../../model/index.ts'
import type { Variable } from '../engine/solve.ts'
import type { Known, Members } from '../readings.ts'
import type { Grantee, KeyView, RequestShape } from './policy-language.ts'

/**
 * What a store that speaks S3 does otherwise than AWS, as its documents and its own code say and as was measured on it
 * (`test/s3-servers`). A verdict is for the store that answers, so each store is a type of its own; what is asked of it is the
 * bucket under `arn:aws:s3:::NAME` with the settings that the store's own S3 interface prints.
 */
export interface Dialect {
  readonly type: string
  readonly product: string
  /** The actions that the store asks of each access; none where nobody outside can ever have it. */
  readonly actions: Readonly<Record<Access, readonly string[]>>
  readonly whyNever?: Partial<Readonly<Record<Access, string>>>
  /** Whether users of other tenants are outsiders; else the store's users are all its owner's own, and inside. */
  readonly hasOtherTenants: boolean
  /** One statement as AWS's language says the same; null where the store passes it over, a problem where it would not take it. */
  readonly statement: (members: Members, place: StatementPlace) => Known<Members | null>
  /** Whether a policy may have one statement that stands in no list. */
  readonly takesLoneStatement?: boolean
  /** Versions of the policy language that the store takes, with `undefined` for none. */
  readonly versions: readonly (string | undefined)[]
  /** What a condition key holds in requests to the store; null where it holds what it holds on AWS. */
  readonly key: (key: string, shape: RequestShape) => KeyView | null
  /** What may stand after `BUCKET/` in a request. */
  readonly objectKeys: Variable
  /** The grants of access control lists that count, by the facets of the bucket; absent where the store has no such lists. */
  readonly acl?: (facets: Readonly<Record<string, Reading<Json> | undefined>>) => Known<readonly StoreGrant[]>
  /** Whether grants of lists to groups are passed over, by the facets of the bucket; absent where no setting does that. */
  readonly ignoresPublicAcls?: (facets: Readonly<Record<string, Reading<Json> | undefined>>) => Known<boolean>
  /** Sentences to be said beside a positive verdict, by the keys of conditions that decide it. */
  readonly remarks: (keys: ReadonlySet<string>) => readonly string[]
}

/** A grant of an access control list. */
export interface StoreGrant {
  readonly label: string
  readonly grantee: Grantee
  readonly actions: readonly string[]
  /** The object that it is for; null for the bucket's own list. */
  readonly key: string | null
}

/** Where a statement stands: the bucket's name, and the tenants that are inside. */
export interface StatementPlace {
  readonly bucket: string
  readonly inside: readonly string[]
}
