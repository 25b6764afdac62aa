import type { Json } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { type Policy, parsePolicy } from '../policy/document.ts'
import { finite } from '../policy/requests.ts'
import { publicness } from '../s3/publicness.ts'
import { chosen, type ServiceKeys, settled } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'

const READ = ['elasticfilesystem:ClientMount']
const WRITE = ['elasticfilesystem:ClientWrite']
const ROOT = ['elasticfilesystem:ClientRootAccess']
const CLIENT = [...READ, ...WRITE, ...ROOT]
const MOUNT_TARGET_KEY = 'elasticfilesystem:AccessedViaMountTarget'

/**
 * A file system. Clients that mount it need no credentials where the policy lets everyone in, and where there is no policy,
 * but they must reach a mount target, which lies inside a VPC. The other way in is a Transfer Family server, of another account
 * only where EFS does not call the policy public. EFS, user guide: "Using IAM to control file system data access", "Blocking
 * public access".
 */
export const fileSystem: Service = {
  types: ['AWS::EFS::FileSystem'],
  noun: 'file system',
  arn: /^arn:aws[a-z-]*:elasticfilesystem:[a-z0-9-]+:\d{12}:file-system\/fs-[0-9a-f]{8,40}$/,
  policyFacets: ['policy', 'fileSystemPolicy'],
  actions: { read: READ, list: READ, write: WRITE, delete: WRITE, admin: ROOT },
  unsigned: CLIENT,
  underResourceControls: false,
  whenUnset: {
    Version: '2012-10-17',
    Statement: {
      Sid: 'Default',
      Effect: 'Allow',
      Principal: '*',
      Action: CLIENT,
      Resource: '*',
      Condition: { Bool: { [MOUNT_TARGET_KEY]: 'true' } },
    },
  },
  gates: mountGates,
}

function mountGates({ configuration: { facets }, mode, policy }: ServicePlace): Gates {
  const targets = decisive(facets.mountTargets, 'mount targets', parseMountTargets, () => ({ known: 'none' as const }))
  const reachable = isKnown(targets) ? targets.known === 'addresses of the internet' && mode === 'most' : mode === 'most'
  const blocked = blocksServers(policy, mode)
  const keys: ServiceKeys = {
    [MOUNT_TARGET_KEY]: reachable ? chosen(CLIENT, finite(['true', 'false'])) : settled(CLIENT, 'false'),
    'elasticfilesystem:AccessPointArn': chosen(CLIENT),
  }
  return {
    doubts: [
      ...(isKnown(targets) ? [] : ['who reaches a mount target on the network was not read']),
      ...(isKnown(targets) && targets.known === 'addresses of the internet'
        ? ['a mount target has an IPv6 address; who reaches it was not read']
        : []),
    ],
    refuses: (sender) => (sender === 'anonymous' ? !reachable : !reachable && blocked),
    keys,
    closedBy: [
      ...(isKnown(targets) && targets.known === 'none' ? ['there is no mount target'] : []),
      ...(isKnown(targets) && targets.known === 'private addresses'
        ? ['the mount targets have private addresses only: the internet does not reach them']
        : []),
      ...(blocked ? ['EFS calls the policy public, so servers of other accounts are blocked'] : []),
    ],
  }
}

type MountTargets = 'none' | 'private addresses' | 'addresses of the internet'

/** What `aws efs describe-mount-targets` prints. */
function parseMountTargets(json: Json): Known<MountTargets> {
  const list = isRecord(json) ? json.MountTargets : json
  if (!Array.isArray(list) || !list.every((entry: Json) => isRecord(entry))) return { problem: 'mount targets not understood' }
  if (list.length === 0) return { known: 'none' }
  const v6 = list.some((entry) => typeof entry.Ipv6Address === 'string' && entry.Ipv6Address !== '')
  return { known: v6 ? 'addresses of the internet' : 'private addresses' }
}

/** EFS blocks servers of other accounts once it calls any statement public; the key of mount targets fixes a statement too. */
function blocksServers(document: Json, mode: ServicePlace['mode']): boolean {
  if (document === null) return true
  const parsed = parsePolicy(document, 'file system policy')
  if ('problem' in parsed) return false
  const others: Policy = {
    ...parsed.policy,
    statements: parsed.policy.statements.filter(
      ({ atoms }) => !atoms.some(({ key }) => key.toLowerCase() === MOUNT_TARGET_KEY.toLowerCase()),
    ),
  }
  const kind = publicness(others)
  return kind === 'public' || (kind === 'unknown' && mode === 'least')
}
