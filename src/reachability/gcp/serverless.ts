import type { Json, ResourceConfiguration, Verdicts } from '../../model/index.ts'
import { ALL_ADDRESSES, NO_ADDRESSES } from '../engine/addresses.ts'
import type { ReachContext, ReachModel } from '../reach-model.ts'
import { decisive, isKnown, isRecord, type Known, narrowing } from '../readings.ts'
import { facetOf } from './facets.ts'
import { googleContext, type Grants } from './iam/context.ts'
import { decideDoor } from './iam/decide-door.ts'
import { plainName, usesOf } from './iam/family.ts'
import { parsePrincipal } from './iam/principals.ts'
import { EVERYWHERE, type Sources, throughBoth } from './perimeter.ts'

/** Services and functions that answer requests: to invoke one is to read what it hands out and to write what it takes. */
export const SERVERLESS_MODELS: readonly ReachModel[] = [
  { types: ['run.googleapis.com/Service'], decide: decideService },
  { types: ['cloudfunctions.googleapis.com/CloudFunction'], decide: decideFunction },
]

function decideService(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const service = 'run.googleapis.com'
  const google = googleContext(configuration, context, { service })
  const uses = usesOf(
    {
      type: 'run.googleapis.com/Service',
      service,
      tells: 'nothing',
      permissions: {
        read: ['run.routes.invoke'],
        list: [],
        write: ['run.routes.invoke'],
        delete: ['run.services.delete'],
        admin: ['run.services.setIamPolicy', 'run.services.update'],
      },
    },
    plainName(configuration.resource.id),
  )
  const door = google.door({ uses, furtherGrants: [{ grants: uncheckedGrants(configuration), bearsOn: ['read', 'write'] }] })
  const network = throughBoth(door.network, ingressSources(ingressOf(configuration)))
  return twoDoors(door, network)
}

function decideFunction(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const service = 'cloudfunctions.googleapis.com'
  const google = googleContext(configuration, context, { service })
  const uses = usesOf(
    {
      type: 'cloudfunctions.googleapis.com/CloudFunction',
      service,
      tells: 'nothing',
      permissions: {
        read: ['cloudfunctions.functions.invoke'],
        list: [],
        write: ['cloudfunctions.functions.invoke'],
        delete: ['cloudfunctions.functions.delete'],
        admin: ['cloudfunctions.functions.setIamPolicy', 'cloudfunctions.functions.update'],
      },
    },
    plainName(configuration.resource.id),
  )
  const door = google.door({ uses })
  const ingress = decisive<string>(
    facetOf(configuration, 'ingressSettings'),
    'ingress settings',
    (json) => (typeof json === 'string' ? { known: json } : { problem: 'ingress settings are not understood' }),
    () => ({ known: 'ALLOW_ALL' }),
  )
  return twoDoors(door, throughBoth(door.network, ingressSources(ingress)))
}

/** Ingress settings stand before the service itself; its settings are changed through another door. */
function twoDoors(door: Parameters<typeof decideDoor>[0], network: Sources): Verdicts {
  const invoking = decideDoor({ ...door, network })
  const managing = decideDoor(door)
  return { ...managing, read: invoking.read, write: invoking.write }
}

function ingressSources(ingress: Known<string>): Sources {
  if (!isKnown(ingress)) return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [ingress.problem] }
  switch (ingress.known) {
    case 'all':
    case 'INGRESS_TRAFFIC_ALL':
    case 'ALLOW_ALL':
      return EVERYWHERE
    case 'internal':
    case 'INGRESS_TRAFFIC_INTERNAL_ONLY':
    case 'ALLOW_INTERNAL_ONLY':
      return { least: NO_ADDRESSES, most: NO_ADDRESSES, because: ['ingress is from inside its networks alone'], unread: [] }
    default:
      return {
        least: NO_ADDRESSES,
        most: ALL_ADDRESSES,
        because: [],
        unread: [`ingress is ${ingress.known}: whom the load balancer in front lets through was not read`],
      }
  }
}

const INGRESS = 'run.googleapis.com/ingress'
const UNCHECKED = 'run.googleapis.com/invoker-iam-disabled'

function ingressOf(configuration: ResourceConfiguration): Known<string> {
  const reading = facetOf(configuration, 'ingress') ?? facetOf(configuration, 'metadata')
  return decisive<string>(
    reading,
    'ingress',
    (json) => {
      const value = isRecord(json) ? (annotation(json, INGRESS) ?? 'all') : json
      return typeof value === 'string' ? { known: value } : { problem: 'ingress is not understood' }
    },
    () => ({ known: 'all' }),
  )
}

/** A service that does not check who invokes it answers everybody, whatever its policy says. */
function uncheckedGrants(configuration: ResourceConfiguration): Grants {
  const reading = facetOf(configuration, 'invokerIamDisabled') ?? facetOf(configuration, 'metadata')
  const unchecked = narrowing<boolean>(
    reading,
    'whether invokers are checked',
    (json) => ({ known: json === true || (isRecord(json) && annotation(json, UNCHECKED) === 'true') }),
    false,
  )
  if (!isKnown(unchecked)) return unchecked
  if (!unchecked.known) return { known: [] }
  const holds = (permission: string) => permission === 'run.routes.invoke'
  const members = [parsePrincipal('allUsers')]
  const label = 'the setting that invokers are not checked'
  return { known: [{ label, members, holds, condition: { kind: 'none' }, within: [], covers: () => true }] }
}

function annotation(metadata: { readonly [key: string]: Json }, name: string): Json | undefined {
  return isRecord(metadata.annotations) ? metadata.annotations[name] : undefined
}
