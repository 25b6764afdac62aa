import type { Json } from '../model/index.ts'
import type { ExposedStore, RemediationFacts } from './exposed-store.ts'

type Statement = { readonly [key: string]: Json }

/** The statements that let outsiders in, and the policy without them. */
export interface PolicyChange {
  readonly removed: readonly Statement[]
  /** Null where no statement is left. */
  readonly remaining: { readonly [key: string]: Json } | null
}

/**
 * What to take out of the bucket policy: the statements that the verdicts name, and whatever else grants to everybody
 * without a condition. Partners keep what they had, by name. Null where nothing is to be taken out.
 */
export function withoutOpenStatements(store: ExposedStore, facts: RemediationFacts): PolicyChange | null {
  const document = policyOf(store)
  if (document === null) return null
  const statements = statementsOf(document)
  const named = statementsNamedBy(store)
  const isOpen = (statement: Statement, index: number) => isAllow(statement) && (named.has(index) || isForEverybody(statement))
  const removed = statements.filter(isOpen)
  if (removed.length === 0) return null
  const kept = statements.filter((statement, index) => !isOpen(statement, index))
  const remaining = [...kept, ...grantsByName(removed, partnerArns(facts))]
  return { removed, remaining: remaining.length === 0 ? null : { ...document, Statement: remaining } }
}

/** The ARNs among the partners, each once and in order. */
export function partnerArns({ partners = [] }: RemediationFacts): string[] {
  return [...new Set(partners.map(({ who }) => who).filter((who) => /^arn:[^:]+:iam::\d{12}:/.test(who)))].sort()
}

function policyOf({ configuration }: ExposedStore): Statement | null {
  const reading = configuration?.facets.policy
  return reading?.status === 'read' && isObject(reading.value) ? reading.value : null
}

function statementsOf(document: Statement): Statement[] {
  const { Statement: list } = document
  const statements = Array.isArray(list) ? (list as readonly Json[]) : [list ?? null]
  return statements.filter(isObject)
}

/** Reachability names a statement by its position, from 1. */
function statementsNamedBy({ verdicts }: ExposedStore): ReadonlySet<number> {
  const reasons = Object.values(verdicts)
    .filter(({ witness }) => witness !== null)
    .flatMap(({ because }) => because)
  const positions = reasons.flatMap((reason) => /^statement (\d+)\b.* of the bucket policy allows /.exec(reason)?.[1] ?? [])
  return new Set(positions.map((position) => Number(position) - 1))
}

function isAllow(statement: Statement): boolean {
  return statement.Effect === 'Allow'
}

function isForEverybody(statement: Statement): boolean {
  if (statement.Condition !== undefined) return false
  if (statement.NotPrincipal !== undefined) return true
  const { Principal: principal } = statement
  const aws = isObject(principal) ? principal.AWS : principal
  return aws === '*' || (Array.isArray(aws) && aws.includes('*'))
}

function grantsByName(removed: readonly Statement[], partners: readonly string[]): Statement[] {
  if (partners.length === 0) return []
  return removed.map((statement, index) => {
    const { Principal: _, NotPrincipal: __, Sid: ___, ...grant } = statement
    return { Sid: `PartnersByName${index + 1}`, ...grant, Principal: { AWS: partners } }
  })
}

function isObject(value: Json | undefined): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
