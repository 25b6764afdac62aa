import { printable, type SessionStart } from '../../forensics/index.ts'
import { type Instant, instant, type Json } from '../../model/index.ts'
import { type LogFile, trailEvents } from '../../query-engines/index.ts'

/** Events of a trail that are no requests for data and still tell who got some. */
export interface TrailReadings {
  readonly sessions: readonly SessionStart[]
  readonly snapshots: readonly SnapshotEvent[]
}

/** A snapshot that was copied, restored or shared. */
export interface SnapshotEvent {
  readonly kind: 'snapshot-copied' | 'snapshot-restored' | 'snapshot-shared'
  readonly at: Instant
  readonly operation: string
  readonly snapshot: string
  readonly principal: string | null
  readonly account: string | null
  readonly ip: string | null
  /** Accounts that a snapshot was shared with, or `all`. */
  readonly sharedWith: readonly string[]
}

const MOST_KEPT = 200_000

/**
 * What the owner of a snapshot sees when others use it, and calls that copy, restore or share one.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
 */
const SNAPSHOT_EVENTS: Readonly<Record<string, SnapshotEvent['kind']>> = {
  SharedSnapshotCopyInitiated: 'snapshot-copied',
  SharedSnapshotVolumeCreated: 'snapshot-restored',
  CopySnapshot: 'snapshot-copied',
  CopyDBSnapshot: 'snapshot-copied',
  CopyDBClusterSnapshot: 'snapshot-copied',
  StartExportTask: 'snapshot-copied',
  RestoreDBInstanceFromDBSnapshot: 'snapshot-restored',
  RestoreDBClusterFromSnapshot: 'snapshot-restored',
  ModifySnapshotAttribute: 'snapshot-shared',
  ModifyDBSnapshotAttribute: 'snapshot-shared',
  ModifyDBClusterSnapshotAttribute: 'snapshot-shared',
}
const WANTED = new RegExp(`"(?:AssumeRole\\w*|${Object.keys(SNAPSHOT_EVENTS).join('|')})"`)

/** Sessions that were begun and snapshots that were handed on, as CloudTrail files tell; each event id once. */
export async function readTrails(files: readonly LogFile[], signal?: AbortSignal): Promise<TrailReadings> {
  const sessions: SessionStart[] = []
  const snapshots: SnapshotEvent[] = []
  const seen = new Set<string>()
  for await (const events of trailEvents(files, WANTED, signal)) {
    for (const { record } of events) {
      const id = textOf(record.eventID)
      if (id !== null && seen.has(id)) continue
      if (seen.size >= MOST_KEPT) return { sessions, snapshots }
      if (id !== null) seen.add(id)
      const session = sessionStart(record)
      if (session) sessions.push(session)
      const snapshot = snapshotEvent(record)
      if (snapshot) snapshots.push(snapshot)
    }
  }
  return { sessions, snapshots }
}

type JsonObject = { readonly [key: string]: Json }

function sessionStart(record: JsonObject): SessionStart | null {
  if (record.eventSource !== 'sts.amazonaws.com' || !/^AssumeRole/.test(textOf(record.eventName) ?? '')) return null
  const session = textOf(member(member(record.responseElements)?.assumedRoleUser)?.arn)
  const at = momentOf(record.eventTime)
  if (session === null || at === null || hasFailed(record)) return null
  return { session, role: textOf(member(record.requestParameters)?.roleArn), at, caller: callerOf(record) }
}

function snapshotEvent(record: JsonObject): SnapshotEvent | null {
  const operation = textOf(record.eventName) ?? ''
  const kind = Object.hasOwn(SNAPSHOT_EVENTS, operation) ? SNAPSHOT_EVENTS[operation]! : null
  const at = momentOf(record.eventTime)
  if (kind === null || at === null || hasFailed(record)) return null
  const { principal, account, ip } = callerOf(record)
  const parameters = member(record.requestParameters) ?? {}
  const snapshot = [
    'sourceSnapshotId',
    'sourceDBSnapshotIdentifier',
    'sourceDBClusterSnapshotIdentifier',
    'sourceArn',
    'snapshotId',
  ]
    .concat(['dBSnapshotIdentifier', 'dBClusterSnapshotIdentifier', 'snapshotIdentifier'])
    .map((name) => textOf(parameters[name]) ?? textOf(member(record.serviceEventDetails)?.[name]))
    .find((text) => text !== null)
  return {
    kind,
    at,
    operation,
    snapshot: printable(snapshot ?? 'not named'),
    principal,
    account,
    ip,
    sharedWith: sharedWith(parameters),
  }
}

/** EC2 lists permissions to add, RDS values to add to the attribute `restore`. */
function sharedWith(parameters: JsonObject): readonly string[] {
  const added = member(member(parameters.createVolumePermission)?.add)?.items
  const byEc2 = list(added).flatMap((item) => {
    const { userId, group } = member(item) ?? {}
    return [textOf(userId), textOf(group)]
  })
  const byRds = list(parameters.valuesToAdd).map(textOf)
  return [...byEc2, ...byRds].filter((text) => text !== null).map((text) => printable(text, 64))
}

function callerOf(record: JsonObject): SessionStart['caller'] {
  const identity = member(record.userIdentity)
  const principal = textOf(identity?.arn) ?? textOf(identity?.invokedBy) ?? textOf(identity?.userName)
  return {
    principal,
    account: textOf(identity?.accountId),
    ip: textOf(record.sourceIPAddress),
    isService: identity?.type === 'AWSService',
  }
}

function hasFailed({ errorCode }: JsonObject): boolean {
  return errorCode !== undefined && errorCode !== null
}

function momentOf(value: Json | undefined): Instant | null {
  const text = textOf(value)
  return text === null || Number.isNaN(Date.parse(text)) ? null : instant(text)
}

function member(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
