import type { ReachModel } from '../reach-model.ts'
import { familyModel, upTo } from './iam/family.ts'

const VERSIONS = { type: 'secretmanager.googleapis.com/SecretVersion', suffix: '/versions/' }

/** Secrets and keys: to decrypt with a key is to read what lies under it. */
export const SECRET_MODELS: readonly ReachModel[] = [
  familyModel({
    type: 'secretmanager.googleapis.com/Secret',
    service: 'secretmanager.googleapis.com',
    // Conditions see the project's number, which the name of the resource need not hold.
    tells: 'service-and-type',
    permissions: {
      read: [{ permission: 'secretmanager.versions.access', inside: VERSIONS }],
      list: ['secretmanager.versions.list'],
      write: ['secretmanager.versions.add'],
      delete: [{ permission: 'secretmanager.versions.destroy', inside: VERSIONS }, 'secretmanager.secrets.delete'],
      admin: ['secretmanager.secrets.setIamPolicy'],
    },
  }),
  familyModel({
    type: 'cloudkms.googleapis.com/CryptoKey',
    service: 'cloudkms.googleapis.com',
    tells: 'nothing',
    parents: upTo('keyRings'),
    permissions: {
      read: ['cloudkms.cryptoKeyVersions.useToDecrypt'],
      list: ['cloudkms.cryptoKeyVersions.list'],
      write: ['cloudkms.cryptoKeyVersions.useToEncrypt', 'cloudkms.cryptoKeyVersions.useToSign'],
      delete: ['cloudkms.cryptoKeyVersions.destroy'],
      admin: ['cloudkms.cryptoKeys.setIamPolicy'],
    },
  }),
]
