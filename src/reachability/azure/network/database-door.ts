import type { Access, Instant, ResourceRef } from '../../../model/index.ts'
import { certain, type Findings, inOrder, possible, shut } from '../findings.ts'
import { type Network, waysThrough } from './network.ts'

/**
 * Who can open a connection to a database: the network's door. The login behind it is not judged, as with the databases of
 * other providers; the network leads to the data alone, not to the settings of the server.
 */
export function doorFindings(
  network: Network,
  resource: ResourceRef,
  port: number,
  asOf: Instant,
  behind: string,
): (access: Access) => Findings {
  const open = waysThrough(network).map((way) =>
    way.certain
      ? certain(
          way.audience,
          {
            principal: { kind: 'anonymous' },
            action: 'tcp:connect',
            resource: resource.id,
            context: inOrder({ ...way.context, 'tcp:DestinationPort': String(port), time: asOf }),
          },
          ...way.because,
          behind,
        )
      : possible(way.audience, ...way.because),
  )
  const data = open.length > 0 ? { open, shut: [] } : shut(...network.shut)
  const admin = shut('the network leads to the data alone, not to the settings of the server')
  return (access) => (access === 'admin' ? admin : data)
}
