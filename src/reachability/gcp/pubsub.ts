import type { ReachModel } from '../reach-model.ts'
import { familyModel } from './iam/family.ts'

const service = 'pubsub.googleapis.com'
const tells = 'nothing'

/**
 * Topics, subscriptions and snapshots (https://cloud.google.com/pubsub/docs/access-control). Whoever may attach a subscription of
 * their own to a topic reads all that is published from then on; a subscription's settings say where messages are pushed to.
 */
export const PUBSUB_MODELS: readonly ReachModel[] = [
  familyModel({
    type: 'pubsub.googleapis.com/Topic',
    service,
    tells,
    permissions: {
      read: [
        {
          permission: 'pubsub.topics.attachSubscription',
          needsIdentity:
            'the subscription that is attached stands in a project of the reader: an identity is needed, any will do',
        },
      ],
      list: ['pubsub.topics.get'],
      write: ['pubsub.topics.publish'],
      delete: ['pubsub.topics.delete'],
      admin: ['pubsub.topics.setIamPolicy'],
    },
  }),
  familyModel({
    type: 'pubsub.googleapis.com/Subscription',
    service,
    tells,
    permissions: {
      read: ['pubsub.subscriptions.consume'],
      list: ['pubsub.subscriptions.get'],
      write: ['pubsub.subscriptions.update'],
      delete: ['pubsub.subscriptions.delete'],
      admin: ['pubsub.subscriptions.setIamPolicy'],
    },
  }),
  familyModel({
    type: 'pubsub.googleapis.com/Snapshot',
    service,
    tells,
    permissions: {
      read: [
        {
          permission: 'pubsub.snapshots.seek',
          needsIdentity:
            'the subscription that is set back stands in a project of the reader: an identity is needed, any will do',
        },
      ],
      list: ['pubsub.snapshots.get'],
      write: ['pubsub.snapshots.update'],
      delete: ['pubsub.snapshots.delete'],
      admin: ['pubsub.snapshots.setIamPolicy'],
    },
  }),
]
