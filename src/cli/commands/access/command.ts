import { writeFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type Command, Option } from 'commander'
import { type ConclusionCode, epochMs, instant } from '../../../model/index.ts'
import type { AccessAnswer } from '../../../workflows/index.ts'
import { EXIT } from '../../exit.ts'
import { interruptSignal } from '../../interrupt.ts'
import { emit, wantsColor } from '../../output.ts'
import { showProgress } from '../../progress.ts'
import { type GlobalFlags, parseMoment, resolveSettings } from '../../settings.ts'
import { UsageError } from '../../usage-error.ts'
import { readNetworks } from './known-networks.ts'

/** From the least to the worst; every conclusion that stands at or after the one asked for ends with exit code 10. */
const FINDINGS = ['listed', 'ambiguous', 'read'] as const satisfies readonly ConclusionCode[]
const LEAST_COLUMNS = 60
const MOST_COLUMNS = 100

interface AccessFlags extends GlobalFlags {
  readonly resource?: string
  readonly from?: string
  readonly to?: string
  readonly zone?: string
  readonly known?: readonly string[]
  readonly records?: string
  readonly failOn?: (typeof FINDINGS)[number]
  readonly threads?: string
}

export function addAccessCommand(program: Command): void {
  program
    .command('access')
    .description('log files → who came, what they took, and what the logs could have shown')
    .argument('<logs...>', 'log files, or directories of them, as they were delivered; told by what they hold')
    .option('--resource <id>', 'one store: its ARN, its provider’s id, or its name in the log (default: all that the logs name)')
    .option('--from <moment>', 'from here on (default: the first record)')
    .option('--to <moment>', 'up to here, exclusive (default: the last record)')
    .option('--zone <file>', 'who counts as inside (default: the accounts that the evidence was delivered for)')
    .option(
      '--known <file>',
      'networks by name: a file with knownNetworks, a provider’s published ranges, or a CIDR a line; may be given again',
      (file: string, before: readonly string[] = []) => [...before, file],
    )
    .option('--records <file>', 'write every parsed record as one JSON line, with its file, offset and hash')
    .option('--threads <n>', 'threads that read (default: as many as there are cores, at most two)')
    .addOption(
      new Option(
        '--fail-on <finding>',
        'exit with 10 when the conclusion is this or a worse one (listed, ambiguous, read)',
      ).choices(FINDINGS),
    )
    .action(async (paths: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<AccessFlags>()
      const format = formatOf(flags)
      const answer = await runSurvey(paths, flags)
      emit(await written(answer, format, flags.output), flags.output)
      if (answer.records !== null && flags.quiet !== true)
        console.error(`  ${answer.records.written} records written to ${answer.records.file}`)
      if (flags.failOn !== undefined && isAtLeast(answer.conclusion.code, flags.failOn)) process.exitCode = EXIT.found
    })
}

async function runSurvey(paths: readonly string[], flags: AccessFlags): Promise<AccessAnswer> {
  const settings = resolveSettings(flags)
  const from = flags.from === undefined ? null : parseMoment(flags.from, '--from')
  const to = flags.to === undefined ? null : parseMoment(flags.to, '--to')
  if (from !== null && to !== null && epochMs(from) >= epochMs(to))
    throw new UsageError(`--from ${flags.from} is not before --to ${flags.to}: nothing lies between them`)
  if (flags.resource?.trim() === '') throw new UsageError('--resource is empty: give an ARN, a provider’s id or a store’s name')
  const networks = readNetworks(flags.known ?? [])
  if (flags.records !== undefined) {
    refuseAmong(paths, flags.records, '--records')
    makeWritable(flags.records)
  }
  if (flags.store !== undefined) refuseAmong(paths, flags.store, '--store')
  const progress = showProgress({ quiet: flags.quiet === true })
  const { surveyAccess } = await import('../../../workflows/index.ts')
  try {
    return await surveyAccess({
      paths,
      resource: flags.resource ?? null,
      from,
      to,
      zone: settings.zone,
      knownNetworks: [...settings.knownNetworks, ...networks.known],
      namedNetworks: networks.named,
      asOf: flags.asOf === undefined ? instant(new Date()) : parseMoment(flags.asOf, '--as-of'),
      lakeDirectory: lakeDirectory(flags.store),
      recordsFile: flags.records ?? null,
      signal: interruptSignal(),
      onProgress: progress.update,
      ...(flags.threads === undefined ? {} : { threads: parseThreads(flags.threads) }),
    })
  } finally {
    progress.end()
  }
}

/** Only a store named on the command line keeps what was read; a case's own lake is left alone. */
function lakeDirectory(store: string | undefined): string | null {
  if (store === undefined) return null
  if (/^postgres(ql)?:/i.test(store))
    throw new UsageError(
      `--store ${store.replace(/\/\/[^@/]*@/, '//')}: logs are kept in files; name a directory, or leave --store out`,
    )
  return join(store, 'access-lake')
}

/** What is written among the logs would overwrite evidence, or be taken for it the next time. */
function refuseAmong(paths: readonly string[], place: string, flag: string): void {
  const among = paths.find((path) => {
    const way = relative(resolve(path), resolve(place))
    return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
  })
  if (among !== undefined) throw new UsageError(`${flag} ${place} lies among the logs ${among}: name another place`)
}

/** Found out before the logs are read, which may take long. */
function makeWritable(file: string): void {
  try {
    writeFileSync(file, '', { mode: 0o600 })
  } catch (error) {
    throw new UsageError(`--records: cannot write ${file}: ${(error as Error).message}`)
  }
}

type Format = 'table' | 'json' | 'ndjson'

function formatOf({ format, output }: AccessFlags): Format {
  if (format === 'html') throw new UsageError('--format html: who came is written as table, json or ndjson; a case has pages')
  return (format as Format | undefined) ?? (output?.endsWith('.json') ? 'json' : 'table')
}

async function written(answer: AccessAnswer, format: Format, output: string | undefined): Promise<string> {
  if (format === 'json') return JSON.stringify(answer, null, 2)
  if (format === 'ndjson') return JSON.stringify(answer)
  const { renderAccessInTerminal } = await import('../../terminal/index.ts')
  return renderAccessInTerminal(answer, {
    columns: Math.max(LEAST_COLUMNS, Math.min(process.stdout.columns ?? MOST_COLUMNS, MOST_COLUMNS)),
    color: output === undefined && wantsColor(),
  })
}

function isAtLeast(code: ConclusionCode, least: (typeof FINDINGS)[number]): boolean {
  return FINDINGS.indexOf(code as (typeof FINDINGS)[number]) >= FINDINGS.indexOf(least)
}

function parseThreads(text: string): number {
  const threads = Number(text)
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new UsageError(`--threads ${text}: give a whole number from 1 to 256`)
  return threads
}
