import { isKnown, isRecord, type Known, type Members } from '../../readings.ts'
import { listSetting, setting, textMember, textSetting } from '../native.ts'
import { neighbours, type Surroundings } from './surroundings.ts'

/** Whether the account's block keeps internet gateways from letting anything in to a subnet, with the sentence. */
export interface GatewayBlock {
  /** A problem where exclusions may lift it. */
  readonly blocks: Known<boolean>
  readonly because: string
}

const NO_BLOCK: GatewayBlock = {
  blocks: { known: false },
  because: 'no account-wide block of public access to networks is known',
}

/**
 * VPC block public access: a mode of the account in a region, from which networks and subnets may be excluded. It is rarely
 * set, and taken as unset where the record does not have it. VPC, user guide: "Block public access to VPCs and subnets".
 */
export function gatewayBlock(subnet: string, vpc: string | null, surroundings: Surroundings): GatewayBlock {
  const { account, region } = surroundings.subject
  const options = neighbours(surroundings, 'AWS::EC2::VPCBlockPublicAccessOptions').find(
    ({ resource }) => resource.account === account && resource.region === region,
  )
  if (!options) return NO_BLOCK
  const reading = setting(options, 'InternetGatewayBlockMode')
  const mode = reading?.status === 'read' ? reading.value : reading?.status === 'absent' ? 'off' : null
  if (mode === 'off') return NO_BLOCK
  const because = `the block of public access to networks is ${typeof mode === 'string' ? mode.slice(0, 40) : 'not read'} in the account`
  if (mode !== 'block-bidirectional' && mode !== 'block-ingress') return { blocks: { problem: because }, because }
  if (textSetting(options, 'ExclusionsAllowed') === 'not-allowed') return { blocks: { known: true }, because }
  const exclusions = exclusionsOf(surroundings, options)
  if (!isKnown(exclusions)) return { blocks: exclusions, because }
  if (!exclusions.known.every(isUnderstood))
    return { blocks: { problem: 'exclusions from the block of public access to networks not understood' }, because }
  const lifted = exclusions.known.some(
    (entry) =>
      textMember(entry, 'InternetGatewayExclusionMode') === 'allow-bidirectional' &&
      !/^(delete|disable)/.test(textMember(entry, 'State')) &&
      [subnet, vpc].some((id) => id !== null && textMember(entry, 'ResourceArn').endsWith(`/${id}`)),
  )
  return lifted ? NO_BLOCK : { blocks: { known: true }, because }
}

function isUnderstood(entry: Members): boolean {
  return (
    /^allow-(bidirectional|egress)$/.test(textMember(entry, 'InternetGatewayExclusionMode')) &&
    textMember(entry, 'ResourceArn') !== ''
  )
}

function exclusionsOf(surroundings: Surroundings, options: Parameters<typeof setting>[0]): Known<readonly Members[]> {
  const own = neighbours(surroundings, 'AWS::EC2::VPCBlockPublicAccessExclusion')
  const listed = setting(options, 'exclusions')
  if (own.length === 0 || listed !== undefined)
    return listSetting(options, 'exclusions from the block of public access to networks', 'exclusions')
  const described = own.map((exclusion) =>
    Object.fromEntries(
      ['InternetGatewayExclusionMode', 'ResourceArn', 'State'].map((name) => [name, textSetting(exclusion, name)]),
    ),
  )
  return { known: described.filter((entry) => isRecord(entry)) }
}
