import type { Access, Witness, WitnessPrincipal } from '../../../model/index.ts'
import { inOrder } from '../findings.ts'
import type { Way } from '../network/network.ts'
import { member } from '../settings.ts'
import type { Account } from './account.ts'
import type { Service } from './services.ts'

/** The address of a service's endpoint: the account's own where it was read, else the one of the public cloud. */
export function endpointOf({ name, settings }: Account, endpoint: string): string {
  const endpoints = settings.reading('primaryEndpoints')
  const own = endpoints?.status === 'read' ? member(endpoints.value, endpoint) : undefined
  return (typeof own === 'string' ? own : `https://${name}.${endpoint}.core.windows.net/`).replace(/\/*$/, '/')
}

/** A request for the data of a store that shows an access. */
export function storeWitness(
  account: Account,
  service: Service,
  store: string,
  access: Access,
  principal: WitnessPrincipal,
  way: Pick<Way, 'context'>,
): Witness {
  return {
    principal,
    action: service.operations[access][0]!.name,
    resource: `${endpointOf(account, service.name)}${store}${service.path[access]}`,
    context: inOrder({ ...way.context, protocol: 'https', time: account.asOf }),
  }
}

export const ANONYMOUS: WitnessPrincipal = { kind: 'anonymous' }
