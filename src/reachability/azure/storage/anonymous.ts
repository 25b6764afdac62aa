import type { Access, Json, Reading } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { certain, type Finding, type Findings, possible, shut } from '../findings.ts'
import type { Way } from '../network/network.ts'
import { member, parseBoolean, type Settings } from '../settings.ts'
import type { Account } from './account.ts'
import { ANONYMOUS, endpointOf, storeWitness } from './requests.ts'
import { BLOB } from './services.ts'

export type AccessLevel = 'none' | 'blob' | 'container'

/** The access level of a container, as any of Azure's tools print it; not set is private. */
export function accessLevelOf(reading: Reading<Json> | undefined): Known<AccessLevel> {
  return decisive<AccessLevel>(
    reading,
    'the access level of the container',
    (json) => {
      const level = typeof json === 'string' ? LEVELS[json.toLowerCase()] : undefined
      return level === undefined ? { problem: 'the access level of the container is not understood' } : { known: level }
    },
    () => ({ known: 'none' }),
  )
}

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  none: 'none',
  off: 'none',
  private: 'none',
  '': 'none',
  blob: 'blob',
  container: 'container',
}

// New accounts got the opposite default in 2023 and since then say it explicitly.
const ALWAYS_SAID_SINCE = '2023-09-01'

/**
 * Whether the account allows anonymous access. Null means allowed: the property "is not set by default and does not return a
 * value until you explicitly set it. The storage account permits public access when the property value is either null or when
 * it is true", which is why a level could be set on a container at all. Accounts made since the default changed return a
 * value; null on one of those is not understood.
 */
export function anonymousAllowed({ settings }: Account): Known<boolean> {
  return decisive<boolean>(
    settings.reading('allowBlobPublicAccess'),
    'whether the account allows anonymous access',
    parseBoolean('allowBlobPublicAccess'),
    () => {
      const created = settings.seldom('creationTime')
      const isLate = created?.status === 'read' && typeof created.value === 'string' && created.value >= ALWAYS_SAID_SINCE
      return isLate
        ? { problem: 'allowBlobPublicAccess is not set on an account made after its default changed' }
        : { known: true }
    },
  )
}

/** Who reads and lists without any credentials, by the levels of account and container. */
export function anonymousFindings(
  account: Account,
  level: Known<AccessLevel>,
  container: string,
  access: Access,
  ways: readonly Way[],
): Findings {
  if (access !== 'read' && access !== 'list') return shut(`without credentials nobody has ${access}`)
  const allowed = anonymousAllowed(account)
  if (isKnown(allowed) && !allowed.known) return shut('the account does not allow anonymous access, whatever its containers say')
  if (isKnown(level) && level.known === 'none') return shut('the container is private')
  if (isKnown(level) && level.known === 'blob' && access === 'list') {
    return shut('the level of the container is Blob: blobs are read by name, and nobody lists them')
  }
  if (ways.length === 0) return shut('no network outside the zone leads here')
  const doubts = [allowed, level].flatMap((setting) => ('problem' in setting ? [setting.problem] : []))
  return { open: ways.map((way) => levelFinding(way, doubts, account, level, container, access)), shut: [] }
}

function levelFinding(
  way: Way,
  doubts: readonly string[],
  account: Account,
  level: Known<AccessLevel>,
  container: string,
  access: Access,
): Finding {
  if (doubts.length > 0 || !way.certain) return possible(way.audience, ...doubts, ...(way.certain ? [] : way.because))
  const word = isKnown(level) && level.known === 'blob' ? 'Blob' : 'Container'
  const unset = account.settings.reading('allowBlobPublicAccess')?.status !== 'read'
  return certain(
    way.audience,
    storeWitness(account, BLOB, container, access, ANONYMOUS, way),
    `the level of the container is ${word}, and the account ${unset ? 'never forbade' : 'allows'} anonymous access`,
    ...way.because,
  )
}

export const WEBSITE_CONTAINER = '$web'

/**
 * The files of a static website are served to anyone, "whatever the public access level of the container", and "disallowing
 * anonymous access for a storage account does not affect any static websites hosted in that storage account". Network rules
 * do apply. Azure Storage: "Static website hosting".
 */
export function websiteFindings(account: Account, container: string, access: Access, ways: readonly Way[]): Findings {
  if (container !== WEBSITE_CONTAINER) return { open: [], shut: [] }
  if (access !== 'read') return shut('the static website is served for reading only, by name')
  const enabled = websiteEnabled(account.settings)
  if (isKnown(enabled) && !enabled.known) return shut('no static website is served')
  if (ways.length === 0) return shut('no network outside the zone leads to the static website')
  return {
    open: ways.map((way) =>
      isKnown(enabled) && way.certain
        ? certain(
            way.audience,
            { ...storeWitness(account, BLOB, '', 'read', ANONYMOUS, way), resource: `${endpointOf(account, 'web')}x` },
            'the static website serves the container, whatever its level',
            ...way.because,
          )
        : possible(way.audience, ...(isKnown(enabled) ? [] : [enabled.problem]), ...(way.certain ? [] : way.because)),
    ),
    shut: [],
  }
}

/** Whether a static website is on, as the properties of the blob service say. */
export function websiteEnabled(settings: Settings): Known<boolean> {
  const name = 'whether a static website is served'
  return decisive(
    settings.reading('staticWebsite'),
    name,
    (json) => {
      const inner = member(json, 'staticWebsite') ?? json
      return parseBoolean(name)(isRecord(inner) ? (member(inner, 'enabled') ?? null) : inner)
    },
    () => ({ known: false }),
  )
}
