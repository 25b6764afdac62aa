import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { type NamedNetwork, parseCidr } from '../../../forensics/index.ts'
import type { KnownNetwork } from '../../../model/index.ts'
import { UsageError } from '../../usage-error.ts'

/** Networks that files name: those that somebody vouches for, and those of which only the name is known. */
export interface Networks {
  readonly known: readonly KnownNetwork[]
  readonly named: readonly NamedNetwork[]
}

// All published ranges of the largest provider are 2 MB.
const MAX_FILE_BYTES = 64_000_000

/**
 * Networks out of files, each in one of these shapes: `knownNetworks` as in ajar.yaml; the ranges that AWS (ip-ranges.json), Google (cloud.json) and
 * Azure (service tags) publish; or plain text with a CIDR block and, after a blank, a name on each line. A UsageError names file and entry.
 */
export function readNetworks(files: readonly string[]): Networks {
  const all = files.map((file) => networksIn(file))
  const known = all.flatMap((networks) => networks.known)
  const named = all.flatMap((networks) => networks.named)
  return { known, named }
}

function networksIn(file: string): Networks {
  const networks = parseNetworks(readText(file), file)
  const bad = [...networks.known, ...networks.named].find(({ cidr }) => parseCidr(cidr) === null)
  if (bad) throw new UsageError(`${file}: "${bad.cidr}" is no CIDR block; write 192.0.2.0/24 or 2001:db8::/32`)
  if (networks.known.length + networks.named.length === 0)
    throw new UsageError(`${file} names no network; give knownNetworks, published ranges, or a CIDR block a line`)
  return networks
}

function readText(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--known: cannot read ${file}: ${(error as Error).message}`)
  }
  if (text.length > MAX_FILE_BYTES)
    throw new UsageError(`${file} is larger than ${MAX_FILE_BYTES} bytes: lists are not that long`)
  return text
}

function parseNetworks(text: string, file: string): Networks {
  const structured = structuredValue(text, file)
  if (structured === null) return { known: [], named: plainLines(text, file) }
  for (const [schema, networksOf] of SHAPES) {
    const parsed = schema.safeParse(structured)
    if (parsed.success) return networksOf(parsed.data as never)
  }
  const parsed = knownSchema.safeParse(structured)
  throw new UsageError(`${file}: ${parsed.success ? 'not a list of networks' : z.prettifyError(parsed.error)}`)
}

const entry = z.strictObject({
  cidr: z.string(),
  name: z.string().min(1),
  standing: z.enum(['known-good', 'known-scanner']),
  owner: z.string().optional(),
  expires: z
    .string()
    .refine((day) => !Number.isNaN(Date.parse(day)), 'write a day (2026-12-31) or a moment')
    .optional(),
})
const knownSchema = z.object({ knownNetworks: z.array(entry) })
const awsSchema = z.object({
  prefixes: z.array(z.object({ ip_prefix: z.string(), service: z.string(), region: z.string() })),
  ipv6_prefixes: z.array(z.object({ ipv6_prefix: z.string(), service: z.string(), region: z.string() })).default([]),
})
const googleSchema = z.object({
  prefixes: z.array(
    z.object({
      ipv4Prefix: z.string().optional(),
      ipv6Prefix: z.string().optional(),
      service: z.string().optional(),
      scope: z.string().optional(),
    }),
  ),
})
const azureSchema = z.object({
  values: z.array(z.object({ name: z.string(), properties: z.object({ addressPrefixes: z.array(z.string()) }) })),
})

const SHAPES: readonly (readonly [z.ZodType, (value: never) => Networks])[] = [
  [knownSchema, ({ knownNetworks }: z.infer<typeof knownSchema>) => ({ known: knownNetworks, named: [] })],
  [z.array(entry), (known: KnownNetwork[]) => ({ known, named: [] })],
  [awsSchema, (value: z.infer<typeof awsSchema>) => ({ known: [], named: awsNetworks(value) })],
  [
    googleSchema,
    ({ prefixes }: z.infer<typeof googleSchema>) => ({
      known: [],
      named: prefixes.flatMap(({ ipv4Prefix, ipv6Prefix, service, scope }) => {
        const cidr = ipv4Prefix ?? ipv6Prefix
        return cidr === undefined ? [] : [{ cidr, name: [service ?? 'Google', scope].filter(Boolean).join(' ') }]
      }),
    }),
  ],
  [
    azureSchema,
    ({ values }: z.infer<typeof azureSchema>) => ({
      known: [],
      named: values.flatMap(({ name, properties }) =>
        properties.addressPrefixes.map((cidr) => ({ cidr, name: `Azure ${name}` })),
      ),
    }),
  ],
]

/** One block stands under AMAZON and under the service that uses it: the service says more, so it comes first. */
function awsNetworks({ prefixes, ipv6_prefixes }: z.infer<typeof awsSchema>): readonly NamedNetwork[] {
  const all = [...prefixes.map(({ ip_prefix, ...rest }) => ({ cidr: ip_prefix, ...rest }))].concat(
    ipv6_prefixes.map(({ ipv6_prefix, ...rest }) => ({ cidr: ipv6_prefix, ...rest })),
  )
  const isGeneral = ({ service }: { service: string }) => service === 'AMAZON'
  return [...all.filter((each) => !isGeneral(each)), ...all.filter(isGeneral)].map(({ cidr, service, region }) => ({
    cidr,
    name: `AWS ${service} ${region}`,
  }))
}

/** The value of a YAML or JSON file; null for plain text. */
function structuredValue(text: string, file: string): unknown {
  const start = text.trimStart()[0]
  if (start === '{' || start === '[') {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new UsageError(`${file}: ${(error as Error).message}`)
    }
  }
  if (!/^\s*(?:knownNetworks\s*:|-\s)/m.test(text)) return null
  const document = parseDocument(text, { prettyErrors: true })
  const [problem] = document.errors
  if (problem) throw new UsageError(`${file}: ${problem.message}`)
  return document.toJS({ maxAliasCount: 100 })
}

function plainLines(text: string, file: string): readonly NamedNetwork[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [cidr, ...name] = line.split(/[\s,;]+/)
      return { cidr: cidr!, name: name.join(' ') || basename(file).replace(/\.[^.]+$/, '') }
    })
}
