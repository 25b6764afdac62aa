import type { Json } from '../../model/index.ts'
import { isoMilliseconds, type Moment } from '../moments.ts'
import { DATABASE, ingressOpen, SNAPSHOT } from '../world/databases.ts'
import { type ConfigurationItem, configurationItem, type ItemIdentity } from './configuration-items.ts'

/** The database, its snapshot and the network around it, as AWS Config saw them at that moment. */
export function databaseItems(capturedAt: Moment): ConfigurationItem[] {
  const network = capturedAt < DATABASE.networkCreatedAt ? [] : networkItems(capturedAt)
  const instance = capturedAt < DATABASE.createdAt ? [] : [instanceItem(capturedAt)]
  const snapshot = capturedAt < SNAPSHOT.createdAt ? [] : [snapshotItem(capturedAt)]
  return [...network, ...instance, ...snapshot]
}

/** Moments after which the recorder had something new to say of them. */
export const DATABASE_CHANGES: readonly Moment[] = [
  DATABASE.networkCreatedAt,
  DATABASE.createdAt,
  DATABASE.ingressAt,
  SNAPSHOT.createdAt,
  SNAPSHOT.sharedAt,
]

function instanceItem(capturedAt: Moment): ConfigurationItem {
  const identity = identify(
    'AWS::RDS::DBInstance',
    DATABASE.instanceResourceId,
    DATABASE.instance,
    DATABASE.instanceArn,
    DATABASE.createdAt,
  )
  return configurationItem(identity, capturedAt, {
    dBInstanceIdentifier: DATABASE.instance,
    dBInstanceClass: 'db.m5.large',
    engine: 'postgres',
    engineVersion: '13.4',
    dBInstanceStatus: 'available',
    masterUsername: 'crmadmin',
    dBName: 'crm',
    endpoint: {
      address: `${DATABASE.instance}.cq3x7example.${DATABASE.region}.rds.amazonaws.com`,
      port: DATABASE.port,
      hostedZoneId: 'Z32T0VRHXEXS0V',
    },
    allocatedStorage: 100,
    instanceCreateTime: isoMilliseconds(DATABASE.createdAt),
    backupRetentionPeriod: 7,
    dBSecurityGroups: [],
    vpcSecurityGroups: [{ vpcSecurityGroupId: DATABASE.securityGroup, status: 'active' }],
    availabilityZone: `${DATABASE.region}a`,
    dBSubnetGroup: {
      dBSubnetGroupName: 'dealer-crm',
      dBSubnetGroupDescription: 'dealer crm',
      vpcId: DATABASE.vpc,
      subnetGroupStatus: 'Complete',
      subnets: DATABASE.subnets.map((subnet, index) => ({
        subnetIdentifier: subnet,
        subnetAvailabilityZone: { name: `${DATABASE.region}${'ab'[index]}` },
        subnetStatus: 'Active',
      })),
      dBSubnetGroupArn: null,
    },
    multiAZ: false,
    publiclyAccessible: true,
    storageType: 'gp2',
    dbInstancePort: 0,
    storageEncrypted: false,
    kmsKeyId: null,
    dbiResourceId: DATABASE.instanceResourceId,
    dBInstanceArn: DATABASE.instanceArn,
    iAMDatabaseAuthenticationEnabled: false,
  })
}

function snapshotItem(capturedAt: Moment): ConfigurationItem {
  const identity = identify('AWS::RDS::DBSnapshot', SNAPSHOT.name, SNAPSHOT.name, SNAPSHOT.arn, SNAPSHOT.createdAt)
  const values = capturedAt >= SNAPSHOT.sharedAt ? ['all'] : []
  const configuration = {
    dBSnapshotIdentifier: SNAPSHOT.name,
    dBInstanceIdentifier: DATABASE.instance,
    snapshotCreateTime: isoMilliseconds(SNAPSHOT.createdAt),
    engine: 'postgres',
    engineVersion: '13.4',
    allocatedStorage: 100,
    status: 'available',
    port: DATABASE.port,
    availabilityZone: `${DATABASE.region}a`,
    vpcId: DATABASE.vpc,
    instanceCreateTime: isoMilliseconds(DATABASE.createdAt),
    masterUsername: 'crmadmin',
    licenseModel: 'postgresql-license',
    snapshotType: 'manual',
    percentProgress: 100,
    storageType: 'gp2',
    encrypted: false,
    kmsKeyId: null,
    dBSnapshotArn: SNAPSHOT.arn,
    iAMDatabaseAuthenticationEnabled: false,
    dbiResourceId: DATABASE.instanceResourceId,
  }
  return configurationItem(identity, capturedAt, configuration, {
    DBSnapshotAttributes: JSON.stringify([{ attributeName: 'restore', attributeValues: values }]),
    Tags: '[]',
  })
}

