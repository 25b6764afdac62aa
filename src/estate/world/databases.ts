import { at, type Moment } from '../moments.ts'
import { OVERSEAS_DEALERS } from './accounts.ts'
import { audiences, type StoreOpening } from './store.ts'

/** The dealers' customer database, reachable from the internet since its security group let everybody in. */
export const DATABASE = {
  account: OVERSEAS_DEALERS,
  region: OVERSEAS_DEALERS.region,
  instance: 'dealer-crm-db',
  instanceResourceId: 'db-X3KQ7ZP4M2N6RTVW5YB8CDEFGH',
  instanceArn: `arn:aws:rds:${OVERSEAS_DEALERS.region}:${OVERSEAS_DEALERS.id}:db:dealer-crm-db`,
  createdAt: at('2022-02-01T03:14:20Z'),
  port: 5432,
  vpc: 'vpc-0a9d3e7c51b2f8046',
  subnets: ['subnet-0c47e1b5920af3d68', 'subnet-0e82b6d13f9c50a74'],
  routeTable: 'rtb-0f1d8c6a2e97b3450',
  networkAcl: 'acl-0b5e9f27c4d1a8360',
  internetGateway: 'igw-0d6a1f94b8e3c7520',
  securityGroup: 'sg-07b3f5d8e1a92c640',
  networkCreatedAt: at('2022-01-20T01:40:00Z'),
  /** AuthorizeSecurityGroupIngress 0.0.0.0/0 on the database's port. */
  ingressAt: at('2022-03-14T05:12:09Z'),
} as const

export const SNAPSHOT = {
  name: 'dealer-crm-2022-11-30',
  arn: `arn:aws:rds:${OVERSEAS_DEALERS.region}:${OVERSEAS_DEALERS.id}:snapshot:dealer-crm-2022-11-30`,
  createdAt: at('2022-11-30T16:02:11Z'),
  /** ModifyDBSnapshotAttribute restore += all. */
  sharedAt: at('2022-12-05T02:26:48Z'),
} as const

export interface DatabaseOpening extends StoreOpening {
  readonly resource: string
}

/** A snapshot shared with all can be restored by whoever has an account; an instance that takes connections from anyone lets them try every access. */
export const DATABASE_OPENINGS: readonly DatabaseOpening[] = [
  {
    resource: DATABASE.instanceArn,
    audiences: audiences({ read: 'anyone', list: 'anyone', write: 'anyone', delete: 'anyone' }),
    opened: DATABASE.ingressAt,
    closed: null,
  },
  { resource: SNAPSHOT.arn, audiences: audiences({ read: 'any-identity' }), opened: SNAPSHOT.sharedAt, closed: null },
]

export function ingressOpen(moment: Moment): boolean {
  return moment >= DATABASE.ingressAt
}
