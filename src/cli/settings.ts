import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { Instant, KnownNetwork, ZoneOfTrust } from '../model/index.ts'
import { instant } from '../model/index.ts'
import { UsageError } from './usage-error.ts'

const MAX_SETTINGS_BYTES = 1_000_000

const names = z.array(z.string().min(1)).default([])
const ACCOUNT = /^(\d{12}|[a-z][a-z0-9-]{4,28}[a-z0-9]|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const zoneSchema = z.strictObject({
  organizations: names.describe('AWS organisation ids, o-…, and Google ones, organizations/…'),
  accounts: z
    .array(
      z
        .string()
        .regex(
          ACCOUNT,
          'an AWS account id has twelve digits (put it in quotes); a Google project or Azure subscription has its own form',
        ),
    )
    .default([]),
  cidrs: names,
  vpcs: names,
  vpcEndpoints: names,
  principals: names.describe('named partners: ARNs, Google members, Entra object ids'),
  domains: z.array(z.string().min(1)).optional().describe('domains of Google accounts that are inside'),
  tenants: z.array(z.string().min(1)).optional().describe('tenants of Microsoft Entra that are inside'),
})

const networkSchema = z.strictObject({
  cidr: z.string(),
  name: z.string(),
  standing: z.enum(['known-good', 'known-scanner']),
  owner: z.string().optional(),
  expires: z.string().optional(),
})

/** What ajar.yaml may say. */
export const settingsSchema = z.strictObject({
  store: z.string().optional().describe('a directory, or postgres://…'),
  lake: z.string().optional().describe('where log and mention files go when the store is PostgreSQL'),
  keyFile: z.string().optional().describe('the fingerprint key, outside the store'),
  zone: zoneSchema.optional(),
  knownNetworks: z.array(networkSchema).optional(),
  rules: z.string().optional().describe('a YAML file of data handling rules'),
  shareCap: z.int().min(1).max(1000).optional().describe('identifiers shared by more customer ids than this do not link'),
})
export type Settings = z.infer<typeof settingsSchema>

export interface GlobalFlags {
  readonly store?: string
  readonly format?: string
  readonly output?: string
  readonly asOf?: string
  readonly config?: string
  readonly quiet?: boolean
  readonly verbose?: boolean
}

/** Flag over environment over ajar.yaml over the default. */
export interface ResolvedSettings {
  readonly store: string
  readonly lakeDirectory: string
  readonly keyFile: string
  readonly rulesFile: string | null
  readonly zone: (ZoneOfTrust & { readonly source: string }) | null
  readonly knownNetworks: readonly KnownNetwork[]
  readonly shareCap: number | undefined
}

/** Throws a UsageError naming file, key and remedy where something is not as it should be. */
export function resolveSettings(
  flags: GlobalFlags & { readonly zone?: string },
  environment: NodeJS.ProcessEnv = process.env,
): ResolvedSettings {
  const configFile = flags.config ?? environment.AJAR_CONFIG ?? (existsSync('ajar.yaml') ? 'ajar.yaml' : undefined)
  const settings: Settings = configFile === undefined ? {} : readYaml(configFile, settingsSchema)
  const zoneFile = flags.zone ?? environment.AJAR_ZONE
  const zone = zoneFile === undefined ? settings.zone : readZone(zoneFile)
  return {
    store: flags.store ?? environment.AJAR_STORE ?? settings.store ?? join(dataHome(environment), 'store'),
    lakeDirectory: environment.AJAR_LAKE ?? settings.lake ?? join(dataHome(environment), 'lake'),
    keyFile: environment.AJAR_KEY_FILE ?? settings.keyFile ?? join(configHome(environment), 'fingerprint.key'),
    rulesFile: environment.AJAR_RULES ?? settings.rules ?? null,
    zone: zone === undefined ? null : { ...zone, source: zoneFile === undefined ? 'ajar.yaml' : 'a zone file' },
    knownNetworks: settings.knownNetworks ?? [],
    shareCap: settings.shareCap,
  }
}

/** A zone file is the zone itself, or any file with a `zone` key, such as ajar.yaml. */
function readZone(file: string): z.infer<typeof zoneSchema> {
  return readYaml(
    file,
    z.union([
      z.strictObject({ zone: zoneSchema }).transform(({ zone }) => zone),
      settingsSchema.transform(({ zone }, issue) => {
        if (zone === undefined) issue.addIssue('there is no `zone` key')
        return zone ?? z.NEVER
      }),
      zoneSchema,
    ]),
  )
}

function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`)
  }
  if (text.length > MAX_SETTINGS_BYTES)
    throw new UsageError(`${file} is larger than ${MAX_SETTINGS_BYTES} bytes: settings are not that long`)
  const document = parseDocument(text, { prettyErrors: true })
  const [problem] = document.errors
  if (problem) throw new UsageError(`${file}: ${problem.message}`)
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {})
  if (!parsed.success) throw new UsageError(`${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Any ISO 8601 moment with a zone, or a plain day, which means its first moment in UTC. */
export function parseMoment(text: string, flag: string): Instant {
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(text)
  if (!isMoment || Number.isNaN(Date.parse(text)))
    throw new UsageError(`${flag} ${text}: write a day (2023-05-31) or a moment with its zone (2023-05-31T18:00:00+09:00)`)
  return instant(text)
}

function dataHome(environment: NodeJS.ProcessEnv): string {
  if (environment.AJAR_HOME) return resolve(environment.AJAR_HOME)
  if (environment.XDG_DATA_HOME) return join(environment.XDG_DATA_HOME, 'ajar')
  if (process.platform === 'win32' && environment.LOCALAPPDATA) return join(environment.LOCALAPPDATA, 'ajar')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'ajar')
  return join(homedir(), '.local', 'share', 'ajar')
}

function configHome(environment: NodeJS.ProcessEnv): string {
  if (environment.XDG_CONFIG_HOME) return join(environment.XDG_CONFIG_HOME, 'ajar')
  if (process.platform === 'win32' && environment.APPDATA) return join(environment.APPDATA, 'ajar')
  return join(homedir(), '.config', 'ajar')
}

/** The shape of ajar.yaml as JSON Schema, for editors. */
export function settingsJsonSchema(): object {
  return {
    ...z.toJSONSchema(settingsSchema, { target: 'draft-2020-12', io: 'input' }),
    $id: 'https://leftajar.example/schema/ajar-yaml-1.json',
    title: 'ajar.yaml, the settings of Ajar',
  }
}
