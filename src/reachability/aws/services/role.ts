import type { Json, ResourceConfiguration, Verdict, Verdicts } from '../../../model/index.ts'
import type { ReachContext, ReachModel } from '../../reach-model.ts'
import { isKnown, isRecord, isTexts, type Members, undecided } from '../../readings.ts'
import { serviceModel } from './decision.ts'
import { unwrapPolicy } from './documents.ts'
import { chosen, MANY_VALUES } from './keys.ts'
import type { Service } from './service.ts'

const ASSUME = ['sts:AssumeRole']
const REMARKS = ['whoever assumes the role may do what its own policies allow, which were not read here']

/** A role for identities of AWS: whoever may assume it is given all that its own policies allow. */
export const role: Service = {
  types: ['AWS::IAM::Role'],
  noun: 'role',
  arn: /^arn:aws[a-z-]*:iam::\d{12}:role\/[A-Za-z0-9+=,.@_/-]+$/,
  policyFacets: ['trustPolicy', 'assumeRolePolicyDocument', 'AssumeRolePolicyDocument', 'policy', 'configuration'],
  actions: { read: [], list: [], write: [], delete: [], admin: ASSUME },
  keys: {
    'sts:ExternalId': chosen(ASSUME),
    'sts:RoleSessionName': chosen(ASSUME),
    'sts:SourceIdentity': chosen(ASSUME),
    'sts:TransitiveTagKeys': chosen(ASSUME, MANY_VALUES),
    'aws:RequestTag/*': chosen(ASSUME),
    'aws:TagKeys': chosen(ASSUME, MANY_VALUES),
  },
  underResourceControls: true,
  withoutResource: true,
  gates: () => ({
    // A service takes a role only from who may pass it, and nobody passes a role of another account.
    refuses: (sender) => sender === 'service',
    closedBy: ['a service takes a role only from identities of its account that may pass it'],
    remarks: REMARKS,
  }),
}

const OF_AWS = serviceModel(role)

/**
 * The trust policy of a role: by identities of AWS, and by those who bring a token of a provider of identities that anybody can
 * get one from. IAM, user guide: "Create a role for OpenID Connect federation", "The confused deputy problem".
 */
export const ROLE_MODEL: ReachModel = {
  types: role.types,
  decide: (configuration, context) => {
    const verdicts = OF_AWS.decide(configuration, context)
    return { ...verdicts, admin: widened(verdicts, configuration, context) }
  },
  trace: (configuration, context, witness) =>
    witness.principal.kind === 'bearer' ? [] : OF_AWS.trace!(configuration, context, witness),
  policies: (configuration, context) => OF_AWS.policies!(configuration, context),
}

function widened({ admin }: Verdicts, configuration: ResourceConfiguration, context: ReachContext): Verdict {
  if (admin.audience === 'any-identity') return admin
  const statements = trustStatements(configuration)
  const denied = statements.some((statement) => statement.Effect === 'Deny' && speaksOfTokens(statement))
  const federated = statements.map((statement) => {
    const verdict = byToken(statement, configuration, context)
    return verdict && denied ? undecided('not decided: what a Deny of the role policy says of tokens') : verdict
  })
  const open = federated.find((verdict) => verdict?.audience === 'any-identity')
  if (open) return open
  if (admin.audience === 'named') return admin
  return (
    federated.find((verdict) => verdict?.audience === 'named') ??
    federated.find((verdict) => verdict?.audience === 'undecided') ??
    admin
  )
}

function trustStatements({ facets }: ResourceConfiguration): readonly Members[] {
  const reading = role.policyFacets.map((facet) => facets[facet]).find((each) => each !== undefined)
  const document = reading?.status === 'read' ? unwrapPolicy(reading.value, 'role policy') : null
  if (!document || !isKnown(document) || !isRecord(document.known)) return []
  return listOf(document.known.Statement ?? []).filter((statement) => isRecord(statement))
}

