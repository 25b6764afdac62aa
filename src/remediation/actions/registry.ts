import type { RemediationAction } from './action.ts'
import { closeSecurityGroupIngress } from './close-security-group-ingress.ts'
import { keepEvidenceCopy } from './keep-evidence-copy.ts'
import { makeAclPrivate } from './make-acl-private.ts'
import { putPublicAccessBlock } from './put-public-access-block.ts'
import { readThePolicy } from './read-the-policy.ts'
import { removePublicStatement } from './remove-public-statement.ts'
import { reviewNamedAccess } from './review-named-access.ts'
import { revokeSnapshotShare } from './revoke-snapshot-share.ts'
import { takeOffTheInternet } from './take-off-the-internet.ts'
import { turnOnAccessLogging } from './turn-on-access-logging.ts'
import { verifyThatItIsShut } from './verify-that-it-is-shut.ts'

/** Every action, in the order in which a plan takes them: look, keep, change, watch, check. */
export const ACTIONS: readonly RemediationAction[] = [
  readThePolicy,
  keepEvidenceCopy,
  reviewNamedAccess,
  removePublicStatement,
  makeAclPrivate,
  putPublicAccessBlock,
  revokeSnapshotShare,
  closeSecurityGroupIngress,
  takeOffTheInternet,
  turnOnAccessLogging,
  verifyThatItIsShut,
]
