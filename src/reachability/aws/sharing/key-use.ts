import type { Instant, Json, ResourceConfiguration, Witness } from '../../../model/index.ts'
import { Budget } from '../../engine/budget.ts'
import { isKnown, isRecord, type Known } from '../../readings.ts'
import { grantsPolicy } from '../key-grants.ts'
import { member, setting, textSetting } from '../native.ts'
import { RAN_OUT } from '../policy/decision.ts'
import { parsePolicy, type Statement } from '../policy/document.ts'
import { type ReplayedDocument, type ReplayedLayer, replay } from '../policy/replay.ts'
import { namesAction } from '../policy/statements.ts'
import type { KeyUse } from './shares.ts'

export interface Encryption {
  readonly encrypted: boolean
  /** By ARN, id or alias; null where it was not read. */
  readonly keys: readonly string[] | null
  /** Actions on the key any of which is enough to get at the data. */
  readonly enough: readonly string[]
  /** The service that asks for the key on the caller's behalf: `rds`, `ec2`. */
  readonly service: string
}

/**
 * Who may use the keys of something encrypted: by the policies of those keys, where they are among the related resources.
 * Everyone is never certain, for what is encrypted cannot be shared with all.
 * RDS, user guide: "Sharing encrypted snapshots"; EBS, user guide: "Share a KMS key".
 */
export function keyUse(
  resource: ResourceConfiguration['resource'],
  { encrypted, keys, enough, service }: Encryption,
  { related = [], asOf }: { readonly related?: readonly ResourceConfiguration[]; readonly asOf: Instant },
): KeyUse | null {
  if (!encrypted) return null
  const problem = 'it is shared and encrypted, and the policy of its key was not read'
  const found = keys?.map((key) => keyOf(key, related)).map((key) => key && { key, read: documentsOf(key) })
  const asked = { resource, enough, service, asOf, work: new Budget(MOST_STEPS) }
  return {
    opensFor(account) {
      if (!found || found.length === 0) return { problem }
      if (account === undefined)
        return {
          problem: 'it is encrypted and shared with all, which the service does not allow: what was read contradicts itself',
        }
      const each = found.map((each) => (each ? opensFor(each, account, asked) : { problem }))
      if (each.some((opens) => isKnown(opens) && !opens.known)) return { known: false }
      return each.find((opens) => !isKnown(opens)) ?? { known: true }
    },
  }
}

// In statements that are looked at; far more than a policy of the service's own length has for all accounts of a list.
const MOST_STEPS = 50_000

function keyOf(key: string, related: readonly ResourceConfiguration[]): ResourceConfiguration | undefined {
  return related.find(
    ({ resource }) =>
      resource.type === 'AWS::KMS::Key' && (resource.id === key || resource.name === key || resource.id.endsWith(`:key/${key}`)),
  )
}

interface Asked {
  readonly resource: ResourceConfiguration['resource']
  readonly enough: readonly string[]
  readonly service: string
  readonly asOf: Instant
  /** Shared by all accounts of the list. */
  readonly work: Budget
}

interface ReadKey {
  readonly key: ResourceConfiguration
  readonly read: KeyDocuments | { readonly problem: string }
}

function opensFor({ key, read }: ReadKey, account: string, asked: Asked): Known<boolean> {
  const manager = textSetting(key, 'KeyManager')
  const state = textSetting(key, 'KeyState')
  // Keys that the provider manages are for their own account alone, and their policies cannot be changed.
  if (manager === 'AWS' || state === 'Disabled' || state === 'PendingDeletion') return { known: false }
  if ('problem' in read) return read
  const { documents, statements, unread } = read
  if (!asked.work.spend(1 + Math.floor(statements.length / 8))) return { problem: RAN_OUT }
  const allows = statements.filter((statement) => statement.effect === 'Allow' && mayMean(statement, account))
  const mayUse = allows.some((statement) => USES.some((action) => namesAction(statement, action)))
  if (!mayUse) return unread === null ? { known: false } : { problem: unread }
  const principals = [
    'root',
    ...allows.flatMap(({ principal }) =>
      principal.aws.flatMap((entry) => /^arn:[^:]+:iam::\d{12}:((?:user|role)\/[^*?]+)$/.exec(entry)?.[1] ?? []),
    ),
  ]
  const succeeds = principals.some((name) =>
    asked.enough.some(
      (action) => asked.work.spend(REPLAY_COST * statements.length) && isAllowed(documents, key, account, name, action, asked),
    ),
  )
  if (!succeeds && asked.work.exhausted) return { problem: RAN_OUT }
  return succeeds
    ? { known: true }
    : {
        problem: `it is shared and encrypted, and its key lets ${account} use it only under conditions or in part`,
      }
}

