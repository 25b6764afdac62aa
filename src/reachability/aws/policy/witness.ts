import { type Instant, instant, epochMs, type Witness, type WitnessPrincipal } from '../../../model/index.ts'
import type { Solution, Value } from '../../engine/solve.ts'
import {
  MULTI_FACTOR,
  ORGANIZATION,
  PRINCIPAL,
  type RequestSetting,
  type RequestShape,
  RESOURCE,
  SOURCE,
  TRANSPORT,
} from './requests.ts'
import type { PolicyTarget } from './target.ts'

/** The concrete request that a solution stands for, with every key that such a request carries. */
export function witnessOf(solution: Solution, shape: RequestShape, setting: RequestSetting, target: PolicyTarget): Witness {
  const context: Record<string, string | readonly string[]> = {}
  const principal = describePrincipal(solution, shape, context)
  describeFixed(shape, setting, context)
  for (const [variable, value] of solution.values) {
    if (value !== null && variable.includes(':')) context[spelled(variable)] = shown(variable, value)
  }
  const transport = textOf(solution, TRANSPORT)
  context['aws:SecureTransport'] = transport === 'plain' ? 'false' : 'true'
  Object.assign(context, target.carries(shape, setting, transport === 'plain' ? null : transport, context))
  const { arn, rest } = target.names(shape.action)
  return {
    principal,
    action: shape.action,
    resource: rest ? `${arn}${textOf(solution, RESOURCE) ?? 'x'}` : arn,
    context: Object.fromEntries(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function describePrincipal(
  solution: Solution,
  { sender }: RequestShape,
  context: Record<string, string | readonly string[]>,
): WitnessPrincipal {
  const path = textOf(solution, ORGANIZATION)
  const organization = path?.split('/')[0] ?? null
  switch (sender.kind) {
    case 'anonymous':
      context['aws:PrincipalType'] = 'Anonymous'
      context['aws:userid'] = 'anonymous'
      return { kind: 'anonymous' }
    case 'service':
      context['aws:PrincipalIsAWSService'] = 'true'
      context['aws:PrincipalServiceName'] = sender.service
      context['aws:PrincipalServiceNamesList'] = [sender.service]
      describeSource(textOf(solution, SOURCE)!, context)
      if (path !== null) {
        context['aws:SourceOrgID'] = organization!
        context['aws:SourceOrgPaths'] = [path]
      }
      return { kind: 'service', service: sender.service }
    case 'canonical':
      context['aws:PrincipalIsAWSService'] = 'false'
      return { kind: 'aws', account: 'unknown', arn: sender.id, organization: null, organizationPath: null }
    default: {
      const [arn, id] = textOf(solution, PRINCIPAL)!.split('|') as [string, string?]
      const account = arn.split(':')[4]!
      context['aws:PrincipalArn'] = arn
      context['aws:PrincipalAccount'] = account
      context['aws:PrincipalIsAWSService'] = 'false'
      context['aws:PrincipalType'] = { user: 'User', role: 'AssumedRole', root: 'Account', federated: 'FederatedUser' }[
        sender.kind
      ]
      context['aws:userid'] = id ?? (sender.kind === 'root' ? account : `${account}:${arn.split('/')[1]}`)
      if (sender.kind === 'user') context['aws:username'] = arn.split('/').at(-1)!
      if (path !== null) {
        context['aws:PrincipalOrgID'] = organization!
        context['aws:PrincipalOrgPaths'] = [path]
      }
      const multiFactor = textOf(solution, MULTI_FACTOR) ?? '-'
      if (multiFactor !== '-') {
        const [present, age] = multiFactor.split(' ') as [string, string?]
        context['aws:MultiFactorAuthPresent'] = present
        if (age !== undefined) context['aws:MultiFactorAuthAge'] = age
      }
      return { kind: 'aws', account, arn: sessionArn(arn, id, sender.kind), organization, organizationPath: path }
    }
  }
}

/** A role acts through a session; the policy language sees that as the principal. */
function sessionArn(arn: string, id: string | undefined, kind: string): string {
  if (kind !== 'role') return arn
  const [, partition, , , account] = arn.split(':')
  return `arn:${partition}:sts::${account}:assumed-role/${arn.split('/').at(-1)}/${id!.split(':')[1]}`
}

function describeSource(source: string, context: Record<string, string | readonly string[]>): void {
  const [account, arn] = source.includes('|') ? (source.split('|') as [string, string]) : [source.split(':')[4]!, source]
  context['aws:SourceAccount'] = account
  context['aws:SourceOwner'] = account
  context['aws:SourceArn'] = arn
}

function describeFixed(
  { sender, route }: RequestShape,
  setting: RequestSetting,
  context: Record<string, string | readonly string[]>,
): void {
  context['aws:CurrentTime'] = setting.asOf
  context['aws:EpochTime'] = String(Math.floor(epochMs(setting.asOf) / 1000))
  if (setting.region !== '') context['aws:RequestedRegion'] = setting.region
  if (setting.account !== '') context['aws:ResourceAccount'] = setting.account
  context['aws:ViaAWSService'] = route === 'service' && sender.kind !== 'service' ? 'true' : 'false'
  if (route === 'service' && sender.kind !== 'service') context['aws:CalledVia'] = ['athena.amazonaws.com']
}

function shown(variable: string, value: string | readonly string[]): string | readonly string[] {
  return variable === 'aws:TokenIssueTime' ? instantOfSeconds(value as string) : value
}

function instantOfSeconds(seconds: string): Instant {
  return instant(Number(seconds) * 1000)
}

function textOf({ values }: Solution, variable: string): string | null {
  const value: Value | undefined = values.get(variable)
  return typeof value === 'string' ? value : null
}

const SPELLINGS = new Map(
  [
    'aws:UserAgent',
    'aws:Referer',
    'aws:CalledVia',
    'aws:FederatedProvider',
    'aws:SourceIdentity',
    'aws:TagKeys',
    's3:authType',
    's3:signatureAge',
    's3:VersionId',
  ].map((key) => [key.toLowerCase(), key]),
)

function spelled(key: string): string {
  if (SPELLINGS.has(key)) return SPELLINGS.get(key)!
  for (const [prefix, spelling] of TAG_PREFIXES) if (key.startsWith(prefix)) return spelling + key.slice(prefix.length)
  return key
}

const TAG_PREFIXES: readonly (readonly [string, string])[] = [
  ['aws:principaltag/', 'aws:PrincipalTag/'],
  ['s3:existingobjecttag/', 's3:ExistingObjectTag/'],
  ['s3:requestobjecttag/', 's3:RequestObjectTag/'],
]
