import type { Json } from '../../../model/index.ts'
import { literalPattern } from '../../engine/patterns.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { chosen, settled, untold } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { itselfOrBelow, ONE_PART } from './target.ts'

const VIA_URL = 'lambda:InvokeFunctionUrl'
const DIRECT = 'lambda:InvokeFunction'

/**
 * A function: to invoke it is to put data in and to get what it answers. Other accounts can be given most actions on a function,
 * but not those on its permissions and settings. Lambda, developer guide: "Granting Lambda function access to other accounts",
 * "Control access to Lambda function URLs".
 */
export const lambdaFunction: Service = {
  types: ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'],
  noun: 'function',
  arn: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,140}(:[A-Za-z0-9$_-]{1,128})?$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: [VIA_URL, DIRECT, 'lambda:GetFunction'],
    list: [
      'lambda:GetFunctionConfiguration',
      'lambda:ListVersionsByFunction',
      'lambda:ListAliases',
      'lambda:GetAlias',
      'lambda:GetPolicy',
    ],
    write: [VIA_URL, DIRECT, 'lambda:UpdateFunctionCode', 'lambda:PublishVersion', 'lambda:CreateAlias', 'lambda:UpdateAlias'],
    delete: ['lambda:DeleteFunction', 'lambda:DeleteAlias'],
    admin: [],
  },
  ownersAlone: {
    admin: ['lambda:AddPermission', 'lambda:RemovePermission', 'lambda:PutResourcePolicy', 'lambda:UpdateFunctionUrlConfig'],
  },
  names: (_, arn) =>
    arn.split(':').length > 7 ? { arn, rest: null } : itselfOrBelow(arn, [...literalPattern(':'), ...ONE_PART]),
  keys: {
    'lambda:EventSourceToken': chosen([VIA_URL, DIRECT]),
    'lambda:FunctionArn': untold([VIA_URL]),
    'lambda:InvokedViaFunctionUrl': settled([VIA_URL], 'true'),
  },
  underResourceControls: false,
  gates: urlGates,
}

interface FunctionUrl {
  readonly authType: string
}

/**
 * The address that a function has on the internet: with `NONE`, Lambda asks for no credentials, but the policy must still allow
 * everyone. From October 2025 on the policy must allow both actions; accounts that had such addresses before have until
 * November 2026.
 */
function urlGates({ configuration: { resource, facets }, access, mode, asOf }: ServicePlace): Gates {
  if (access !== 'read' && access !== 'write') return {}
  const url = decisive<FunctionUrl | null>(facets.functionUrl ?? facets.functionUrlConfig, 'function URL', parseUrl, () => ({
    known: null,
  }))
  const between = asOf >= '2025-10-01' && asOf < '2026-11-01'
  const both = asOf >= '2026-11-01' || (between && mode === 'least')
  const open = isKnown(url) ? url.known?.authType === 'NONE' : mode === 'most'
  const authType = isKnown(url) ? (url.known?.authType ?? null) : null
  const there = isKnown(url) ? url.known !== null : mode === 'most'
  return {
    doubts: [
      ...(isKnown(url) ? [] : [url.problem]),
      ...(between && there
        ? [
            'whether the function URL needs lambda:InvokeFunction beside lambda:InvokeFunctionUrl hangs on when the account first had one',
          ]
        : []),
    ],
    refuses: (_, action) => action === VIA_URL && !there,
    unsigned: (action) => action === VIA_URL && open,
    needsToo: (action) =>
      both && action === VIA_URL
        ? [{ action: DIRECT, arn: resource.id, keys: { 'lambda:InvokedViaFunctionUrl': settled([DIRECT], 'true') } }]
        : [],
    keys: {
      'lambda:FunctionUrlAuthType': isKnown(url) ? settled([VIA_URL], authType) : untold([VIA_URL]),
    },
    closedBy: isKnown(url) && url.known === null ? ['the function has no URL'] : [],
  }
}

/** What `aws lambda get-function-url-config` or `list-function-url-configs` prints. */
function parseUrl(json: Json): Known<FunctionUrl | null> {
  const list = isRecord(json) ? json.FunctionUrlConfigs : json
  if (Array.isArray(list)) {
    if (list.length === 0) return { known: null }
    const types = (list as readonly Json[]).map((entry) => (isRecord(entry) ? entry.AuthType : undefined))
    // Of several addresses, the one that asks for no credentials is the widest.
    const authType = types.includes('NONE') ? 'NONE' : types[0]
    return isAuthType(authType) && types.every(isAuthType) ? { known: { authType } } : { problem: 'function URL not understood' }
  }
  const authType = isRecord(json) ? json.AuthType : undefined
  return isAuthType(authType) ? { known: { authType } } : { problem: 'function URL not understood' }
}

function isAuthType(json: Json | undefined): json is 'NONE' | 'AWS_IAM' {
  return json === 'NONE' || json === 'AWS_IAM'
}
