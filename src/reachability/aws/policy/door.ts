import { Kept } from '../../engine/kept.ts'
import type { Statement } from './document.ts'
import { type Grant, statementVariableKeys } from './grants.ts'
import type { RequestSetting, RequestShape, Sender } from './requests.ts'
import { isWholeAccount, type Mode } from './statements.ts'
import type { PolicyTarget, Seen } from './target.ts'

/** All that bears on requests to one resource, every doubt taken to one side. */
export interface Door {
  readonly target: PolicyTarget
  readonly setting: RequestSetting
  readonly mode: Mode
  /** A request gets in where each layer that has a say in it allows it, and none denies it. */
  readonly layers: readonly Layer[]
  /** A block that stops such a sender whatever the grants say. */
  readonly refuses: (sender: Sender, action: string) => boolean
  readonly tells: Distinctions
  /** Whether none but some who are named come through it, of whom is not known who they are. */
  readonly forNamedAlone?: boolean
}

/** One body of policy whose consent a request needs: a resource's own, an access point's, a key's. */
export interface Layer {
  readonly grants: readonly Grant[]
  readonly denies: readonly Statement[]
  /** How a request looks from here; null where this layer has no say in it. */
  readonly sees: (shape: RequestShape) => Seen | null
  /** Whether requests with one action look the same, whoever sends them. */
  readonly seesAllAlike?: boolean
}

/** Which differences between requests the statements can see at all. */
export interface Distinctions {
  readonly identities: boolean
  readonly routes: boolean
}

const IDENTITY_KEY = /^aws:(principaltype|userid|username|principalarn|multifactor|tokenissuetime)/
const ROUTE_KEY = /^aws:(sourceip|vpcsourceip|sourcevpc|viaawsservice|calledvia)/

export function distinctionsOf(statements: readonly Statement[]): Distinctions {
  let identities = false
  let routes = false
  for (const statement of statements) {
    const own = distinctions(statement)
    identities ||= own.identities
    routes ||= own.routes
  }
  return { identities, routes }
}

const DISTINCTIONS = new Kept<Statement, Distinctions>('distinctions')

function distinctions(statement: Statement): Distinctions {
  const known = DISTINCTIONS.of(statement)
  if (known) return known
  const { atoms, principal } = statement
  const keys = [...atoms.map(({ key }) => key), ...statementVariableKeys(statement)].map((key) => key.toLowerCase())
  const own = {
    identities:
      keys.some((key) => IDENTITY_KEY.test(key)) ||
      [...principal.aws, ...principal.others].some((entry) => !isWholeAccount(entry)),
    routes: keys.some((key) => ROUTE_KEY.test(key)),
  }
  return DISTINCTIONS.keep(statement, own)
}
