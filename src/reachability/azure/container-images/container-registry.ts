import type { Access, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { decisive, isKnown } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import { certain, type Findings, inOrder, possible, shut, verdictsOf } from '../findings.ts'
import { waysThrough } from '../network/network.ts'
import { serviceNetwork } from '../network/service-firewall.ts'
import { insideSubscriptions } from '../resource-ids.ts'
import { parseBoolean, settingsOf } from '../settings.ts'

/**
 * Who pulls images from a container registry without credentials: anybody whom its network rules let in, once anonymous pull
 * is enabled. "Make your container registry content publicly available". Identities and passwords are not judged.
 */
export function decideContainerRegistry(configuration: ResourceConfiguration, { zone, asOf }: ReachContext): Verdicts {
  const { resource } = configuration
  const settings = settingsOf(configuration)
  const ways = waysThrough(serviceNetwork(settings, 'registry', { subscriptions: insideSubscriptions(zone, resource), zone }))
  const pull = decisive(
    settings.reading('anonymousPullEnabled'),
    'whether anonymous pull is enabled',
    parseBoolean('anonymousPullEnabled'),
    () => ({ known: false }),
  )
  const host = `${resource.name.toLowerCase()}.azurecr.io`
  return verdictsOf((access): Findings => {
    const action = ACTIONS[access]
    if (!action) return shut(`without credentials nobody has ${access}`)
    if (isKnown(pull) && !pull.known) return shut('anonymous pull is not enabled')
    if (ways.length === 0) return shut('no network outside the zone leads to the registry')
    return {
      open: ways.map((way) =>
        isKnown(pull) && way.certain
          ? certain(
              way.audience,
              {
                principal: { kind: 'anonymous' },
                action,
                resource: `https://${host}/v2/x/${access === 'list' ? 'tags/list' : 'manifests/latest'}`,
                context: inOrder({ ...way.context, protocol: 'https', time: asOf }),
              },
              'anonymous pull is enabled',
              ...way.because,
            )
          : possible(way.audience, ...(isKnown(pull) ? [] : [pull.problem]), ...(way.certain ? [] : way.because)),
      ),
      shut: [],
    }
  })
}

const ACTIONS: Readonly<Partial<Record<Access, string>>> = {
  read: 'Microsoft.ContainerRegistry/registries/pull/read',
  list: 'Microsoft.ContainerRegistry/registries/metadata/read',
}