function networkItems(capturedAt: Moment): ConfigurationItem[] {
  const item = (kind: string, id: string, path: string, configuration: Json) =>
    configurationItem(
      identify(`AWS::EC2::${kind}`, id, null, `arn:aws:ec2:${DATABASE.region}:${DATABASE.account.id}:${path}/${id}`, null),
      capturedAt,
      configuration,
    )
  const entry = (egress: boolean) => ({
    cidrBlock: '0.0.0.0/0',
    egress,
    icmpTypeCode: null,
    portRange: null,
    protocol: '-1',
    ruleAction: 'allow',
    ruleNumber: 100,
  })
  return [
    item('SecurityGroup', DATABASE.securityGroup, 'security-group', securityGroup(capturedAt)),
    ...DATABASE.subnets.map((subnet, index) =>
      item('Subnet', subnet, 'subnet', {
        availabilityZone: `${DATABASE.region}${'ab'[index]}`,
        availableIpAddressCount: 250,
        cidrBlock: `10.20.${index}.0/24`,
        defaultForAz: false,
        mapPublicIpOnLaunch: true,
        state: 'available',
        subnetId: subnet,
        vpcId: DATABASE.vpc,
        ownerId: DATABASE.account.id,
        ipv6CidrBlockAssociationSet: [],
      }),
    ),
    item('RouteTable', DATABASE.routeTable, 'route-table', {
      associations: [
        { main: true, routeTableAssociationId: 'rtbassoc-0aa11bb22cc33dd44', routeTableId: DATABASE.routeTable, subnetId: null },
        ...DATABASE.subnets.map((subnet, index) => ({
          main: false,
          routeTableAssociationId: `rtbassoc-0aa11bb22cc33dd5${index}`,
          routeTableId: DATABASE.routeTable,
          subnetId: subnet,
        })),
      ],
      propagatingVgws: [],
      routeTableId: DATABASE.routeTable,
      routes: [
        { destinationCidrBlock: '10.20.0.0/16', gatewayId: 'local', origin: 'CreateRouteTable', state: 'active' },
        { destinationCidrBlock: '0.0.0.0/0', gatewayId: DATABASE.internetGateway, origin: 'CreateRoute', state: 'active' },
      ],
      vpcId: DATABASE.vpc,
      ownerId: DATABASE.account.id,
    }),
    item('NetworkAcl', DATABASE.networkAcl, 'network-acl', {
      associations: DATABASE.subnets.map((subnet, index) => ({
        networkAclAssociationId: `aclassoc-0b7c${index}`,
        networkAclId: DATABASE.networkAcl,
        subnetId: subnet,
      })),
      entries: [entry(false), entry(true)],
      isDefault: true,
      networkAclId: DATABASE.networkAcl,
      vpcId: DATABASE.vpc,
      ownerId: DATABASE.account.id,
    }),
    item('InternetGateway', DATABASE.internetGateway, 'internet-gateway', {
      attachments: [{ state: 'available', vpcId: DATABASE.vpc }],
      internetGatewayId: DATABASE.internetGateway,
      ownerId: DATABASE.account.id,
    }),
    item('VPC', DATABASE.vpc, 'vpc', {
      cidrBlock: '10.20.0.0/16',
      state: 'available',
      vpcId: DATABASE.vpc,
      isDefault: false,
      instanceTenancy: 'default',
    }),
  ]
}

function securityGroup(capturedAt: Moment): Json {
  const range = (cidr: string) => ({
    fromPort: DATABASE.port,
    ipProtocol: 'tcp',
    ipv6Ranges: [],
    prefixListIds: [],
    toPort: DATABASE.port,
    userIdGroupPairs: [],
    ipv4Ranges: [{ cidrIp: cidr }],
    ipRanges: [cidr],
  })
  return {
    description: 'dealer crm database',
    groupName: 'dealer-crm-db',
    ipPermissions: [range('10.20.0.0/16'), ...(ingressOpen(capturedAt) ? [range('0.0.0.0/0')] : [])],
    ownerId: DATABASE.account.id,
    groupId: DATABASE.securityGroup,
    ipPermissionsEgress: [],
    vpcId: DATABASE.vpc,
  }
}

function identify(
  resourceType: string,
  resourceId: string,
  resourceName: string | null,
  arn: string,
  createdAt: Moment | null,
): ItemIdentity {
  return { account: DATABASE.account, region: DATABASE.region, resourceType, resourceId, resourceName, arn, createdAt }
}
