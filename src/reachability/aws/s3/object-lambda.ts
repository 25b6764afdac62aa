import type { Access, Json, ResourceConfiguration, TraceStep, Verdict, Verdicts, Witness } from '../../../model/index.ts'
import type { NamedPolicy, ReachContext } from '../../reach-model.ts'
import { decisive, eachAccess, isKnown, isRecord, type Known, undecided } from '../../readings.ts'
import { derived } from '../policy/key-view.ts'
import { decideByPolicies, type PolicyQuestion } from '../policy/decision.ts'
import { type Grant, grantOfStatement } from '../policy/grants.ts'
import { type Names, namesIn } from '../policy/names.ts'
import { replay } from '../policy/replay.ts'
import { requestSetting, TRANSPORT } from '../policy/requests.ts'
import { type Mode, pin } from '../policy/statements.ts'
import { ANY_REST, type PolicyTarget, type WitnessContext } from '../policy/target.ts'
import { type BucketBehind, bucketsBehind, doubtsBehind, policiesBehind } from './access-point.ts'
import { type AccessPoint, ACCESS_POINT_TYPES, accessPointOf, accessPointsOf } from './access-points.ts'
import { type Block, isBlocked, isPublic, NO_BLOCK, parseBlock } from './blocks.ts'
import { CLOSED_PART, doorOf, OPEN_PART, type Part, type S3Door } from './door-parts.ts'
import { forwardedContext, forwardedPart } from './forwarded.ts'
import { memberOf, textOf, unwrapped } from './native.ts'
import { functionPart, functionProblems, type Functions, functionsOf } from './object-lambda-function.ts'
import { passageThrough } from './passages.ts'
import { namedPolicy } from './policies.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'
import { problemsIn } from './settings.ts'
import { accessPointTarget } from './target.ts'

const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  read: ['s3-object-lambda:GetObject', 's3-object-lambda:GetObjectVersion'],
  list: ['s3-object-lambda:ListBucket', 's3-object-lambda:ListBucketVersions'],
  write: ['s3-object-lambda:PutObject'],
  delete: ['s3-object-lambda:DeleteObject', 's3-object-lambda:DeleteObjectVersion'],
  admin: ['s3-object-lambda:PutObjectAcl'],
}

/**
 * Who outside the zone gets in through an access point that transforms objects. Its own policy must let the sender in, and so
 * must the access point and the bucket behind it, for the request that it forwards in the sender's name, and, where answers are
 * transformed, the function. S3, user guide: "Configuring IAM policies for Object Lambda Access Points".
 */
export function decideObjectLambda(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const transforming = transformingPoint(configuration, context)
  if (!isKnown(transforming)) return eachAccess(() => undecided(transforming.problem))
  return eachAccess((access) => addressed(decideByPolicies(questionOf(access, transforming.known)), configuration.resource.id))
}

/** What each statement of the policies on the way does with a request. */
export function traceObjectLambda(
  configuration: ResourceConfiguration,
  context: ReachContext,
  { action }: Witness,
): readonly TraceStep[] {
  const transforming = transformingPoint(configuration, context)
  const access = (Object.keys(ACTIONS) as Access[]).find((each) => ACTIONS[each].includes(action))
  if (!isKnown(transforming) || !access) return []
  const question = questionOf(access, transforming.known)
  // Which object it is about, only the witness says that does not yet leave it out.
  const { witness } = decideByPolicies(question)
  if (!witness) return []
  const traces = ([question.door('least')].flat() as readonly S3Door[]).map((door) => replay(witness, door.replayed))
  return (traces.find(({ allowed }) => allowed) ?? traces[0])?.steps ?? []
}

/** The policies on the way of a request: its own, the functions', and those of the access point and the bucket behind. */
export function policiesAtObjectLambda(configuration: ResourceConfiguration, context: ReachContext): readonly NamedPolicy[] {
  const transforming = transformingPoint(configuration, context)
  if (!isKnown(transforming)) return []
  const { policy, functions, point, behind } = transforming.known
  return [
    ...namedPolicy({ known: policy }, 'policy'),
    ...[...functions.policies.values()].flatMap((each) => namedPolicy(each, null)),
    ...(isKnown(point) ? namedPolicy(point.known.policy, null) : []),
    ...policiesBehind(behind),
  ]
}

interface TransformingPoint {
  readonly configuration: ResourceConfiguration
  readonly context: ReachContext
  readonly policy: ReadPolicy | null
  readonly block: Known<Block>
  readonly point: Known<AccessPoint>
  readonly behind: readonly BucketBehind[]
  readonly functions: Functions
}

