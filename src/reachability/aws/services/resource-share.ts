import type { Json, ResourceConfiguration, Verdict, Verdicts } from '../../../model/index.ts'
import type { ReachContext, ReachModel } from '../../reach-model.ts'
import { decisive, eachAccess, isKnown, isRecord, type Known, nobody, undecided } from '../../readings.ts'

const ARN = /^arn:aws[a-z-]*:ram:[a-z0-9-]+:\d{12}:resource-share\/[0-9a-f-]{1,40}$/

/**
 * A share of Resource Access Manager: whoever is a principal of it may see what is shared, and may do more by the permission
 * that goes with it. A share cannot be for everyone. RAM, user guide: "Sharing your AWS resources".
 */
export const RESOURCE_SHARE_MODEL: ReachModel = {
  types: ['AWS::RAM::ResourceShare'],
  decide: decideShare,
}

function decideShare({ resource, facets }: ResourceConfiguration, { zone, asOf }: ReachContext): Verdicts {
  if (!ARN.test(resource.id)) return eachAccess(() => undecided('the ARN is not that of a resource share'))
  const principals = decisive(facets.principals, 'principals of the share', parsePrincipals, () => ({ known: [] }))
  if (!isKnown(principals)) return eachAccess(() => undecided(principals.problem))
  const inside = [resource.account, ...zone.accounts, ...zone.organizations, ...zone.principals]
  const outside = principals.known.filter((principal) => !isInside(principal, inside)).sort()
  if (outside.length === 0) {
    return eachAccess(() => nobody('every principal of the share is inside'))
  }
  const because = [`the share has principals outside: ${outside.slice(0, 20).join(', ')}`]
  const account = accountOf(outside[0]!)
  const who = account ? `arn:aws:iam::${account}:root` : outside[0]!
  const read: Verdict = {
    audience: 'named',
    witness: {
      principal: account
        ? { kind: 'aws', account, arn: who, organization: null, organizationPath: null }
        : { kind: 'bearer', of: `an account of ${outside[0]!}` },
      action: 'ram:GetResourceShares',
      resource: resource.id,
      context: { 'aws:CurrentTime': asOf, ...(account ? { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': who } : {}) },
    },
    because,
  }
  const more = undecided(...because, 'what the permission of the share lets them do was not read')
  return eachAccess((access) => (access === 'read' || access === 'list' ? read : more))
}

/** The ids of `aws ram list-principals`, of `get-resource-share-associations --association-type PRINCIPAL`, or a list of them. */
function parsePrincipals(json: Json): Known<readonly string[]> {
  const list = isRecord(json) ? (json.principals ?? json.resourceShareAssociations) : json
  if (!Array.isArray(list)) return { problem: 'principals of the share not understood' }
  const current = (list as readonly Json[]).filter((entry) => !isRecord(entry) || entry.status !== 'DISASSOCIATED')
  const ids = current.map((entry) => (isRecord(entry) ? (entry.id ?? entry.associatedEntity) : entry))
  return ids.every((id): id is string => typeof id === 'string' && id !== '')
    ? { known: ids }
    : { problem: 'principals of the share not understood' }
}

/** An account, a role or user of one, an organisation or a unit of it. */
function isInside(principal: string, inside: readonly string[]): boolean {
  const organization = /^arn:[^:]*:organizations::\d{12}:(?:organization|ou)\/(o-[a-z0-9]+)(?:\/|$)/.exec(principal)?.[1]
  const named = organization ?? accountOf(principal)
  return inside.includes(principal) || (named !== null && named !== '' && inside.includes(named))
}

function accountOf(principal: string): string | null {
  return /^(?:arn:[^:]*:iam::)?(\d{12})(?::|$)/.exec(principal)?.[1] ?? null
}
