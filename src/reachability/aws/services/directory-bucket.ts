import type { Access } from '../../../model/index.ts'
import { parsePolicy } from '../policy/document.ts'
import { finite } from '../policy/requests.ts'
import { publicness } from '../s3/publicness.ts'
import { chosen, number, oneOf, settled, untold } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'

const SESSION = ['s3express:CreateSession']
const MODES: Readonly<Record<Access, readonly string[]>> = {
  read: ['ReadOnly', 'ReadWrite'],
  list: ['ReadOnly', 'ReadWrite'],
  write: ['ReadWrite'],
  delete: ['ReadWrite'],
  admin: [],
}

/**
 * A directory bucket: everything done to its objects is done in a session, which must be signed for. Block public access is
 * always on and cannot be turned off, so a policy that S3 calls public lets no other account in. S3, user guide: "Directory
 * buckets", "Authorizing zonal endpoint API operations with CreateSession".
 */
export const directoryBucket: Service = {
  types: ['AWS::S3Express::DirectoryBucket'],
  noun: 'directory bucket',
  arn: /^arn:aws[a-z-]*:s3express:[a-z0-9-]+:\d{12}:bucket\/[a-z0-9-]+--x-s3$/,
  policyFacets: ['policy'],
  actions: {
    read: SESSION,
    list: SESSION,
    write: SESSION,
    delete: [...SESSION, 's3express:DeleteBucket'],
    admin: ['s3express:PutBucketPolicy', 's3express:DeleteBucketPolicy'],
  },
  keys: {
    's3express:signatureversion': settled('every', 'AWS4-HMAC-SHA256'),
    's3express:authType': chosen('every', finite(['REST-HEADER', 'REST-QUERY-STRING'])),
    's3express:signatureAge': chosen('every', { ...number(0, 604_800_000), presence: 'always' }),
    's3express:TlsVersion': chosen('every', finite(['1.2', '1.3'])),
    's3express:x-amz-content-sha256': chosen('every'),
    's3express:x-amz-server-side-encryption': chosen(SESSION, finite(['AES256', 'aws:kms'], 'optional')),
    's3express:BucketTag/*': untold('every', 'the tags of the directory bucket'),
    's3express:LocationName': untold('every'),
    's3express:DataAccessPointArn': settled('every', null),
    's3express:DataAccessPointAccount': settled('every', null),
    's3express:AccessPointNetworkOrigin': settled('every', null),
    's3express:Permissions': settled('every', null),
    's3express:AllAccessRestrictedToLocalZoneGroup': untold(SESSION),
  },
  underResourceControls: false,
  gates: sessionGates,
}

function sessionGates({ access, configuration: { resource }, policy, mode }: ServicePlace): Gates {
  const parsed = policy === null ? null : parsePolicy(policy, 'directory bucket policy')
  const kind = parsed === null || 'problem' in parsed ? 'not-public' : publicness(parsed.policy)
  const restricted = kind === 'public' || (kind === 'unknown' && mode === 'least')
  return {
    doubts: kind === 'unknown' ? ['whether S3 calls the policy public is not documented for such a condition'] : [],
    refuses: (sender) => restricted && sender !== 'service',
    keys: {
      's3express:SessionMode': oneOf(SESSION, ...MODES[access]),
      's3express:ResourceAccount': settled('every', resource.id.split(':')[4]!),
    },
    closedBy: restricted
      ? ['block public access, which is always on here, shuts other accounts out, because S3 calls the policy public']
      : [],
  }
}
