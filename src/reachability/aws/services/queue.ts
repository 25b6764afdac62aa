import { allAttributes } from './documents.ts'
import { encryptionGates } from './encryption.ts'
import type { Service } from './service.ts'

/**
 * A queue. Cross-account permissions do not apply to the actions that change the queue itself, so an outsider never gets those.
 * SQS, API reference of each action; developer guide: "Identity and access management".
 */
export const queue: Service = {
  types: ['AWS::SQS::Queue'],
  noun: 'queue',
  arn: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}(\.fifo)?$/,
  policyFacets: ['policy', 'attributes'],
  actions: {
    read: ['sqs:ReceiveMessage'],
    list: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListDeadLetterSourceQueues'],
    write: ['sqs:SendMessage'],
    delete: ['sqs:DeleteMessage', 'sqs:PurgeQueue'],
    admin: [],
  },
  ownersAlone: {
    delete: ['sqs:DeleteQueue'],
    admin: ['sqs:AddPermission', 'sqs:RemovePermission', 'sqs:SetQueueAttributes'],
  },
  unsigned: [
    'sqs:ReceiveMessage',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ListDeadLetterSourceQueues',
    'sqs:SendMessage',
    'sqs:DeleteMessage',
    'sqs:PurgeQueue',
  ],
  underResourceControls: true,
  gates: (place) => {
    const { kmsMasterKeyId = allAttributes(place.configuration) } = place.configuration.facets
    return encryptionGates(place, { noun: 'queue', key: kmsMasterKeyId, accesses: ['read', 'write'], withoutKey: 'none' })
  },
}
