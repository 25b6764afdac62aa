import type { Command } from 'commander'
import type { CaseDocument } from '../../model/index.ts'
import { type CaseFormat, emit, formatCase } from '../output.ts'
import { type GlobalFlags, parseMoment, resolveSettings } from '../settings.ts'
import { UsageError } from '../usage-error.ts'

export function addCaseCommands(program: Command): void {
  const cases = program.command('case').description('what is known, revision by revision')

  cases
    .command('list')
    .description('the revisions there are')
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<GlobalFlags>()
      const revisions = await revisionsOf(flags)
      if (flags.format === 'json' || flags.format === 'ndjson') return emit(listAsJson(revisions, flags.format), flags.output)
      emit(revisions.map(describeRevision).join('\n'), flags.output)
    })

  cases
    .command('show')
    .description('one revision (default: the newest)')
    .argument('[revision]', 'its number')
    .option('--knew <moment>', 'the revision that was known at that moment')
    .action(async (number: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<GlobalFlags & { knew?: string }>()
      const document = pick(await revisionsOf(flags), number, flags.knew)
      emit(await formatCase(document, flags.format as CaseFormat | undefined, flags.output), flags.output)
    })

  cases
    .command('export')
    .description('one revision as a file: --output case.json, case.html')
    .argument('[revision]', 'its number')
    .action(async (number: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<GlobalFlags>()
      const document = pick(await revisionsOf(flags), number, undefined)
      emit(
        await formatCase(
          document,
          (flags.format as CaseFormat | undefined) ?? (flags.output === undefined ? 'json' : undefined),
          flags.output,
        ),
        flags.output,
      )
    })

  cases
    .command('diff')
    .description('what a revision changed, and why (default: the newest against the one before)')
    .argument('[from]', 'a revision number')
    .argument('[to]', 'a later revision number')
    .action(async (from: string | undefined, to: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<GlobalFlags>()
      const revisions = await revisionsOf(flags)
      if (revisions.length < 2 && from === undefined)
        throw new UsageError('there is one revision only, so nothing to compare: investigate a later batch of evidence first')
      const after = pick(revisions, to, undefined)
      const before = pick(revisions, from ?? String(after.revision - 1), undefined)
      const { compareRevisions } = await import('../../workflows/index.ts')
      const changes = compareRevisions(before, after)
      if (flags.format === 'json') return emit(JSON.stringify(changes, null, 2), flags.output)
      if (flags.format === 'ndjson') return emit(changes.map((change) => JSON.stringify(change)).join('\n'), flags.output)
      const heading = `Revision ${before.revision} (${before.knownAt}) → revision ${after.revision} (${after.knownAt})`
      const lines = changes.map(
        ({ kind, field, before, after, why }) =>
          `${SIGN[kind]} ${field}: ${before ?? 'nothing'} → ${after ?? 'nothing'}\n    ${why}`,
      )
      emit([heading, ...(lines.length === 0 ? ['Nothing changed.'] : lines)].join('\n'), flags.output)
    })
}

const SIGN = { added: '+', removed: '-', changed: '~', same: '=' } as const

async function revisionsOf(flags: GlobalFlags): Promise<CaseDocument[]> {
  const { store, lakeDirectory } = resolveSettings(flags)
  const { readRevisions } = await import('../../workflows/index.ts')
  const revisions = await readRevisions({ store, lakeDirectory })
  if (revisions.length === 0) throw new UsageError(`there is no case in ${store} yet: run \`ajar investigate DIR\` first`)
  return revisions
}

function pick(revisions: readonly CaseDocument[], number: string | undefined, knew: string | undefined): CaseDocument {
  const moment = knew === undefined ? undefined : parseMoment(knew, '--knew')
  const found =
    number !== undefined
      ? revisions.find(({ revision }) => String(revision) === number)
      : moment !== undefined
        ? revisions.findLast(({ knownAt }) => Date.parse(knownAt) <= Date.parse(moment))
        : revisions.at(-1)
  if (found !== undefined) return found
  const first = revisions[0]!
  throw new UsageError(
    number !== undefined
      ? `there is no revision ${number}: the case has revisions 1 to ${revisions.length}`
      : `nothing was known at ${knew}: revision 1 was learned at ${first.knownAt}`,
  )
}

function describeRevision({ case: name, revision, knownAt, people, exposures }: CaseDocument): string {
  return `${name} revision ${revision}  known at ${knownAt}  ${people.total.toLocaleString('en-US')} people  ${exposures.length} exposures`
}

function listAsJson(revisions: readonly CaseDocument[], format: string): string {
  const rows = revisions.map(({ case: name, revision, supersedes, knownAt, asOf, people, exposures }) => ({
    case: name,
    revision,
    supersedes,
    knownAt,
    asOf,
    people: people.total,
    exposures: exposures.length,
  }))
  return format === 'json' ? JSON.stringify(rows, null, 2) : rows.map((row) => JSON.stringify(row)).join('\n')
}
