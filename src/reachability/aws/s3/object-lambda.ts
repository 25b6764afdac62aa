import type { Access, Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, eachAccess, isKnown, isRecord, undecided } from '../../readings.ts'
import { decideByPolicies } from '../policy/decision.ts'
import { grantOfStatement } from '../policy/grants.ts'
import { namesIn } from '../policy/names.ts'
import { requestSetting } from '../policy/requests.ts'
import type { Mode } from '../policy/statements.ts'
import type { PolicyTarget } from '../policy/target.ts'
import { isPublic, parseBlock } from './blocks.ts'
import { CLOSED_PART, doorOf, OPEN_PART, type Part, type S3Door } from './door-parts.ts'
import { memberOf, textOf, unwrapped } from './native.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'

const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  read: ['s3-object-lambda:GetObject', 's3-object-lambda:GetObjectVersion'],
  list: ['s3-object-lambda:ListBucket', 's3-object-lambda:ListBucketVersions'],
  write: ['s3-object-lambda:PutObject'],
  delete: ['s3-object-lambda:DeleteObject', 's3-object-lambda:DeleteObjectVersion'],
  admin: ['s3-object-lambda:PutObjectAcl'],
}

/**
 * Who outside the zone gets in through an access point that transforms objects. Its own policy must let the sender in, and so
 * must its function's and those of the access point and the bucket behind it, for a request that it forwards; those are not
 * modelled, so that only a closed door is certain. S3, user guide: "Configuring IAM policies for Object Lambda Access Points".
 */
export function decideObjectLambda(
  { resource, facets }: ResourceConfiguration,
  { zone, asOf, certificates = false }: ReachContext,
): Verdicts {
  const name = `policy of ${resource.id}`
  const policy = decisive(
    facets.policy,
    name,
    (json) => readPolicy(json, name),
    () => ({ known: null }),
  )
  if (!isKnown(policy)) return eachAccess(() => undecided(policy.problem))
  const read = policy.known
  const setting = requestSetting({
    partition: resource.id.split(':')[1] ?? 'aws',
    account: resource.account,
    region: resource.region,
    asOf,
    zone,
    names: namesIn(read ? [read.policy] : []),
  })
  const settings = facets.configuration?.status === 'read' ? facets.configuration.value : null
  const block = parseBlock(
    facets.publicAccessBlock?.status === 'read'
      ? facets.publicAccessBlock.value
      : (memberOf(settings, 'PublicAccessBlockConfiguration') ?? {}),
  )
  const restricted = isKnown(block) && block.known.restrictPublicBuckets && isPublic(read?.policy ?? null, 'access-point', 'most')
  const target = targetOf(resource.id)
  return eachAccess((access) =>
    decideByPolicies<S3Door>({
      actions: ACTIONS[access],
      door: (mode) => doorOf(target, setting, mode, [ownPart(read, restricted), forwardedPart(mode)]),
      doubts: [behind(settings)],
      replayed: ({ replayed }) => replayed,
      certified: certificates,
      whyNobody: () => [
        read ? `the ${name} lets no outsider in` : `no policy is set on ${resource.id}`,
        ...(restricted ? ['RestrictPublicBuckets shuts everyone outside the account out'] : []),
      ],
    }),
  )
}

function ownPart(read: ReadPolicy | null, restricted: boolean): Part {
  const statements = read?.policy.statements ?? []
  return {
    ...OPEN_PART,
    statements,
    layers: [
      {
        grants: statements.filter(({ effect }) => effect === 'Allow').map(grantOfStatement),
        denies: statements.filter(({ effect }) => effect === 'Deny'),
        sees: null,
      },
    ],
    refuses: ({ kind }) => restricted && kind !== 'service',
  }
}

/** What the function and the doors behind it say of a forwarded request. */
function forwardedPart(mode: Mode): Part {
  return mode === 'least' ? CLOSED_PART : OPEN_PART
}

function behind(settings: Json): string {
  const configuration = isRecord(settings) ? unwrapped(settings, 'Configuration') : null
  const supporting = textOf(configuration, 'SupportingAccessPoint')
  return `requests that it forwards are not modelled: ${supporting ?? 'the access point behind it'}, its bucket and the function must let the sender in as well`
}

function targetOf(arn: string): PolicyTarget {
  return {
    arn,
    names: () => ({ arn, rest: null }),
    // The function is called in the sender's name.
    takesUnsigned: () => false,
    key: (key) =>
      key.toLowerCase().startsWith('s3-object-lambda:') ? { kind: 'unknown', why: `the condition key ${key}` } : null,
    carries: () => ({}),
  }
}
