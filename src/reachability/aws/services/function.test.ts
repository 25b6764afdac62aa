import { expect, it } from 'vitest'
import type { Json } from '../../../model/index.ts'
import { serviceModel } from './decision.ts'
import { lambdaFunction } from './function.ts'

const ZONE = { organizations: [], accounts: ['111111111111'], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
const ARN = 'arn:aws:lambda:eu-west-1:111111111111:function:f'
const THROUGH_URL = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunctionUrl',
  Resource: ARN,
  Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
}
const INVOKE = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:InvokeFunction',
  Resource: ARN,
  Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
}

it.each([
  {
    name: 'one permission was enough until October 2025',
    asOf: '2025-09-30T00:00:00Z',
    statements: [THROUGH_URL],
    read: 'anyone',
  },
  { name: 'then it hangs on the account', asOf: '2026-01-01T00:00:00Z', statements: [THROUGH_URL], read: 'undecided' },
  { name: 'from November 2026 on it is not', asOf: '2026-11-22T00:00:00Z', statements: [THROUGH_URL], read: 'none' },
  { name: 'both are', asOf: '2026-11-22T00:00:00Z', statements: [THROUGH_URL, INVOKE], read: 'anyone' },
  { name: 'both are in between', asOf: '2026-01-01T00:00:00Z', statements: [THROUGH_URL, INVOKE], read: 'anyone' },
  { name: 'the second alone opens nothing', asOf: '2026-11-22T00:00:00Z', statements: [INVOKE], read: 'none' },
])('a function URL: $name', ({ asOf, statements, read }) => {
  const facets = {
    policy: { status: 'read', value: { Version: '2012-10-17', Statement: statements as readonly Json[] } },
    functionUrl: { status: 'read', value: { AuthType: 'NONE' } },
  } as const
  const resource = { id: ARN, type: 'AWS::Lambda::Function', account: '111111111111', region: 'eu-west-1', name: 'f' }
  const verdicts = serviceModel(lambdaFunction).decide({ resource, facets }, { zone: ZONE, asOf, related: [] })
  expect(verdicts.read).toMatchObject({ audience: read })
})
