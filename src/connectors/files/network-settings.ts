import type { Facet, Json, Reading } from '../../model/index.ts'
import { at, isObject, type JsonObject, listAt, listOf, pick, textAt, withCapitalKeys } from './json-fields.ts'
import { notRead, read } from './observing.ts'

type Readings = Record<Facet, Reading<Json> | undefined>

/** A part of a network in the shapes of `aws ec2 describe-*`, from AWS Config's camel case or the command line's own output. */
export function networkReadings(type: string, value: Json | undefined): Readings {
  if (!isObject(value)) return {}
  const capital = withCapitalKeys(value)
  const vpc = textAt(capital, 'VpcId')
  const own = type === 'AWS::EC2::SecurityGroup' ? securityGroup(value) : NETWORK_PARTS[type]?.(capital)
  return { vpc: vpc === null ? undefined : read(vpc), ...own }
}

const NETWORK_PARTS: Readonly<Record<string, (value: Json) => Readings>> = {
  'AWS::EC2::Subnet': (value) => ({ subnet: read(pick(value, SUBNET_FIELDS)) }),
  'AWS::EC2::RouteTable': (value) => ({ routes: listed(value, 'Routes'), associations: listed(value, 'Associations') }),
  'AWS::EC2::NetworkAcl': (value) => ({ entries: listed(value, 'Entries'), associations: listed(value, 'Associations') }),
}

const SUBNET_FIELDS = ['SubnetId', 'VpcId', 'CidrBlock', 'Ipv6CidrBlockAssociationSet', 'AvailabilityZone', 'MapPublicIpOnLaunch']

/** The rules of a security group in the shape of `IpPermissions`, from AWS Config, from CloudTrail or from the command line. */
export function ipPermission(rule: Json): JsonObject | null {
  const capital = withCapitalKeys(rule)
  const protocol = at(capital, 'IpProtocol')
  if (typeof protocol !== 'string' && typeof protocol !== 'number') return null
  return {
    IpProtocol: String(protocol),
    ...pick(capital, ['FromPort', 'ToPort']),
    IpRanges: ranges(listOf(at(rule, 'ipv4Ranges') ?? at(capital, 'IpRanges')), 'CidrIp'),
    Ipv6Ranges: ranges(listOf(at(capital, 'Ipv6Ranges')), 'CidrIpv6'),
    PrefixListIds: ranges(listOf(at(capital, 'PrefixListIds')), 'PrefixListId'),
    UserIdGroupPairs: listOf(at(capital, 'UserIdGroupPairs')).map((pair) => pick(pair, ['GroupId', 'UserId', 'VpcId'])),
  }
}

function securityGroup(value: JsonObject): Readings {
  const rules = listAt(value, 'ipPermissions') ?? listAt(value, 'IpPermissions')
  const permissions = rules?.map(ipPermission)
  if (permissions === undefined) return { ingress: notRead('The security group was recorded without its rules.') }
  if (permissions.some((permission) => permission === null))
    return { ingress: notRead('The security group holds a rule that is not understood.') }
  return { ingress: read(permissions as JsonObject[]) }
}

/** Ranges are texts in AWS Config's older field and objects everywhere else. */
function ranges(list: readonly Json[], name: string): readonly JsonObject[] {
  return list.flatMap((entry) => {
    const text = typeof entry === 'string' ? entry : (textAt(withCapitalKeys(entry), name) ?? null)
    return text === null ? [] : [{ [name]: text }]
  })
}

function listed(value: Json, name: string): Reading<Json> {
  const list = listAt(value, name)
  return list === null ? notRead(`It was recorded without its ${name.toLowerCase()}.`) : read(list)
}
