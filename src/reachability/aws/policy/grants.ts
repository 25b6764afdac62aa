import { literalPattern } from '../../engine/patterns.ts'
import type { Statement } from './document.ts'
import { isIdentity, RESOURCE } from './requests.ts'
import { appliesWhen, type Conjunction, namesAction, type Reading } from './statements.ts'
import { variableKeys } from './variables.ts'

/** Something that may allow a request: a statement of a policy, or a grant of an access control list. */
export interface Grant {
  /** As a reader would name it. */
  readonly label: string
  readonly when: (reading: Reading) => Conjunction
  /** Whether it speaks of the action at all. */
  readonly bearsOn: (action: string) => boolean
  /** Canonical ids, origin access identities and services that it names: senders of their own. */
  readonly canonicalIds: readonly string[]
  readonly services: readonly string[]
  /** The keys that its policy variables take values from. */
  readonly variableKeys: readonly string[]
}

export function grantOfStatement(statement: Statement): Grant {
  return {
    label: statement.label,
    when: (reading) => appliesWhen(statement, reading),
    bearsOn: (action) => namesAction(statement, action),
    canonicalIds: [
      ...statement.principal.canonicalUsers,
      ...statement.principal.aws.filter((entry) => entry.includes(':iam::cloudfront:')),
    ],
    services: statement.principal.services,
    variableKeys: statementVariableKeys(statement),
  }
}

/** The keys that the statement's policy variables take values from. */
export function statementVariableKeys({ resources, atoms, variables }: Statement): readonly string[] {
  return variables ? [...resources.globs, ...atoms.flatMap(({ values }) => values)].flatMap(variableKeys) : []
}

/** Whom an access control list lets in. */
export type Grantee = 'everyone' | 'authenticated' | { readonly canonicalId: string }

export function grantOfAcl(label: string, grantee: Grantee, actions: ReadonlySet<string>, objectKey: string | null): Grant {
  return {
    label,
    canonicalIds: typeof grantee === 'object' ? [grantee.canonicalId] : [],
    services: [],
    variableKeys: [],
    bearsOn: (action) => actions.has(action),
    when: ({ shape: { sender, action }, target }) => {
      if (!actions.has(action)) return false
      if (sender.kind === 'service') return false
      if (grantee === 'authenticated' && !isIdentity(sender)) return false
      if (typeof grantee === 'object' && (sender.kind !== 'canonical' || sender.id !== grantee.canonicalId)) return false
      if (objectKey === null || !target.names(action).rest) return []
      const values = { kind: 'patterns', patterns: [literalPattern(objectKey)], negated: false } as const
      return [{ variable: RESOURCE, constraint: { whenAbsent: false, values, quantifier: 'some' } }]
    },
  }
}
