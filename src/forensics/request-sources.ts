import { compareInstants, type Instant, type KnownNetwork, type ZoneOfTrust } from '../model/index.ts'
import { addressIn, addressRanges, isPrivateAddress } from './address-ranges.ts'

/** Whose a request was. `unknown`: the log hides who asked, so nobody can be excluded. */
export type Standing = 'inside' | 'knownGood' | 'knownScanner' | 'outside' | 'unknown'

/** What a log says of who asked; null where it says nothing. */
export interface RequestSource {
  readonly ip: string | null
  readonly requester: string | null
  /** Owner of the bucket as the log names it: a canonical user id. */
  readonly bucketOwner?: string | null
  readonly account?: string | null
  readonly vpcEndpoint?: string | null
}

export interface SourceStanding {
  readonly standing: Standing
  /** The known network or service that it belongs to, by name. */
  readonly network: string | null
}

export interface SourceRules {
  readonly zone: ZoneOfTrust
  readonly knownNetworks: readonly KnownNetwork[]
  /** Known networks whose entry has expired by then count for nothing. */
  readonly asOf: Instant
  /** Names of networks that nobody vouches for, such as a provider's published address ranges. */
  readonly namedNetworks?: readonly NamedNetwork[]
  /** Sessions of roles, by ARN, that somebody outside began: what is done in them is done from outside. */
  readonly outsideSessions?: ReadonlySet<string>
}

/** A block of addresses and whose it is; it tells who came and changes no standing. */
export interface NamedNetwork {
  readonly cidr: string
  readonly name: string
}

/**
 * Makes the function that tells whose a request was. Identity counts before address: an account or principal of the zone
 * is inside wherever it calls from; the zone's own networks are inside whoever calls.
 */
export function sourceClassifier({
  zone,
  knownNetworks,
  asOf,
  namedNetworks = [],
  outsideSessions = NO_SESSIONS,
}: SourceRules): (source: RequestSource) => SourceStanding {
  const accounts = new Set(zone.accounts)
  const principals = new Set(zone.principals)
  const endpoints = new Set(zone.vpcEndpoints)
  const own = addressRanges(zone.cidrs.map((cidr) => ({ cidr, value: true })))
  const known = (standing: KnownNetwork['standing']) =>
    addressRanges(
      knownNetworks
        .filter((network) => network.standing === standing && !(network.expires && compareInstants(asOf, network.expires) > 0))
        .map((network) => ({ cidr: network.cidr, value: network.name })),
    )
  const good = known('known-good')
  const scanners = known('known-scanner')
  const named = addressRanges(namedNetworks.map(({ cidr, name }) => ({ cidr, value: name })))
  const outsider = (address: bigint | null): SourceStanding => {
    const network = address === null ? null : named.find(address)
    return network === null ? OUTSIDE : { standing: 'outside', network }
  }

  return ({ ip, requester, bucketOwner, account, vpcEndpoint }) => {
    const callerAccount = accountIn(requester) ?? account ?? null
    if (requester !== null && outsideSessions.has(requester)) return outsider(addressIn(ip))
    if (requester !== null && (requester === bucketOwner || principals.has(requester))) return INSIDE
    if (callerAccount !== null && accounts.has(callerAccount)) return INSIDE
    if (vpcEndpoint && endpoints.has(vpcEndpoint)) return INSIDE
    const address = addressIn(ip)
    if (address !== null && own.find(address)) return INSIDE
    const service = serviceIn(requester)
    if (service) return serviceStanding(service)
    const goodName = address === null ? null : good.find(address)
    if (goodName !== null) return { standing: 'knownGood', network: goodName }
    const scannerName = address === null ? null : scanners.find(address)
    if (scannerName !== null) return { standing: 'knownScanner', network: scannerName }
    // Somebody else's account is somebody else, even where the address is hidden.
    if (callerAccount !== null || isCanonicalUser(requester)) return outsider(address)
    // S3 sees private addresses only through a VPC endpoint, and does not say through whose.
    return address === null || isPrivateAddress(address) ? UNKNOWN : outsider(address)
  }
}

const NO_SESSIONS: ReadonlySet<string> = new Set()
const INSIDE: SourceStanding = { standing: 'inside', network: null }
const OUTSIDE: SourceStanding = { standing: 'outside', network: null }
const UNKNOWN: SourceStanding = { standing: 'unknown', network: null }

/** The account in an ARN such as `arn:aws:iam::111122223333:user/x`, or a bare account id. */
function accountIn(requester: string | null): string | null {
  if (requester === null) return null
  return (/^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(requester) ?? /^(\d{12})$/.exec(requester))?.[1] ?? null
}

/** A canonical user id: some account of AWS that is not the bucket's owner. */
function isCanonicalUser(requester: string | null): boolean {
  return requester !== null && /^[0-9a-f]{64}$/.test(requester)
}

function serviceIn(requester: string | null): string | null {
  if (requester === null) return null
  if (requester === 'AmazonS3') return 's3.amazonaws.com'
  return /^(?:svc:)?([a-z0-9.-]+\.amazonaws\.com)$/.exec(requester)?.[1] ?? null
}

/** A service that serves strangers hides them; the others act for an account that was let in on purpose. */
function serviceStanding(service: string): SourceStanding {
  return { standing: service.startsWith('cloudfront.') ? 'unknown' : 'knownGood', network: service }
}