/** Providers whose tokens anybody can get, with the claim that tells whose a token is. */
const OPEN_PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  'token.actions.githubusercontent.com': [
    'sub',
    'repository',
    'repository_owner',
    'repository_owner_id',
    'repository_id',
    'job_workflow_ref',
  ],
  'gitlab.com': ['sub', 'namespace_id', 'project_id'],
  'accounts.google.com': ['sub', 'aud', 'oaud'],
  'www.amazon.com': ['app_id', 'user_id'],
  'graph.facebook.com': ['app_id', 'id'],
  'cognito-identity.amazonaws.com': ['aud', 'sub'],
  'app.terraform.io': ['sub'],
  'oidc.circleci.com': ['sub'],
  'agent.buildkite.com': ['sub', 'organization_slug', 'organization_id'],
}

/** What a statement for tokens lets in; null where it is not one, or for tokens of those inside only. */
function byToken(statement: Members, { resource }: ResourceConfiguration, { zone, asOf }: ReachContext): Verdict | null {
  const { Effect: effect, Principal: principal, Condition: condition } = statement
  if (effect !== 'Allow' || !speaksOfTokens(statement) || !isRecord(principal)) return null
  const providers = listOf(principal.Federated ?? []).flatMap((federated) =>
    typeof federated === 'string' ? [providerOf(federated)] : [],
  )
  const provider = providers.find((each) => Object.hasOwn(OPEN_PROVIDERS, each))
  if (provider === undefined) return null
  const claims = OPEN_PROVIDERS[provider]!
  const asked = askedOf(condition ?? null, provider)
  if (asked === null) return undecided(`not decided: a condition on tokens of ${provider}`)
  const whose = claims.flatMap((claim) => asked.get(claim) ?? []).filter((value) => !isOpen(value))
  if (whose.length > 0 && whose.every((value) => zone.principals.includes(value))) return null
  const context = Object.fromEntries(
    [...asked].map(([claim, values]) => [`${provider}:${claim}`, values[0]!.replace(/[*?]/g, 'x')]),
  )
  const because =
    whose.length === 0
      ? `anybody can get a token of ${provider}, and no condition on ${claims.join(', ')} says whose`
      : `tokens of ${provider} for ${whose.join(', ')}: if those are inside, name them in the zone of trust`
  return {
    audience: whose.length === 0 ? 'any-identity' : 'named',
    witness: {
      principal: { kind: 'bearer', of: `a token of ${provider}` },
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: resource.id,
      context: { 'aws:CurrentTime': asOf, 'aws:FederatedProvider': provider, ...context },
    },
    because: [because, ...REMARKS],
  }
}

function speaksOfTokens({ Action: action, NotAction: other }: Members): boolean {
  if (other !== undefined) return true
  return listOf(action ?? []).some(
    (each) => typeof each === 'string' && /^(\*|sts:\*|sts:assumerolewith(webidentity|\*)|sts:assumerole\*)$/i.test(each),
  )
}

/** `arn:aws:iam::111111111111:oidc-provider/gitlab.com` or the bare name of a provider that needs no registration. */
function providerOf(federated: string): string {
  return federated.replace(/^.*:oidc-provider\//, '').split('/')[0]!
}

/** The values that conditions ask of the claims; null where a condition is of another kind. */
function askedOf(condition: Json, provider: string): ReadonlyMap<string, readonly string[]> | null {
  const asked = new Map<string, readonly string[]>()
  if (condition === null) return asked
  if (!isRecord(condition)) return null
  for (const [operator, block] of Object.entries(condition)) {
    if (!/^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/i.test(operator) || !isRecord(block)) return null
    for (const [key, value] of Object.entries(block)) {
      const values = listOf(value)
      const claim = key.toLowerCase().startsWith(`${provider}:`) ? key.slice(provider.length + 1).toLowerCase() : null
      if (claim === null || !isTexts(values) || values.length === 0 || asked.has(claim)) return null
      asked.set(claim, values)
    }
  }
  return asked
}

/** A pattern whose beginning fits anybody's: `*`, `repo:*`, `repo:*\/name:*`. */
function isOpen(value: string): boolean {
  return /^(repo:|organization:|project_path:)?[*?]/.test(value)
}

function listOf(json: Json): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [json]
}
