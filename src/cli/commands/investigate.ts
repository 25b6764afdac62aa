import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { type Audience, type CaseDocument, instant } from '../../model/index.ts'
import { EXIT } from '../exit.ts'
import { interruptSignal } from '../interrupt.ts'
import { type CaseFormat, emit, formatCase } from '../output.ts'
import { showProgress } from '../progress.ts'
import { type GlobalFlags, parseMoment, resolveSettings } from '../settings.ts'
import { UsageError } from '../usage-error.ts'

const LEVELS = ['named', 'undecided', 'any-identity', 'anyone'] as const satisfies readonly Audience[]
type Level = (typeof LEVELS)[number]

interface InvestigateFlags extends GlobalFlags {
  readonly zone?: string
  readonly recordedAt?: string
  readonly failOn?: Level
  readonly threads?: string
}

export function addInvestigateCommand(program: Command): void {
  program
    .command('investigate')
    .description('evidence on disk → a case; each call is one batch of evidence and makes one revision')
    .argument('<dir...>', 'directories of evidence in the providers’ own formats')
    .option('--zone <file>', 'who counts as inside (default: the accounts of the organisation found in the evidence)')
    .option('--recorded-at <moment>', 'when this evidence was learned (default: now)')
    .option('--threads <n>', 'threads that read (default: as many as there are cores)')
    .addOption(
      new Option('--fail-on <audience>', 'exit with 10 when a store was open to this audience or a wider one').choices(LEVELS),
    )
    .action(async (directories: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<InvestigateFlags>()
      const document = await runInvestigation(directories, flags)
      emit(await formatCase(document, flags.format as CaseFormat | undefined, flags.output), flags.output)
      if (flags.failOn !== undefined && reaches(document, flags.failOn)) process.exitCode = EXIT.found
    })
}

/** Investigates with the settings of flags, environment and ajar.yaml, showing progress on standard error. */
export async function runInvestigation(
  directories: readonly string[],
  flags: InvestigateFlags,
  signal = interruptSignal(),
): Promise<CaseDocument> {
  const settings = resolveSettings(flags)
  const recordedAt = flags.recordedAt === undefined ? instant(new Date()) : parseMoment(flags.recordedAt, '--recorded-at')
  const progress = showProgress({ quiet: flags.quiet === true })
  const { investigate } = await import('../../workflows/index.ts')
  try {
    return await investigate({
      directories,
      store: settings.store,
      lakeDirectory: settings.lakeDirectory,
      keyFile: settings.keyFile,
      zone: settings.zone,
      knownNetworks: settings.knownNetworks,
      rules: settings.rulesFile === null ? null : { text: readFileSync(settings.rulesFile, 'utf8'), where: settings.rulesFile },
      recordedAt,
      asOf: flags.asOf === undefined ? recordedAt : parseMoment(flags.asOf, '--as-of'),
      signal,
      onProgress: progress.update,
      onNotice: (text) => flags.quiet !== true && console.error(`  ${text}`),
      ...(settings.shareCap === undefined ? {} : { shareCap: settings.shareCap }),
      ...(flags.threads === undefined ? {} : { threads: parseThreads(flags.threads) }),
    })
  } finally {
    progress.end()
  }
}

function parseThreads(text: string): number {
  const threads = Number(text)
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new UsageError(`--threads ${text}: give a whole number from 1 to 256`)
  return threads
}

function reaches(document: CaseDocument, level: Level): boolean {
  const least = LEVELS.indexOf(level)
  return document.exposures.some((exposure) => LEVELS.indexOf(exposure.audience) >= least)
}
