import type { Facet, Json, Reading, ResourceRef } from '../../../model/index.ts'
import { compareText } from '../../../model/index.ts'
import { databaseReadings, snapshotAttributes } from '../database-settings.ts'
import type { EvidenceItem } from '../evidence-item.ts'
import { at, booleanOf, listOf, textAt } from '../json-fields.ts'
import { existence, read } from '../observing.ts'
import { type DatabaseType, databaseRef } from '../resource-names.ts'
import { changed, changeOf, type EventHandlers, nameless, notHeld, type TrailEvent } from './cloudtrail-event.ts'

/** Events of RDS that open or close a database or a snapshot. */
export const DATABASE_EVENTS: EventHandlers = {
  CreateDBInstance: created('AWS::RDS::DBInstance', 'dBInstanceIdentifier'),
  CreateDBInstanceReadReplica: created('AWS::RDS::DBInstance', 'dBInstanceIdentifier'),
  RestoreDBInstanceFromDBSnapshot: created('AWS::RDS::DBInstance', 'dBInstanceIdentifier'),
  RestoreDBInstanceToPointInTime: created('AWS::RDS::DBInstance', 'targetDBInstanceIdentifier'),
  ModifyDBInstance: modifyInstance,
  DeleteDBInstance: deleted('AWS::RDS::DBInstance', 'dBInstanceIdentifier'),
  CreateDBSnapshot: snapshotCreated('AWS::RDS::DBSnapshot', 'dBSnapshotIdentifier'),
  CopyDBSnapshot: snapshotCreated('AWS::RDS::DBSnapshot', 'targetDBSnapshotIdentifier'),
  CreateDBClusterSnapshot: snapshotCreated('AWS::RDS::DBClusterSnapshot', 'dBClusterSnapshotIdentifier'),
  CopyDBClusterSnapshot: snapshotCreated('AWS::RDS::DBClusterSnapshot', 'targetDBClusterSnapshotIdentifier'),
  ModifyDBSnapshotAttribute: attributeModified('AWS::RDS::DBSnapshot', 'dBSnapshotIdentifier'),
  ModifyDBClusterSnapshotAttribute: attributeModified('AWS::RDS::DBClusterSnapshot', 'dBClusterSnapshotIdentifier'),
  DeleteDBSnapshot: deleted('AWS::RDS::DBSnapshot', 'dBSnapshotIdentifier'),
  DeleteDBClusterSnapshot: deleted('AWS::RDS::DBClusterSnapshot', 'dBClusterSnapshotIdentifier'),
}

function named(event: TrailEvent, type: DatabaseType, field: string): ResourceRef | null {
  const name = textAt(event.parameters ?? undefined, field) ?? textAt(event.response ?? undefined, field)
  if (name === null) return null
  // A shared snapshot is named by its whole ARN.
  return name.startsWith('arn:') ? refOfArn(type, name, event) : databaseRef(type, name, event.account, event.region)
}

function refOfArn(type: DatabaseType, arn: string, event: TrailEvent): ResourceRef {
  const [, , , region, account, , name] = arn.split(':')
  return databaseRef(type, name ?? arn, account || event.account, region || event.region, arn)
}

function created(type: DatabaseType, field: string): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const database = named(event, type, field)
    if (database === null) return nameless(event)
    const readings = databaseReadings(event.response ?? event.parameters ?? {})
    const accessible = accessibleOf(event.response) ?? accessibleOf(event.parameters) ?? notHeld(event)
    const network = readings.network ?? notHeld(event)
    return [
      existence(changeOf(event, database), true),
      ...changed(event, database, { ...readings, publiclyAccessible: accessible, network }),
    ]
  }
}

/** The response still shows the instance as it was; what was asked for takes effect within minutes. */
function modifyInstance(event: TrailEvent): EvidenceItem[] {
  const database = named(event, 'AWS::RDS::DBInstance', 'dBInstanceIdentifier')
  if (database === null) return nameless(event)
  if (event.parameters === null) return changed(event, database, { publiclyAccessible: notHeld(event), network: notHeld(event) })
  const port = at(event.parameters, 'dBPortNumber')
  const readings: Record<Facet, Reading<Json> | undefined> = {
    publiclyAccessible: accessibleOf(event.parameters) ?? undefined,
    network: networkOf(event),
    endpoint: typeof port === 'number' ? read({ port }) : undefined,
  }
  return changed(event, database, readings)
}

function networkOf(event: TrailEvent): Reading<Json> | undefined {
  const groups = at(event.parameters ?? undefined, 'vpcSecurityGroupIds')
  if (groups === undefined && at(event.parameters ?? undefined, 'dBSubnetGroupName') === undefined) return undefined
  const before = databaseReadings(event.response ?? {}).network
  if (before?.status !== 'read' || groups === undefined) return notHeld(event)
  const securityGroups = listOf(groups).filter((group) => typeof group === 'string')
  return read({ ...(before.value as { readonly [key: string]: Json }), securityGroups: securityGroups.sort(compareText) })
}

function accessibleOf(value: Json): Reading<Json> | null {
  const accessible = booleanOf(at(value, 'publiclyAccessible'))
  return accessible === null ? null : read(accessible)
}

/** A new snapshot is its owner's alone. */
function snapshotCreated(type: DatabaseType, field: string): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const snapshot = named(event, type, field)
    if (snapshot === null) return nameless(event)
    return [
      existence(changeOf(event, snapshot), true),
      ...changed(event, snapshot, { snapshotAttributes: read({ restore: [] }) }),
    ]
  }
}

function attributeModified(type: DatabaseType, field: string): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const snapshot = named(event, type, field)
    if (snapshot === null) return nameless(event)
    const attribute = textAt(event.parameters ?? undefined, 'attributeName')
    if (attribute !== null && attribute !== 'restore') return []
    return changed(event, snapshot, { snapshotAttributes: attributesAfter(event) })
  }
}

/**
 * The response holds the attributes after the change. Without it the request is a difference to what is not known:
 * only that `all` was added settles who may restore.
 */
function attributesAfter(event: TrailEvent): Reading<Json> {
  const response = event.response ?? undefined
  const after = at(response, 'dBSnapshotAttributes') ?? at(response, 'dBClusterSnapshotAttributes')
  if (Array.isArray(after)) return snapshotAttributes(after)
  const added = listOf(at(event.parameters ?? undefined, 'valuesToAdd'))
  return added.includes('all') ? read({ restore: ['all'] }) : notHeld(event)
}

function deleted(type: DatabaseType, field: string): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const database = named(event, type, field)
    return database === null ? nameless(event) : [existence(changeOf(event, database), false)]
  }
}
