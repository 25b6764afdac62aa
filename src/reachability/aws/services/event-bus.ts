import { finite } from '../policy/requests.ts'
import { callersAccount, chosen, MANY_VALUES, never } from './keys.ts'
import type { Service } from './service.ts'
import { below, ONE_PART } from './target.ts'

const ON_RULES = [
  'events:PutTargets',
  'events:PutRule',
  'events:DescribeRule',
  'events:ListTargetsByRule',
  'events:DeleteRule',
  'events:RemoveTargets',
  'events:DisableRule',
]

/**
 * An event bus. Every request is signed. Whoever may put a target to a rule on it is sent its events. The bus and its policy are
 * called by name, so only its own account can change those. EventBridge, user guide: "Permissions for event buses".
 */
export const eventBus: Service = {
  types: ['AWS::Events::EventBus'],
  noun: 'event bus',
  arn: /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[A-Za-z0-9/._-]{1,256}$/,
  policyFacets: ['policy'],
  actions: {
    read: ['events:PutTargets'],
    list: ['events:ListRules', 'events:DescribeEventBus', 'events:DescribeRule', 'events:ListTargetsByRule'],
    write: ['events:PutEvents', 'events:PutRule'],
    delete: ['events:DeleteRule', 'events:RemoveTargets', 'events:DisableRule'],
    admin: [],
  },
  ownersAlone: { delete: ['events:DeleteEventBus'], admin: ['events:PutPermission', 'events:RemovePermission'] },
  names: (action, arn) => {
    if (!ON_RULES.includes(action)) return { arn, rest: null }
    const [before, bus] = arn.split(':event-bus/') as [string, string]
    return below(`${before}:rule/${bus === 'default' ? '' : `${bus}/`}`, ONE_PART)
  },
  keys: {
    'events:source': chosen(['events:PutEvents', 'events:PutRule'], MANY_VALUES),
    'events:detail-type': chosen(['events:PutEvents', 'events:PutRule'], MANY_VALUES),
    'events:TargetArn': chosen(['events:PutTargets'], { ...MANY_VALUES, presence: 'always' }),
    'events:eventBusInvocation': chosen(['events:PutEvents'], finite(['true', 'false'])),
    // The account that made the rule: a stranger's own rules are those of his account.
    'events:creatorAccount': callersAccount(ON_RULES),
    'events:ManagedBy': never(),
    'events:detail.service': chosen(['events:PutRule']),
    'events:detail.eventTypeCode': chosen(['events:PutRule']),
    'events:detail.userIdentity.principalId': chosen(['events:PutRule']),
  },
  underResourceControls: true,
}