function transformingPoint(configuration: ResourceConfiguration, context: ReachContext): Known<TransformingPoint> {
  const { resource, facets } = configuration
  const { related = [] } = context
  const name = `policy of ${resource.id}`
  const policy = decisive(
    facets.policy,
    name,
    (json) => readPolicy(json, name),
    () => ({ known: null }),
  )
  if (!isKnown(policy)) return policy
  const whole = facets.configuration?.status === 'read' ? facets.configuration.value : null
  const settings = isRecord(whole) ? unwrapped(whole, 'Configuration', 'ObjectLambdaConfiguration') : null
  const point = supportingPoint(settings, related)
  return {
    known: {
      configuration,
      context,
      policy: policy.known,
      block: blockOf(configuration, whole),
      point,
      behind: isKnown(point) ? bucketsBehind(point.known, { resource, facets: {} }, context) : [],
      functions: functionsOf(settings, related),
    },
  }
}

function blockOf({ resource, facets }: ResourceConfiguration, whole: Json): Known<Block> {
  const inside = memberOf(whole, 'PublicAccessBlockConfiguration')
  if (facets.publicAccessBlock === undefined && inside !== undefined) return parseBlock(inside ?? {})
  return decisive(facets.publicAccessBlock, `public access block of ${resource.id}`, parseBlock, () => ({ known: NO_BLOCK }))
}

/** The access point behind it, where it is among the related resources or among the access points of one of their buckets. */
function supportingPoint(settings: Json, related: readonly ResourceConfiguration[]): Known<AccessPoint> {
  const arn = textOf(settings, 'SupportingAccessPoint')
  if (arn === null) return { problem: 'the access point behind it was not read' }
  const own = related.find(({ resource }) => ACCESS_POINT_TYPES.includes(resource.type) && resource.id === arn)
  const beside = related
    .filter(({ resource: { type } }) => type === 'AWS::S3::Bucket')
    .flatMap((bucket) => accessPointsOf(bucket, related).points)
  const point = (own && accessPointOf(own)) ?? beside.find((each) => each.arn === arn)
  return point ? { known: point } : { problem: `${arn}, the access point behind it, was not read` }
}

function questionOf(access: Access, transforming: TransformingPoint): PolicyQuestion<S3Door> {
  const { configuration, context, policy, point, behind, functions } = transforming
  const { id } = configuration.resource
  const restricted = isRestricted(transforming, 'most')
  return {
    actions: ACTIONS[access],
    door: (mode) => doors(access, transforming, mode),
    doubts: [
      ...(isRestricted(transforming, 'least') === restricted
        ? []
        : [`whether RestrictPublicBuckets shuts strangers out of ${id} is not known`, ...problemsIn([transforming.block])]),
      ...(isKnown(point) ? pointDoubts(access, point.known, behind) : [point.problem]),
      ...functionProblems(functions, ACTIONS[access]),
    ],
    replayed: ({ replayed }) => replayed,
    certified: context.certificates ?? false,
    whyNobody: () => [
      policy
        ? `the policies of ${id} and of what it leads to together let no outsider in`
        : `no policy is set on ${id}: nobody outside its account is let in`,
      ...(restricted ? ['RestrictPublicBuckets shuts everyone outside the account out'] : []),
    ],
    remarks: () =>
      functions.policies.size > 0 && (access === 'read' || access === 'list')
        ? ['the function reads with the rights of the sender; what it gets with a role of its own is not part of this verdict']
        : [],
  }
}

function pointDoubts(access: Access, point: AccessPoint, behind: readonly BucketBehind[]): readonly string[] {
  return [
    ...problemsIn([point.policy, point.vpc, point.block]),
    ...(inNetwork(point) ? [`how ${point.arn}, which is reached from its network only, takes forwarded requests`] : []),
    ...doubtsBehind(access, point, behind),
  ]
}

function inNetwork({ vpc }: AccessPoint): boolean {
  return isKnown(vpc) && vpc.known !== null
}

/** A policy that S3 calls public shuts everyone else out where the access point's or the account's block is on. */
function isRestricted({ policy, block, behind }: TransformingPoint, mode: Mode): boolean {
  const ofAccount = behind.filter(({ isRead }) => isRead).map(({ doors: { facets } }) => facets.accountBlock)
  return isBlocked([block, ...ofAccount], 'restrictPublicBuckets', mode) && isPublic(policy?.policy ?? null, 'access-point', mode)
}

function doors(access: Access, transforming: TransformingPoint, mode: Mode): readonly S3Door[] {
  const { configuration, context, policy, functions, behind } = transforming
  const { resource } = configuration
  const policies = [
    ...(policy ? [policy.policy] : []),
    ...[...functions.policies.values()].flatMap((each) => (isKnown(each) && each.known ? [each.known.policy] : [])),
  ]
  const setting = requestSetting({
    partition: resource.id.split(':')[1] ?? 'aws',
    account: resource.account,
    region: resource.region,
    asOf: context.asOf,
    zone: context.zone,
    names: together([namesIn(policies), ...behind.map(({ doors: { setting } }) => setting.names)]),
  })
  const own = [ownPart(resource.id, transforming, mode), functionPart(functions, resource.account, mode)]
  return waysBehind(access, transforming, mode).map((way) => doorOf(targetOf(resource.id), setting, mode, [...own, ...way]))
}

