import { number, chosen, settled, untold } from './keys.ts'
import { encryptionGates } from './encryption.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { resourceTags } from './target.ts'

const NAMING = [
  'secretsmanager:DescribeSecret',
  'secretsmanager:ListSecretVersionIds',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
  'secretsmanager:DeleteSecret',
  'secretsmanager:PutResourcePolicy',
  'secretsmanager:DeleteResourcePolicy',
  'secretsmanager:GetSecretValue',
]

/**
 * A secret. Every request is signed. The check for broad policies acts when a policy is put, not on one that is there. A secret
 * under the key that AWS manages is for its own account alone. Secrets Manager, user guide: "Permissions for users in a
 * different account", "Resource-based policies".
 */
export const secret: Service = {
  types: ['AWS::SecretsManager::Secret'],
  noun: 'secret',
  arn: /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[^:*?]+$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['secretsmanager:GetSecretValue'],
    list: ['secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'],
    write: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'],
    delete: ['secretsmanager:DeleteSecret'],
    admin: ['secretsmanager:PutResourcePolicy', 'secretsmanager:DeleteResourcePolicy'],
  },
  keys: {
    'secretsmanager:VersionId': chosen(['secretsmanager:GetSecretValue']),
    'secretsmanager:VersionStage': chosen(['secretsmanager:GetSecretValue', 'secretsmanager:UpdateSecretVersionStage']),
    'secretsmanager:BlockPublicPolicy': chosen(['secretsmanager:PutResourcePolicy']),
    'secretsmanager:RecoveryWindowInDays': chosen(['secretsmanager:DeleteSecret'], number(7, 30)),
    'secretsmanager:ForceDeleteWithoutRecovery': chosen(['secretsmanager:DeleteSecret']),
    'secretsmanager:Description': chosen(['secretsmanager:UpdateSecret']),
    'secretsmanager:KmsKeyId': chosen(['secretsmanager:UpdateSecret']),
    'secretsmanager:KmsKeyArn': chosen(['secretsmanager:UpdateSecret']),
    'secretsmanager:resource/AllowRotationLambdaArn': untold(NAMING),
    'secretsmanager:resource/Type': untold(NAMING),
    'secretsmanager:SecretPrimaryRegion': untold(NAMING),
  },
  underResourceControls: true,
  gates: secretGates,
}

function secretGates(place: ServicePlace): Gates {
  const { configuration } = place
  const { facets } = configuration
  return {
    ...encryptionGates(place, {
      noun: 'secret',
      key: facets.kmsKeyId ?? facets.encryption,
      accesses: ['read', 'write'],
      withoutKey: 'managed',
    }),
    keys: {
      ...resourceTags(configuration, 'secret', 'secretsmanager:ResourceTag/'),
      'secretsmanager:SecretId': settled(
        NAMING.filter((action) => action !== 'secretsmanager:GetSecretValue'),
        configuration.resource.id,
      ),
    },
  }
}
