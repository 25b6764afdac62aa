import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { isRecord } from '../../readings.ts'
import type { Policy, Statement } from '../policy/document.ts'
import { namesAction } from '../policy/statements.ts'
import { booleanOf, listIn, memberOf, textOf, unwrapped } from './native.ts'
import type { ReadPolicy } from './read-policy.ts'

/**
 * A content distribution in front hands objects on by rules of its own: the bucket is open, if so, indirectly, and its own
 * verdict stays. One sentence for each statement that lets CloudFront read.
 */
export function throughDistributions(
  policy: ReadPolicy | null,
  { name }: ResourceConfiguration['resource'],
  related: readonly ResourceConfiguration[],
): readonly string[] {
  const distributions = related.filter(({ resource: { type } }) => type === 'AWS::CloudFront::Distribution').map(describe)
  return lettingThrough(policy?.policy ?? null).flatMap((statement) => {
    const served = distributions.filter((distribution) => distribution.buckets.includes(name) && isMeant(statement, distribution))
    if (served.length === 0)
      return [
        `indirect: ${statement.label} lets CloudFront read, and the distribution, which was not read, decides who reads there`,
      ]
    return served.map((distribution) => sentence(statement, distribution))
  })
}

interface Distribution {
  readonly id: string
  readonly arn: string
  readonly domain: string | null
  readonly enabled: boolean | null
  /** Names of the buckets it takes objects from. */
  readonly buckets: readonly string[]
  readonly identities: readonly string[]
  /** Whether each of its behaviours asks viewers for a signed link or cookie. */
  readonly signedOnly: boolean
}

function lettingThrough(policy: Policy | null): readonly Statement[] {
  return (policy?.statements ?? []).filter(
    (statement) =>
      statement.effect === 'Allow' &&
      namesAction(statement, 's3:GetObject') &&
      !statement.principal.negated &&
      (statement.principal.services.includes('cloudfront.amazonaws.com') ||
        originIdentities(statement).length > 0 ||
        statement.principal.canonicalUsers.some((id) => id.includes(':cloudfront:'))),
  )
}

function originIdentities({ principal }: Statement): readonly string[] {
  return principal.aws.flatMap(
    (entry) => /:iam::cloudfront:user\/CloudFront Origin Access Identity ([A-Z0-9]+)$/.exec(entry)?.[1] ?? [],
  )
}

function isMeant(statement: Statement, { arn, identities }: Distribution): boolean {
  if (originIdentities(statement).some((id) => identities.includes(id))) return true
  if (!statement.principal.services.includes('cloudfront.amazonaws.com')) return false
  const sources = statement.atoms.filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
  const like = (glob: string) =>
    new RegExp(
      `^${glob
        .split('*')
        .map((part) => part.replace(/[^A-Za-z0-9]/g, '\\$&'))
        .join('.*')}$`,
    ).test(arn)
  return sources.every(({ values }) => values.some((value) => value.length < 300 && value.split('*').length < 6 && like(value)))
}

function describe({ resource, facets }: ResourceConfiguration): Distribution {
  const reading = Object.values(facets).find((each) => each.status === 'read' && isRecord(each.value))
  const whole = reading?.status === 'read' ? unwrapped(reading.value, 'Distribution') : null
  const config = memberOf(whole ?? undefined, 'DistributionConfig') ?? whole ?? {}
  const origins = listIn(memberOf(config, 'Origins'), 'Items') ?? []
  const behaviours = [memberOf(config, 'DefaultCacheBehavior'), ...(listIn(memberOf(config, 'CacheBehaviors'), 'Items') ?? [])]
  return {
    id: resource.id.split('/').at(-1)!,
    arn: resource.id,
    domain: textOf(whole ?? undefined, 'DomainName') ?? textOf(config, 'DomainName'),
    enabled: booleanOf(memberOf(config, 'Enabled')),
    buckets: origins.flatMap((origin) => /^(.+)\.s3[.-]/.exec(textOf(origin, 'DomainName') ?? '')?.[1] ?? []),
    identities: origins.flatMap(
      (origin) => textOf(memberOf(origin, 'S3OriginConfig'), 'OriginAccessIdentity')?.split('/').at(-1) ?? [],
    ),
    signedOnly: behaviours.every(asksForSignature),
  }
}

function asksForSignature(behaviour: Json | undefined): boolean {
  return ['TrustedKeyGroups', 'TrustedSigners'].some((name) => booleanOf(memberOf(memberOf(behaviour, name), 'Enabled')) === true)
}

function sentence({ label }: Statement, { id, domain, enabled, signedOnly }: Distribution): string {
  const through = `the distribution ${id}${domain === null ? '' : ` at https://${domain}`}`
  if (enabled === false) return `indirect: ${label} lets CloudFront read, and ${through} is switched off`
  if (signedOnly) return `indirect: ${label} lets CloudFront read, and ${through} asks for signed links or cookies`
  return `indirect: open to anyone through ${through} (${label} lets CloudFront read)`
}
