import type { Json, Reading } from '../../model/index.ts'
import { type AddressSet, ALL_ADDRESSES, complement, intersection, NO_ADDRESSES, parseCidr, union } from '../engine/addresses.ts'
import { decisive, isRecord, isTexts, type Members } from '../readings.ts'

/** From where requests come through: for certain, and possibly. */
export interface Sources {
  readonly least: AddressSet
  readonly most: AddressSet
  readonly because: readonly string[]
  readonly unread: readonly string[]
}

export const EVERYWHERE: Sources = { least: ALL_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [] }

/** Where both let a request through. */
export function throughBoth(left: Sources, right: Sources): Sources {
  return {
    least: intersection(left.least, right.least),
    most: intersection(left.most, right.most),
    because: [...left.because, ...right.because],
    unread: [...left.unread, ...right.unread],
  }
}

/**
 * What a service perimeter lets through, as `gcloud access-context-manager perimeters describe --format=json` prints it: addresses
 * of its access levels. A perimeter only ever narrows; without a record of one there is taken to be none. Ingress rules, and
 * access levels that ask for more than addresses, are not modelled and make its verdicts undecided.
 */
export function perimeterSources(
  perimeter: Reading<Json> | undefined,
  levels: Reading<Json> | undefined,
  service: string,
  projectNumbers: readonly string[],
): Sources {
  if (perimeter === undefined) return EVERYWHERE
  const read = decisive<Json>(
    perimeter,
    'service perimeter',
    (known) => ({ known }),
    () => ({ known: null }),
  )
  if ('problem' in read) return unsure(read.problem)
  if (read.known === null) return EVERYWHERE
  if (!isRecord(read.known)) return unsure('the service perimeter is not understood')
  const status = isRecord(read.known.status) ? read.known.status : {}
  if (read.known.perimeterType === 'PERIMETER_TYPE_BRIDGE') return EVERYWHERE
  const { restrictedServices = [], resources = [], accessLevels = [], ingressPolicies = [] } = status
  if (!isTexts(restrictedServices) || !isTexts(resources) || !isTexts(accessLevels) || !Array.isArray(ingressPolicies)) {
    return unsure('the service perimeter is not understood')
  }
  if (!restrictedServices.includes(service) && !restrictedServices.includes('*')) return EVERYWHERE
  const numbers = projectNumbers.filter((name) => /^\d+$/.test(name))
  if (numbers.length > 0 && resources.length > 0 && !numbers.some((number) => resources.includes(`projects/${number}`))) {
    return EVERYWHERE
  }
  const admitted = accessLevels.map((name) => levelSources(name, definitions(levels), 0))
  return {
    least: union(...admitted.map(({ least }) => least)),
    most: ingressPolicies.length > 0 ? ALL_ADDRESSES : union(...admitted.map(({ most }) => most)),
    because: [
      `a service perimeter stands around ${service}${accessLevels.length > 0 ? `; it lets ${accessLevels.join(', ')} in` : ''}`,
    ],
    unread: [
      ...admitted.flatMap(({ unread }) => unread),
      ...(ingressPolicies.length > 0 ? ['the ingress rules of the service perimeter are not decided'] : []),
    ],
  }
}

function unsure(why: string): Sources {
  return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [why] }
}

function definitions(levels: Reading<Json> | undefined): readonly Json[] {
  return levels?.status === 'read' && Array.isArray(levels.value) ? (levels.value as readonly Json[]) : []
}

const MOST_DEPTH = 8

function levelSources(name: string, levels: readonly Json[], depth: number): Sources {
  const level = levels.find((entry) => isRecord(entry) && entry.name === name)
  const basic = isRecord(level) && isRecord(level.basic) ? level.basic : null
  if (!basic || !Array.isArray(basic.conditions) || depth > MOST_DEPTH) return unsure(`the access level ${name} was not read`)
  const each = (basic.conditions as readonly Json[]).map((condition) =>
    isRecord(condition) ? conditionSources(condition, name, levels, depth) : unsure(`the access level ${name} is not understood`),
  )
  if (basic.combiningFunction !== 'OR') return each.reduce(throughBoth, EVERYWHERE)
  return {
    least: union(...each.map(({ least }) => least)),
    most: union(...each.map(({ most }) => most)),
    because: [],
    unread: each.flatMap(({ unread }) => unread),
  }
}

function conditionSources(condition: Members, name: string, levels: readonly Json[], depth: number): Sources {
  const { ipSubnetworks = [], requiredAccessLevels = [], negate = false } = condition
  if (!isTexts(ipSubnetworks) || !isTexts(requiredAccessLevels)) return unsure(`the access level ${name} is not understood`)
  const ranges = ipSubnetworks.map(parseCidr)
  const unclear =
    ranges.includes(null) ||
    ['devicePolicy', 'members', 'regions', 'vpcNetworkSources'].some((key) => {
      const value = condition[key]
      return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
    })
  const addresses = ipSubnetworks.length > 0 ? union(...ranges.map((range) => range ?? NO_ADDRESSES)) : ALL_ADDRESSES
  const own: Sources = { least: addresses, most: addresses, because: [], unread: [] }
  const required = requiredAccessLevels.map((other) => levelSources(other, levels, depth + 1))
  const met = required.reduce(throughBoth, own)
  if (unclear) {
    return unsure(`the access level ${name} asks for more than addresses, which is not decided`)
  }
  return negate === true ? { ...met, least: complement(met.most), most: complement(met.least) } : met
}
