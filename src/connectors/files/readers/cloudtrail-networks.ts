import type { Facet } from '../../../model/index.ts'
import type { EvidenceItem } from '../evidence-item.ts'
import { at, textAt } from '../json-fields.ts'
import { existence, read } from '../observing.ts'
import { type NetworkType, networkRef } from '../resource-names.ts'
import { changed, changeOf, type EventHandlers, nameless, notHeld, type TrailEvent } from './cloudtrail-event.ts'

/**
 * Events of EC2 that change a network. They are differences to what one event does not hold, so the facet counts as not read
 * from the event until the next recorded configuration.
 */
export const NETWORK_EVENTS: EventHandlers = {
  CreateSecurityGroup: createSecurityGroup,
  DeleteSecurityGroup: deleted('AWS::EC2::SecurityGroup', 'groupId'),
  AuthorizeSecurityGroupIngress: alters('AWS::EC2::SecurityGroup', 'groupId', 'ingress'),
  RevokeSecurityGroupIngress: alters('AWS::EC2::SecurityGroup', 'groupId', 'ingress'),
  ModifySecurityGroupRules: alters('AWS::EC2::SecurityGroup', 'groupId', 'ingress'),
  CreateRoute: alters('AWS::EC2::RouteTable', 'routeTableId', 'routes'),
  ReplaceRoute: alters('AWS::EC2::RouteTable', 'routeTableId', 'routes'),
  DeleteRoute: alters('AWS::EC2::RouteTable', 'routeTableId', 'routes'),
  AssociateRouteTable: alters('AWS::EC2::RouteTable', 'routeTableId', 'associations'),
  CreateNetworkAclEntry: alters('AWS::EC2::NetworkAcl', 'networkAclId', 'entries'),
  ReplaceNetworkAclEntry: alters('AWS::EC2::NetworkAcl', 'networkAclId', 'entries'),
  DeleteNetworkAclEntry: alters('AWS::EC2::NetworkAcl', 'networkAclId', 'entries'),
}

function alters(type: NetworkType, field: string, facet: Facet): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const id = idOf(event, field)
    if (id === null) return nameless(event)
    return changed(event, networkRef(type, id, event.account, event.region), { [facet]: notHeld(event) })
  }
}

function deleted(type: NetworkType, field: string): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const id = idOf(event, field)
    return id === null ? nameless(event) : [existence(changeOf(event, networkRef(type, id, event.account, event.region)), false)]
  }
}

/** A new security group lets nothing in. */
function createSecurityGroup(event: TrailEvent): EvidenceItem[] {
  const id = textAt(event.response ?? undefined, 'groupId')
  if (id === null) return nameless(event)
  const group = networkRef('AWS::EC2::SecurityGroup', id, event.account, event.region)
  const vpc = textAt(event.parameters ?? undefined, 'vpcId')
  const readings = { ingress: read([]), vpc: vpc === null ? undefined : read(vpc) }
  return [existence(changeOf(event, group), true), ...changed(event, group, readings)]
}

function idOf(event: TrailEvent, field: string): string | null {
  const nested = at(event.parameters ?? undefined, 'ModifySecurityGroupRulesRequest', 'GroupId')
  return textAt(event.parameters ?? undefined, field) ?? (typeof nested === 'string' ? nested : null)
}
