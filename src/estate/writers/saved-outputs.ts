import { iso } from '../moments.ts'
import { ACCOUNTS, ORGANIZATION } from '../world/accounts.ts'
import { LISTS_DISABLED_STORE } from '../world/closed-stores.ts'
import { DATABASE, SNAPSHOT } from '../world/databases.ts'
import type { Delivery } from './delivery.ts'

/** What somebody saved of the command line's answers: the organisation, and what AWS Config does not carry. */
export function writeSavedOutputs(delivery: Delivery): void {
  const organization = `arn:aws:organizations::${ORGANIZATION.management}:organization/${ORGANIZATION.id}`
  const account = (id: string) => `arn:aws:organizations::${ORGANIZATION.management}:account/${ORGANIZATION.id}/${id}`
  delivery.writeJson(
    'organizations/accounts.json',
    {
      Accounts: ACCOUNTS.map(({ id, name, createdAt }) => ({
        Id: id,
        Arn: account(id),
        Email: `aws-${id}@example.com`,
        Name: name,
        Status: 'ACTIVE',
        JoinedMethod: id === ORGANIZATION.management ? 'INVITED' : 'CREATED',
        JoinedTimestamp: iso(createdAt),
      })),
    },
    true,
  )
  delivery.writeJson(
    'organizations/organization.json',
    {
      Organization: {
        Id: ORGANIZATION.id,
        Arn: organization,
        FeatureSet: 'ALL',
        MasterAccountArn: account(ORGANIZATION.management),
        MasterAccountId: ORGANIZATION.management,
        MasterAccountEmail: `aws-${ORGANIZATION.management}@example.com`,
        AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      },
    },
    true,
  )
  delivery.writeJson(
    `aws-cli/${DATABASE.account.id}/${DATABASE.region}/rds-describe-db-snapshot-attributes-${SNAPSHOT.name}.json`,
    {
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier: SNAPSHOT.name,
        DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: ['all'] }],
      },
    },
    false,
  )
  delivery.writeJson(
    `aws-cli/${LISTS_DISABLED_STORE.account.id}/s3api-get-bucket-ownership-controls-${LISTS_DISABLED_STORE.name}.json`,
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    false,
  )
}
