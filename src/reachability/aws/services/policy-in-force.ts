import type { Json } from '../../../model/index.ts'
import { isKnown, type Known } from '../../readings.ts'
import { type Policy, parsePolicy, type Statement } from '../policy/document.ts'
import { isWholeAccount } from '../policy/statements.ts'
import { unwrapPolicy } from './documents.ts'
import type { ExtraDocument } from './service.ts'

/** A policy in force, as it was written and as it was understood. */
export interface PolicyInForce extends ExtraDocument {
  readonly policy: Policy
}

const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } }
/** Stands for a policy that is not known: it may allow everything. */
export const ANYTHING: PolicyInForce = knownOf(
  parsed({ name: 'policy that is not known', document: EVERYTHING, onlyDenies: false }),
)

function knownOf(document: Known<PolicyInForce>): PolicyInForce {
  if (isKnown(document)) return document.known
  throw new Error(document.problem)
}

/** The policy understood, or why not. */
export function parsed(document: ExtraDocument): Known<PolicyInForce> {
  const read = parsePolicy(document.document, document.name)
  return 'problem' in read ? read : { known: { ...document, policy: read.policy } }
}

/** A list of documents, or of what `aws organizations describe-policy` prints. */
export function parseControls(json: Json): Known<readonly PolicyInForce[]> {
  const controls: PolicyInForce[] = []
  for (const [at, entry] of (Array.isArray(json) ? (json as readonly Json[]) : [json]).entries()) {
    const name = `resource control policy ${at + 1}`
    const document = unwrapPolicy(entry, name)
    if (!isKnown(document)) return document
    if (document.known === null) return { problem: `the ${name} is not understood: it is empty` }
    const read = parsed({ name, document: document.known, onlyDenies: true })
    if (!isKnown(read)) return read
    controls.push(read.known)
  }
  return { known: controls }
}

/** Whether the statement speaks of whole accounts only that are among these. */
export function staysWithin({ principal }: Statement, accounts: readonly string[]): boolean {
  const { negated, everyone, aws, services, canonicalUsers, others } = principal
  if (negated || everyone || services.length + canonicalUsers.length + others.length > 0) return false
  return aws.every((entry) => isWholeAccount(entry) && accounts.some((id) => id !== '' && entry.includes(id)))
}
