import type { Access, Instant, ResourceRef, ZoneOfTrust } from '../../../model/index.ts'
import { isKnown } from '../../readings.ts'
import { certain, type Finding, type Findings, inOrder, possible, shut } from '../findings.ts'
import type { Way } from '../network/network.ts'
import type { Settings } from '../settings.ts'
import { type Assignment, assignmentsOn, grants } from './assignments.ts'
import type { Operation } from './definitions.ts'

/** Identities outside the zone whose roles permit any of some operations, over the best of the ways that lead there. */
export function outsiderFindings(
  resource: ResourceRef,
  settings: Settings,
  zone: ZoneOfTrust,
  asOf: Instant,
  access: Access,
  operations: readonly Operation[],
  ways: readonly Way[],
): Findings {
  const [way] = ways
  if (!way) return shut('no network outside the zone leads here')
  const assignments = assignmentsOn(resource.id, settings.reading('roleAssignments'), settings.reading('roleDefinitions'), zone)
  if (!isKnown(assignments)) return { open: [possible('named', assignments.problem)], shut: [] }
  const open = assignments.known
    .filter(({ standing }) => standing !== 'inside')
    .flatMap((assignment) => operations.flatMap((operation) => findingOf(assignment, operation, resource, asOf, way)))
  return open.length > 0 ? { open, shut: [] } : shut(`no role assignment gives ${access} to an identity outside the zone`)
}

function findingOf(
  assignment: Assignment,
  operation: Operation,
  resource: ResourceRef,
  asOf: Instant,
  way: Way,
): readonly Finding[] {
  const truth = grants(assignment, { operation, suboperation: null, attributes: new Map() })
  if (truth === false) return []
  const because = `${assignment.label} has the role ${assignment.role}`
  if (truth === null || assignment.standing === 'unknown' || !way.certain) {
    return [
      possible('named', `${because}, and whether that lets an outsider in is not decided`, ...(way.certain ? [] : way.because)),
    ]
  }
  const principal = { kind: 'entra', tenant: assignment.tenant, object: assignment.object } as const
  const context = inOrder({ ...way.context, protocol: 'https', time: asOf })
  return [certain('named', { principal, action: operation.name, resource: resource.id, context }, because)]
}