function together(names: readonly Names[]): Names {
  const all = <T>(read: (one: Names) => readonly T[]) => [...new Set(names.flatMap(read))].sort()
  return {
    accounts: all((one) => one.accounts),
    organizations: all((one) => one.organizations),
    vpcs: all((one) => one.vpcs),
    vpcEndpoints: all((one) => one.vpcEndpoints),
    principalIds: all((one) => one.principalIds),
    numbers: all((one) => one.numbers),
  }
}

/** What the access point and the bucket behind it ask of a forwarded request, each way. */
function waysBehind(
  access: Access,
  { configuration, point, behind }: TransformingPoint,
  mode: Mode,
): readonly (readonly Part[])[] {
  if (!isKnown(point) || inNetwork(point.known)) return [[mode === 'least' ? CLOSED_PART : OPEN_PART]]
  const { arn, account } = point.known
  const passage = passageThrough(point.known)
  const forwarding = {
    account,
    action: (sent: string) => sent.replace(/^s3-object-lambda:/, 's3:'),
    target: accessPointTarget(arn, passage),
    witness: (sent: Witness): Witness => {
      const key = sent.resource.slice(configuration.resource.id.length + 1)
      return {
        ...sent,
        action: sent.action.replace(/^s3-object-lambda:/, 's3:'),
        resource: key === '' ? arn : `${arn}/object/${key}`,
        context: { ...forwardedContext(sent, account), 's3:ResourceAccount': account, ...passage.carries(sent.context) },
      }
    },
  }
  const bucketWays = behind.flatMap(({ doors: bucket }) => bucket.partsThrough(point.known, access, mode))
  return bucketWays.map((parts) => parts.map((part) => forwardedPart(part, forwarding)))
}

function ownPart(arn: string, transforming: TransformingPoint, mode: Mode): Part {
  const { policy } = transforming
  const statements = policy?.policy.statements ?? []
  const target = targetOf(arn)
  const itself = { ...target, variant: 'itself', names: () => ({ arn, rest: null }) }
  const restricted = isRestricted(transforming, mode)
  return {
    ...OPEN_PART,
    statements,
    layers: [
      {
        grants: statements.filter(({ effect }) => effect === 'Allow').map((statement) => overTls(grantOfStatement(statement))),
        denies: statements.filter(({ effect }) => effect === 'Deny'),
        sees: ({ action }) => ({ action, target: itself }),
      },
    ],
    refuses: ({ kind }) => restricted && kind !== 'service',
    replayed: [
      {
        documents: policy ? [{ name: policy.policy.name, document: policy.document, onlyDenies: false }] : [],
        aclGrants: [],
        sees: (witness) => ({ ...witness, resource: arn }),
      },
    ],
    refusesWitness: ({ principal: { kind }, context }) =>
      kind === 'anonymous' || (restricted && kind !== 'service') || context['aws:SecureTransport'] !== 'true',
  }
}

/** S3 Object Lambda takes nothing over plain HTTP. S3, user guide: "Security considerations for S3 Object Lambda Access Points". */
function overTls(grant: Grant): Grant {
  return {
    ...grant,
    when: (reading) => {
      const secure = pin('aws:SecureTransport', 'true', reading)
      const granted = grant.when(reading)
      return secure && granted ? [secure, ...granted] : false
    },
  }
}

const OBJECT_ACTIONS = new Set([...ACTIONS.read, ...ACTIONS.write, ...ACTIONS.delete, ...ACTIONS.admin])

/** Its requests name the access point alone; which object they are about, what they are forwarded to sees. */
function targetOf(arn: string): PolicyTarget {
  return {
    arn,
    names: (action) => (OBJECT_ACTIONS.has(action) ? { arn: `${arn}/`, rest: ANY_REST } : { arn, rest: null }),
    // The function is called in the sender's name.
    takesUnsigned: () => false,
    key: (key) => {
      const name = key.toLowerCase()
      if (name === 's3-object-lambda:tlsversion') return derived(TRANSPORT, (value) => (value === 'plain' ? null : value))
      return name.startsWith('s3-object-lambda:') ? { kind: 'unknown', why: `the condition key ${key}` } : null
    },
    carries: (_, __, tls): WitnessContext => (tls === null ? {} : { 's3-object-lambda:TlsVersion': tls }),
  }
}

/** The request as its sender sends it, with the object that it is about in words. */
function addressed(verdict: Verdict, arn: string): Verdict {
  const { witness } = verdict
  if (!witness || witness.resource === arn) return verdict
  const key = witness.resource.slice(arn.length + 1)
  return {
    ...verdict,
    witness: { ...witness, resource: arn },
    because: [...verdict.because, `the request is for the object ${key}`],
  }
}
