import type { Witness } from '../../../model/index.ts'
import type { Grant } from '../policy/grants.ts'
import type { ReplayedConfiguration, ReplayedLayer } from '../policy/replay.ts'
import type { RequestSetting, RequestShape, Sender } from '../policy/requests.ts'
import { distinctionsOf, type Door } from '../policy/search.ts'
import type { Statement } from '../policy/document.ts'
import type { Mode } from '../policy/statements.ts'
import type { PolicyTarget, Seen } from '../policy/target.ts'

/** One thing that a request must get past: a body of policy, a block, a network. A door is several of them in a row. */
export interface Part {
  readonly layers: readonly PartLayer[]
  /** All statements in it, by which it can tell requests apart. */
  readonly statements: readonly Statement[]
  /** Whether it tells networks apart beside what its statements do. */
  readonly tellsRoutes: boolean
  /** Whether none but some who are named get past it, of whom is not known who they are. */
  readonly forNamedAlone: boolean
  readonly refuses: (sender: Sender, action: string) => boolean
  /** The same for the second reading. */
  readonly replayed: readonly ReplayedLayer[]
  readonly refusesWitness: (witness: Witness) => boolean
}

export interface PartLayer {
  readonly grants: readonly Grant[]
  readonly denies: readonly Statement[]
  /** Null: it sees the request as it is sent. */
  readonly sees: ((shape: RequestShape) => Seen | null) | null
}

/** A part that lets everything pass. */
export const OPEN_PART: Part = {
  layers: [],
  statements: [],
  tellsRoutes: false,
  forNamedAlone: false,
  refuses: () => false,
  replayed: [],
  refusesWitness: () => false,
}

/** A part that lets nothing pass. */
export const CLOSED_PART: Part = { ...OPEN_PART, refuses: () => true, refusesWitness: () => true }

/** A door with its own second reading. */
export interface S3Door extends Door {
  readonly replayed: ReplayedConfiguration
}

export function doorOf(target: PolicyTarget, setting: RequestSetting, mode: Mode, parts: readonly Part[]): S3Door {
  const tells = distinctionsOf(parts.flatMap(({ statements }) => statements))
  return {
    target,
    setting,
    mode,
    forNamedAlone: parts.some(({ forNamedAlone }) => forNamedAlone),
    layers: parts.flatMap(({ layers }) =>
      layers.map(({ grants, denies, sees }) => ({
        grants,
        denies,
        sees: sees ?? (({ action }: RequestShape) => ({ action, target })),
        seesAllAlike: sees === null,
      })),
    ),
    tells: { ...tells, routes: tells.routes || parts.some(({ tellsRoutes }) => tellsRoutes) },
    refuses: (sender, action) => parts.some((part) => part.refuses(sender, action)),
    replayed: {
      layers: parts.flatMap(({ replayed }) => replayed),
      refuses: (witness) => parts.some((part) => part.refusesWitness(witness)),
    },
  }
}

/** A grant that is no statement: it stands for a choice of the sender. */
export function choice(label: string, when: Grant['when'], sameOverAllRoutes = false): Grant {
  return { label, when, sameOverAllRoutes, bearsOn: () => true, canonicalIds: [], services: [], variableKeys: [] }
}
