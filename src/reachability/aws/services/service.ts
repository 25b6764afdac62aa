import type { Access, Instant, Json, ResourceConfiguration, ZoneOfTrust } from '../../../model/index.ts'
import type { Known } from '../../readings.ts'
import type { Mode } from '../policy/statements.ts'
import type { NamedResource } from '../policy/target.ts'
import type { ServiceKeys } from './keys.ts'

/**
 * A kind of resource that carries a policy of its own, described: what outsiders can ask of it, what such requests name, and
 * what else stands in the way. Sources are the service authorization reference and each service's own guide.
 */
export interface Service {
  /** The types of CloudFormation and Config. */
  readonly types: readonly string[]
  /** `queue`: what a reader calls it; its policy is the `queue policy`. */
  readonly noun: string
  readonly arn: RegExp
  /** The facets that may hold the policy, the first that was read counts. */
  readonly policyFacets: readonly string[]
  /** The actions of each access that an account other than the owner's can call at all, the plainest first. */
  readonly actions: Readonly<Record<Access, readonly string[]>>
  /** Actions that only the owner's account can call, whatever a policy says, or that no policy speaks of. */
  readonly ownersAlone?: Readonly<Partial<Record<Access, readonly string[]>>>
  /** What a request names; without it, the resource itself. */
  readonly names?: (action: string, arn: string, about: NameAbout) => NamedResource
  /**
   * Names of things inside that requests may be about, each decided by itself; the widest counts. Null where the policy tells
   * more of them apart than can be tried.
   */
  readonly alternatives?: (policy: Json) => readonly string[] | null
  /** The actions that take requests without credentials; the others must be signed. */
  readonly unsigned?: readonly string[]
  readonly keys?: ServiceKeys
  /** Whether resource control policies bind the service. */
  readonly underResourceControls: boolean
  /** Whether statements leave the resource out and mean the one they are attached to. */
  readonly withoutResource?: boolean
  /** The policy as the service applies it, where it is written in a short form. */
  readonly expanded?: (document: Json, configuration: ResourceConfiguration) => Json
  /** What holds where no policy is set; without it, nobody but the owner gets in. */
  readonly whenUnset?: Json
  /**
   * Keys under which a wide grant still helps only those who hold something that the policy fixes: what strangers can put in
   * them, and the sentence that says who the others are. Null where nothing is fixed.
   */
  readonly holders?: (place: ServicePlace) => { readonly keys: ServiceKeys; readonly because: string } | null
  /** What decides beside the policy. */
  readonly gates?: (place: ServicePlace) => Gates
}

/** What a request is about, where the action does not say it. */
export interface NameAbout {
  readonly access: Access
  readonly alternative: string
  readonly account: string
}

/** One decision: of one access, every doubt taken to one side. */
export interface ServicePlace {
  readonly configuration: ResourceConfiguration
  readonly related: readonly ResourceConfiguration[]
  readonly zone: ZoneOfTrust
  readonly asOf: Instant
  readonly access: Access
  readonly mode: Mode
  /** The one of the service's alternatives that is asked about. */
  readonly alternative: string
  /** Keys as strangers can fill them, where it is asked what those can do. */
  readonly strangers: ServiceKeys
  /** The policy document itself, null where there is none or it is not known. */
  readonly policy: Json
}

export type SenderKind = 'anonymous' | 'identity' | 'service'

/** What decides beside the policy, every doubt taken to the side of the place. */
export interface Gates {
  /** Sentences: what was not read or is not clear and bears on this access. */
  readonly doubts?: readonly string[]
  /** Policies that count beside the resource's own; one that is not known may deny and grant anything. */
  readonly documents?: readonly Known<ExtraDocument>[]
  /** What counts in place of the resource's own policy, which has no say in this access. */
  readonly insteadOfPolicy?: ExtraDocument
  /** What stops a sender whatever the policies say. */
  readonly refuses?: (sender: SenderKind, action: string) => boolean
  /** Requests without credentials that get as far as the policies. */
  readonly unsigned?: (action: string) => boolean
  /** Keys whose values follow from the resource's settings. */
  readonly keys?: ServiceKeys
  /** What else the same request needs consent for: another action, or the same one on another resource. */
  readonly needsToo?: (action: string) => readonly FurtherNeed[]
  /** The reason why nobody outside gets in, whatever the policy says. */
  readonly closed?: string | null
  /** The reasons beside the policy where nobody outside gets in. */
  readonly closedBy?: readonly string[]
  /** What is to be said beside a positive verdict. */
  readonly remarks?: readonly string[]
}

/** A request that must be allowed beside the one that is sent, with keys of its own. */
export interface FurtherNeed {
  readonly action: string
  readonly arn: string
  readonly keys?: ServiceKeys
}

/** A policy that counts beside the resource's own; with `onlyDenies`, it can only take away. */
export interface ExtraDocument {
  readonly name: string
  readonly document: Json
  readonly onlyDenies: boolean
}
