import type { Access, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import { type Findings, shut, together, verdictsOf } from '../findings.ts'
import { waysThrough } from '../network/network.ts'
import { parseWord, type Settings } from '../settings.ts'
import { type Account, accountOf } from './account.ts'
import { mountFindings, storeSettings } from './container.ts'
import { identityFindings } from './identities.ts'
import { ANONYMOUS, storeWitness } from './requests.ts'
import { FILE, QUEUE, type Service, TABLE } from './services.ts'
import { signatureFindings } from './signatures.ts'

/** Who reaches a share of Azure Files. A share of NFS asks for no credentials; one of SMB always does. */
export const decideShare = decideStore(FILE)
export const decideQueue = decideStore(QUEUE)
export const decideTable = decideStore(TABLE)

function decideStore(service: Service): (configuration: ResourceConfiguration, context: ReachContext) => Verdicts {
  return (configuration, context) => {
    const account = accountOf(configuration, context)
    const settings = storeSettings(configuration, service.store)
    return verdictsOf(storeFindings(account, settings, service, configuration.resource.name))
  }
}

/** What opens a share, a queue or a table of an account, by access. */
export function storeFindings(
  account: Account,
  settings: Settings,
  service: Service,
  name: string,
): (access: Access) => Findings {
  const network = account.network(service.name)
  const ways = waysThrough(network)
  const mounted = service === FILE ? isNfs(settings) : { known: false }
  return (access) => {
    const nfs = mountFindings(mounted, 'an NFS share', ways, (way) => ({
      ...storeWitness(account, service, name, access, ANONYMOUS, way),
      context: { ...way.context, protocol: 'nfs', time: account.asOf },
    }))
    return together(
      isKnown(mounted) && !mounted.known ? shut(`a ${service.store} is never open without credentials`) : nfs,
      identityFindings(account, service, name, access, ways),
      signatureFindings(account, settings, service, name, access, network),
    )
  }
}

/** Whether a share speaks NFS; not set means SMB. */
function isNfs(settings: Settings): Known<boolean> {
  const protocols = decisive(
    settings.seldom('enabledProtocols'),
    'the protocol of the share',
    parseWord('the protocol of the share', ['SMB', 'NFS', 'SMB,NFS']),
    () => ({ known: 'SMB' as const }),
  )
  return isKnown(protocols) ? { known: protocols.known.includes('NFS') } : protocols
}
