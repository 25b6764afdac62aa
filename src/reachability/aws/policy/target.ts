import { SOME_CHARACTERS } from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import type { KeyView } from './key-view.ts'
import { type RequestSetting, type RequestShape, text } from './requests.ts'

export type WitnessContext = Readonly<Record<string, string | readonly string[]>>

/** What the policy language must be told of a resource: what requests to it name, who may send them, and its service's keys. */
export interface PolicyTarget {
  readonly arn: string
  /** Tells targets of one ARN apart whose keys differ; a statement is read once for each. */
  readonly variant?: string
  /** What a request with the action names as its resource. */
  readonly names: (action: string) => NamedResource
  /** Whether a request without credentials gets as far as the policies at all. */
  readonly takesUnsigned: (action: string) => boolean
  /**
   * What is known of one of the service's own condition keys, `SERVICE:…`, and of those global ones that each service fills
   * in for itself: tags and `aws:SourceOwner`; null for a key that is not its own.
   */
  readonly key: (key: string, shape: RequestShape, setting: RequestSetting) => KeyView | null
  /** Global keys that are otherwise here than by sender and route, in requests that a service forwards; null where they are not. */
  readonly globalKey?: (name: string) => KeyView | null
  /** Whether what is known of the service's own keys does not hang on the route of a request. */
  readonly keysBySenderOnly?: boolean
  /**
   * The service's own keys that every request of the shape carries, for witnesses; `tls` is null over plain HTTP, and `context`
   * holds what the witness carries already.
   */
  readonly carries: (shape: RequestShape, setting: RequestSetting, tls: string | null, context: WitnessContext) => WitnessContext
}

/** The resource of a request: this ARN alone, or this beginning of one with a rest that the sender chooses. */
export interface NamedResource {
  readonly arn: string
  readonly rest: Variable | null
}

/** Any rest of an ARN but the empty one: some object key, some index. */
export const ANY_REST: Variable = text('always', [{ patterns: [SOME_CHARACTERS], negated: false }])

/** How a request looks from one layer of policies. */
export interface Seen {
  readonly action: string
  readonly target: PolicyTarget
}
