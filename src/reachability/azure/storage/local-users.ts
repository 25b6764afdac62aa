import type { Access, Json } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import { certain, type Finding, type Findings, possible, shut } from '../findings.ts'
import type { Way } from '../network/network.ts'
import { flattened, member, parseBoolean, parseList } from '../settings.ts'
import type { Account } from './account.ts'

const LETTERS: Readonly<Record<Access, string>> = { read: 'r', list: 'l', write: 'wcm', delete: 'd', admin: 'op' }

/**
 * Local users of SFTP: names with a password or a key of their own, which Azure knows and Entra does not. Who holds those,
 * no configuration says. Azure Storage: "SSH File Transfer Protocol support", "Container permissions".
 */
export function localUserFindings(account: Account, container: string, access: Access, ways: readonly Way[]): Findings {
  const { settings } = account
  const no = () => ({ known: false })
  const sftp = decisive(settings.seldom('isSftpEnabled', 'enableSftp'), 'whether SFTP is on', parseBoolean('isSftpEnabled'), no)
  const allowed = decisive(
    settings.seldom('isLocalUserEnabled', 'enableLocalUser'),
    'whether local users are on',
    parseBoolean('isLocalUserEnabled'),
    () => ({ known: true }),
  )
  if (isKnown(sftp) && !sftp.known) return shut('SFTP is off')
  if (isKnown(allowed) && !allowed.known) return shut('local users of SFTP are off')
  const way = ways[0]
  if (!way) return shut('no network outside the zone leads to SFTP')
  const doubts = [sftp, allowed].flatMap((each) => (isKnown(each) ? [] : [each.problem]))
  const users = decisive(settings.reading('localUsers'), 'local users of SFTP', parseList('local users of SFTP'), () => ({
    known: [],
  }))
  if (!isKnown(users)) return { open: [possible('named', users.problem, ...doubts)], shut: [] }
  const open = users.known.flatMap((user) => userFinding(user, account, container, access, way, doubts))
  return open.length > 0 ? { open, shut: [] } : shut(`no local user of SFTP has ${access}`)
}

function userFinding(
  user: Json,
  account: Account,
  container: string,
  access: Access,
  way: Way,
  doubts: readonly string[],
): readonly Finding[] {
  const members = flattened(user) ?? undefined
  const name = member(members, 'name')
  const label = `the local user of SFTP ${typeof name === 'string' ? name : 'without a name'}`
  const may = permission(members, container, access)
  if (isKnown(may) && !may.known) return []
  const hasCredential = ['hasSshPassword', 'hasSshKey', 'sshAuthorizedKeys'].some((each) => {
    const value = member(members, each)
    return value === true || (Array.isArray(value) && value.length > 0)
  })
  const said = ['hasSshPassword', 'hasSshKey', 'sshAuthorizedKeys'].some((each) => member(members, each) !== undefined)
  if (said && !hasCredential) return []
  const unclear = [
    ...doubts,
    ...(isKnown(may) ? [] : [may.problem]),
    ...(said ? [] : [`whether ${label} has a credential was not read`]),
  ]
  if (unclear.length > 0 || !way.certain) return [possible('named', ...unclear, ...(way.certain ? [] : way.because))]
  return [
    certain(
      'named',
      {
        principal: { kind: 'bearer', of: label },
        action: `sftp:${access}`,
        resource: `sftp://${account.name}.blob.core.windows.net/${container}/x`,
        context: { ...way.context, protocol: 'sftp', time: account.asOf },
      },
      `whoever holds the credential of ${label} has ${access}`,
    ),
  ]
}

function permission(user: Json | undefined, container: string, access: Access): Known<boolean> {
  const scopes = member(user, 'permissionScopes') ?? []
  if (!Array.isArray(scopes)) return { problem: 'the permissions of a local user are not understood' }
  for (const scope of scopes as readonly Json[]) {
    const [letters, service, resource] = ['permissions', 'service', 'resourceName'].map((each) => member(scope, each))
    if (typeof letters !== 'string' || typeof resource !== 'string')
      return { problem: 'the permissions of a local user are not understood' }
    if ((service ?? 'blob') !== 'blob' || resource !== container) continue
    if ([...LETTERS[access]].some((letter) => letters.includes(letter))) return { known: true }
  }
  // An access control list of the data may give more.
  return member(user, 'allowAclAuthorization') === true
    ? { problem: 'a local user is authorised by access control lists, which were not read' }
    : { known: false }
}
