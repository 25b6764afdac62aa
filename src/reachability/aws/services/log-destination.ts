import type { Service } from './service.ts'

/** A destination that other accounts send their logs to. Every request is signed. CloudWatch Logs, user guide: "Cross-account log data sharing". */
export const logDestination: Service = {
  types: ['AWS::Logs::Destination'],
  noun: 'destination',
  arn: /^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:destination:[^:*]{1,512}$/,
  policyFacets: ['policy', 'accessPolicy', 'destinationPolicy'],
  actions: { read: [], list: [], write: ['logs:PutSubscriptionFilter'], delete: [], admin: [] },
  ownersAlone: { delete: ['logs:DeleteDestination'], admin: ['logs:PutDestinationPolicy'] },
  underResourceControls: true,
}
