import type { ZoneOfTrust } from '../../model/index.ts'

/** The subscription that an Azure resource ID names, in lower case; null where it names none. */
export function subscriptionOf(id: string): string | null {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? null
}

/** Resource IDs are compared without regard to case. */
export function isSameId(left: string, right: string): boolean {
  return plain(left) === plain(right)
}

/** Whether the resource ID `id` is `scope` or lies below it. */
export function isWithin(id: string, scope: string): boolean {
  const outer = plain(scope)
  return outer === '' || plain(id) === outer || plain(id).startsWith(`${outer}/`)
}

/** The name that follows a segment of a resource ID: `nameIn(id, 'storageAccounts')`. */
export function nameIn(id: string, segment: string): string | null {
  const parts = id.split('/')
  const at = parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase())
  return at >= 0 ? (parts[at + 1] ?? null) : null
}

/** The resource ID up to and with the name after a segment. */
export function idUpTo(id: string, segment: string): string | null {
  const parts = id.split('/')
  const at = parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase())
  return at >= 0 && parts[at + 1] ? parts.slice(0, at + 2).join('/') : null
}

/** The subscriptions inside: those of the zone and the resource's own. */
export function insideSubscriptions(zone: ZoneOfTrust, resource: { readonly id: string; readonly account: string }): Set<string> {
  const own = [resource.account.toLowerCase(), subscriptionOf(resource.id) ?? '']
  return new Set([...zone.accounts.map((account) => account.toLowerCase()), ...own].filter((id) => id !== ''))
}

function plain(id: string): string {
  return id.trim().replace(/\/+$/, '').toLowerCase()
}
