import type { Json, ResourceConfiguration, Witness } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { grantOfStatement } from '../policy/grants.ts'
import type { Mode } from '../policy/statements.ts'
import type { PolicyTarget } from '../policy/target.ts'
import { OPEN_PART, type Part } from './door-parts.ts'
import { forwardedContext, forwardedTarget } from './forwarded.ts'
import { listIn, memberOf, textOf, unwrapped } from './native.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'

/** The requests that may be transformed, by the operations of a configuration; all of them go through a function only where each does. */
const TRANSFORMED: Readonly<Record<string, readonly string[]>> = {
  's3-object-lambda:GetObject': ['GetObject'],
  's3-object-lambda:GetObjectVersion': ['GetObject'],
  's3-object-lambda:ListBucket': ['ListObjects', 'ListObjectsV2'],
}

/** The functions that an access point transforms answers by: their consent is needed, in the sender's name. */
export interface Functions {
  /** The function that requests with this action go through; null for none. */
  readonly of: (action: string) => Known<string | null>
  readonly policies: ReadonlyMap<string, Known<ReadPolicy | null>>
}

/** Reads the transformations of `get-access-point-configuration-for-object-lambda`, and the functions among the related resources. */
export function functionsOf(settings: Json, related: readonly ResourceConfiguration[]): Functions {
  const transformations = listIn(memberOf(settings, 'TransformationConfigurations'))
  const problem = 'which functions it transforms answers by was not read'
  const functionFor = (operation: string): Known<string | null> => {
    const found = transformations?.find((entry) => (listIn(memberOf(entry, 'Actions')) ?? []).includes(operation))
    if (!transformations) return { problem }
    if (!found) return { known: null }
    const content = memberOf(found, 'ContentTransformation')
    const arn = textOf(isRecord(content) ? unwrapped(content, 'AwsLambda') : null, 'FunctionArn')
    return arn === null ? { problem } : { known: arn }
  }
  const of = (action: string): Known<string | null> => {
    const each = (TRANSFORMED[action] ?? []).map(functionFor)
    const unknown = each.find((one) => !isKnown(one))
    return unknown ?? each.find((one) => isKnown(one) && one.known === null) ?? each[0] ?? { known: null }
  }
  const arns = Object.keys(TRANSFORMED).flatMap((action) => {
    const arn = of(action)
    return isKnown(arn) && arn.known !== null ? [arn.known] : []
  })
  return { of, policies: new Map([...new Set(arns)].map((arn) => [arn, policyOf(arn, related)])) }
}

/** Each version and alias of a function has a policy of its own. */
function policyOf(arn: string, related: readonly ResourceConfiguration[]): Known<ReadPolicy | null> {
  const name = `policy of ${arn}`
  const wanted = arn.replace(/:\$LATEST$/, '')
  const found = related.find(
    ({ resource }) => resource.type.startsWith('AWS::Lambda::') && resource.id.replace(/:\$LATEST$/, '') === wanted,
  )
  return decisive(
    found?.facets.policy ?? found?.facets.resourcePolicy,
    name,
    (json) => readPolicy(json, name),
    () => ({ known: null }),
  )
}

/** What is not known of the functions and bears on these actions. */
export function functionProblems({ of, policies }: Functions, actions: readonly string[]): readonly string[] {
  return actions.flatMap((action) => {
    const arn = of(action)
    if (!isKnown(arn)) return [arn.problem]
    const policy = arn.known === null ? null : policies.get(arn.known)!
    return policy && !isKnown(policy) ? [policy.problem] : []
  })
}

const INVOKE = 'lambda:InvokeFunction'

/** The consents of the functions: one layer each, for the requests that go through it. */
export function functionPart(functions: Functions, account: string, mode: Mode): Part {
  const read = [...functions.policies].flatMap(([arn, policy]) => (isKnown(policy) ? [{ arn, policy: policy.known }] : []))
  const goesThrough = (action: string, arn: string) => {
    const own = functions.of(action)
    return isKnown(own) && own.known === arn
  }
  return {
    ...OPEN_PART,
    statements: read.flatMap(({ policy }) => policy?.policy.statements ?? []),
    layers: read.map(({ arn, policy }) => {
      const statements = policy?.policy.statements ?? []
      const target = functionTarget(arn, account)
      return {
        grants: statements.filter(({ effect }) => effect === 'Allow').map(grantOfStatement),
        denies: statements.filter(({ effect }) => effect === 'Deny'),
        sees: ({ action }) => (goesThrough(action, arn) ? { action: INVOKE, target } : null),
      }
    }),
    refuses: (_, action) => mode === 'least' && functionProblems(functions, [action]).length > 0,
    replayed: read.map(({ arn, policy }) => ({
      documents: policy ? [{ name: policy.policy.name, document: policy.document, onlyDenies: false }] : [],
      aclGrants: [],
      sees: (witness) => (goesThrough(witness.action, arn) ? invocation(witness, arn, account) : null),
    })),
  }
}

function functionTarget(arn: string, account: string): PolicyTarget {
  const target: PolicyTarget = {
    arn,
    names: () => ({ arn, rest: null }),
    takesUnsigned: () => false,
    key: (key) => {
      switch (key.toLowerCase()) {
        case 'lambda:invokedviafunctionurl':
          return { kind: 'fixed', values: ['false'] }
        case 'lambda:functionurlauthtype':
          return { kind: 'absent' }
        default:
          return { kind: 'unknown', why: `the condition key ${key}` }
      }
    },
    carries: () => ({}),
  }
  return forwardedTarget(target, account)
}

function invocation(witness: Witness, arn: string, account: string): Witness {
  const context = { ...forwardedContext(witness, account), 'lambda:InvokedViaFunctionUrl': 'false' }
  return { ...witness, action: INVOKE, resource: arn, context }
}