interface KeyDocuments {
  /** The policy of the key, and its grants where it has some. */
  readonly documents: readonly ReplayedDocument[]
  readonly statements: readonly Statement[]
  /** Why there may be grants that are not known; null where all are. */
  readonly unread: string | null
}

function documentsOf(key: ResourceConfiguration): KeyDocuments | { readonly problem: string } {
  const policy = policyOf(key)
  if (policy === null) return { problem: 'it is shared and encrypted, and the policy of its key was not read' }
  const grants = grantsPolicy(setting(key, 'grants'), 'grants of its key')
  const written = [
    { name: 'key policy', document: policy, onlyDenies: false },
    ...(isKnown(grants) && grants.known !== null
      ? [{ name: 'grants of the key', document: grants.known, onlyDenies: false }]
      : []),
  ]
  const parsed = written.map(({ name, document }) => parsePolicy(document, name))
  const problem = parsed.find((each) => 'problem' in each)
  if (problem) return problem as { readonly problem: string }
  return {
    documents: written,
    statements: parsed.flatMap((each) => ('policy' in each ? each.policy.statements : [])),
    unread: isKnown(grants) ? null : `it is shared and encrypted, and its key may be opened by a grant: ${grants.problem}`,
  }
}

/** Steps that the second reading of a statement is worth. */
const REPLAY_COST = 2

// Any of these may lead to the data.
const USES = ['kms:CreateGrant', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:PutKeyPolicy']

/** Whether the principal of a statement may mean an identity of the account. */
function mayMean({ principal }: Statement, account: string): boolean {
  if (principal.negated || principal.everyone || principal.others.length > 0) return true
  return principal.aws.some((entry) => entry.includes(account) || !/\d{12}/.test(entry))
}

function isAllowed(
  documents: readonly ReplayedDocument[],
  key: ResourceConfiguration,
  account: string,
  name: string,
  action: string,
  asked: Asked,
): boolean {
  const partition = key.resource.id.split(':')[1] ?? 'aws'
  const arn = `arn:${partition}:iam::${account}:${name}`
  const region = key.resource.region || asked.resource.region
  const witness: Witness = {
    principal: { kind: 'aws', account, arn, organization: null, organizationPath: null },
    action,
    resource: key.resource.id,
    context: {
      'aws:CurrentTime': asked.asOf,
      'aws:PrincipalAccount': account,
      'aws:PrincipalArn': arn,
      'aws:SecureTransport': 'true',
      'kms:CallerAccount': account,
      'kms:ViaService': `${asked.service}.${region}.amazonaws.com`,
      ...(action === 'kms:CreateGrant' ? { 'kms:GrantIsForAWSResource': 'true' } : {}),
    },
  }
  const layer: ReplayedLayer = {
    documents,
    aclGrants: [],
    sees: (request) => request,
  }
  return replay(witness, { layers: [layer], refuses: () => false }).allowed
}

/** The document, from a facet of its own or as `aws kms get-key-policy` prints it. */
function policyOf(key: ResourceConfiguration): Json | null {
  const reading = setting(key, 'policy', 'keyPolicy')
  if (reading?.status !== 'read') return null
  const inside = isRecord(reading.value) ? member(reading.value, 'Policy') : undefined
  const document = inside ?? reading.value
  if (typeof document !== 'string') return document
  try {
    return JSON.parse(document) as Json
  } catch {
    return null
  }
}
