/** Whom a policy names, in whichever of Google's three spellings: an allow policy's member, a deny policy's principal, an ACL's entity. */
export type Principal = { readonly text: string } & (
  | { readonly kind: 'all-users' | 'all-authenticated' }
  | { readonly kind: 'user' | 'service-account' | 'group'; readonly email: string }
  | { readonly kind: 'domain'; readonly domain: string }
  /** Whoever has the basic role on the project. */
  | { readonly kind: 'role-holders'; readonly role: 'owner' | 'editor' | 'viewer'; readonly project: string }
  /** Identities of another identity provider; `pool` is the part of the name that says whose. */
  | { readonly kind: 'workload' | 'workforce'; readonly pool: string }
  /** All identities that belong to a project, folder or organisation: `projects/123`. */
  | { readonly kind: 'belonging'; readonly to: string }
  /** All identities of a Cloud Identity customer. */
  | { readonly kind: 'customer'; readonly id: string }
  /** A deleted identity: the grant is dead, even if the name is taken again. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'not-understood' }
)

/** Reads a member or principal: https://cloud.google.com/iam/docs/principal-identifiers. */
export function parsePrincipal(text: string): Principal {
  if (text === 'allUsers' || text === 'principalSet://goog/public:all') return { text, kind: 'all-users' }
  if (text === 'allAuthenticatedUsers') return { text, kind: 'all-authenticated' }
  if (text.startsWith('deleted:')) return { text, kind: 'deleted' }
  const url = /^principal(?:Set)?:\/\/(.+)$/.exec(text)
  if (url) return ofUrl(text, url[1]!)
  const colon = text.indexOf(':')
  if (colon <= 0) return { text, kind: 'not-understood' }
  return ofMember(text, text.slice(0, colon), text.slice(colon + 1))
}

/** Reads the entity of an access control: `allUsers`, `user-liz@example.com`, `project-owners-123` (storage JSON API). */
export function parseEntity(entity: string): Principal {
  const match = /^(user|group|domain|project-owners|project-editors|project-viewers)-(.+)$/.exec(entity)
  if (!match) return { ...parsePrincipal(entity), text: entity }
  const [, kind, name] = match
  const isServiceAccount = kind === 'user' && name!.endsWith('gserviceaccount.com')
  const members: Readonly<Record<string, string>> = {
    'project-owners': 'projectOwner',
    'project-editors': 'projectEditor',
    'project-viewers': 'projectViewer',
  }
  return parsePrincipal(`${isServiceAccount ? 'serviceAccount' : (members[kind!] ?? kind!)}:${name}`)
}

/** How a sender stands to a principal of a policy. */
export type Match = 'yes' | 'no' | 'unknown'

/** Whether a particular identity is one of those whom a principal stands for. */
export function includesIdentity(principal: Principal, identity: Principal): Match {
  if (principal.kind === 'all-users') return 'yes'
  if (principal.kind === 'deleted') return 'no'
  if (principal.text === identity.text || sameIdentity(principal, identity)) return 'yes'
  if (identity.kind === 'not-understood' || principal.kind === 'not-understood') return 'unknown'
  const isFederated = identity.kind === 'workload' || identity.kind === 'workforce'
  switch (principal.kind) {
    case 'all-authenticated':
      return isFederated ? 'no' : 'yes'
    case 'user':
    case 'service-account':
      // Of a group or a domain, somebody else than this one asks.
      return 'no'
    case 'domain':
      return 'email' in identity ? (domainOf(identity.email) === principal.domain ? 'yes' : 'no') : 'no'
    case 'group':
      return identity.kind === 'user' || identity.kind === 'service-account' || isFederated ? 'unknown' : 'no'
    case 'workload':
    case 'workforce':
      return isFederated ? 'unknown' : 'no'
    case 'role-holders':
    case 'belonging':
    case 'customer':
      return 'unknown'
  }
}

/** The identity as allow policies name it. */
export function memberName(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return `user:${principal.email}`
    case 'service-account':
      return `serviceAccount:${principal.email}`
    case 'group':
      return `group:${principal.email}`
    case 'domain':
      return `domain:${principal.domain}`
    case 'role-holders':
      return `project${principal.role[0]!.toUpperCase()}${principal.role.slice(1)}:${principal.project}`
    default:
      return principal.text
  }
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1)
}

function sameIdentity(left: Principal, right: Principal): boolean {
  if (left.kind !== right.kind) return false
  if ('email' in left && 'email' in right) return left.email === right.email
  return left.kind === 'domain' && right.kind === 'domain' && left.domain === right.domain
}

function ofMember(text: string, kind: string, name: string): Principal {
  if (name === '') return { text, kind: 'not-understood' }
  const lower = name.toLowerCase()
  switch (kind) {
    case 'user':
      return { text, kind: 'user', email: lower }
    case 'serviceAccount':
      return { text, kind: 'service-account', email: lower }
    case 'group':
      return { text, kind: 'group', email: lower }
    case 'domain':
      return { text, kind: 'domain', domain: lower }
    case 'projectOwner':
      return { text, kind: 'role-holders', role: 'owner', project: name }
    case 'projectEditor':
      return { text, kind: 'role-holders', role: 'editor', project: name }
    case 'projectViewer':
      return { text, kind: 'role-holders', role: 'viewer', project: name }
    default:
      return { text, kind: 'not-understood' }
  }
}

function ofUrl(text: string, name: string): Principal {
  const [, google, identity] = /^goog\/(subject|group|cloudIdentityCustomerId)\/(.+)$/.exec(name) ?? []
  if (google === 'subject') return { text, kind: 'user', email: identity!.toLowerCase() }
  if (google === 'group') return { text, kind: 'group', email: identity!.toLowerCase() }
  if (google === 'cloudIdentityCustomerId') return { text, kind: 'customer', id: identity! }
  const account = /^iam\.googleapis\.com\/projects\/-\/serviceAccounts\/(.+)$/.exec(name)
  if (account) return { text, kind: 'service-account', email: account[1]!.toLowerCase() }
  const workload = /^iam\.googleapis\.com\/(projects\/[^/]+)\/locations\/global\/workloadIdentityPools\/[^/]+/.exec(name)
  if (workload) return { text, kind: 'workload', pool: workload[0] }
  const workforce = /^iam\.googleapis\.com\/locations\/global\/workforcePools\/[^/]+/.exec(name)
  if (workforce) return { text, kind: 'workforce', pool: workforce[0] }
  const belonging = /^cloudresourcemanager\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]+)(?:\/|$)/.exec(name)
  if (belonging) return { text, kind: 'belonging', to: belonging[1]! }
  return { text, kind: 'not-understood' }
}
