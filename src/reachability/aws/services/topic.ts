import { callersAccount, chosen, type ServiceKey } from './keys.ts'
import type { Service } from './service.ts'

const READ = ['sns:Subscribe']
const LIST = ['sns:ListSubscriptionsByTopic', 'sns:GetTopicAttributes']
const WRITE = ['sns:Publish']
const DELETE = ['sns:DeleteTopic']
const ADMIN = ['sns:SetTopicAttributes', 'sns:AddPermission', 'sns:RemovePermission']

/** SNS sets it to the account that sends the request; where a service sends, to the account it acts for. */
const SOURCE_OWNER: ServiceKey = {
  ...callersAccount('every'),
  view: (name, shape, setting) => (shape.sender.kind === 'service' ? null : callersAccount('every').view(name, shape, setting)),
  carried: (_, __, context) => {
    const account = context['aws:PrincipalAccount'] ?? context['aws:SourceAccount']
    return typeof account === 'string' ? account : null
  },
}

/**
 * A topic. Whoever subscribes is sent what is published. The policy that every new topic has names everyone and keeps to the
 * owner by `aws:SourceOwner`. SNS, developer guide: "API permissions reference", "Example cases for access control".
 */
export const topic: Service = {
  types: ['AWS::SNS::Topic'],
  noun: 'topic',
  arn: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
  policyFacets: ['policy', 'attributes'],
  actions: { read: READ, list: LIST, write: WRITE, delete: DELETE, admin: ADMIN },
  unsigned: [...READ, ...LIST, ...WRITE, ...DELETE, ...ADMIN],
  keys: {
    'sns:Endpoint': chosen(READ),
    'sns:Protocol': chosen(READ),
    'aws:SourceOwner': SOURCE_OWNER,
  },
  underResourceControls: false,
}
