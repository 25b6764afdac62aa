import type { Command } from 'commander'
import { interruptSignal } from '../interrupt.ts'
import { showProgress } from '../progress.ts'
import { UsageError } from '../usage-error.ts'

export function addEstateCommand(program: Command): void {
  program
    .command('estate')
    .description('the reference estate: invented evidence whose truth is known')
    .command('generate')
    .description('writes the evidence of an invented company into a directory, and the ground truth beside it')
    .argument('<dir>', 'where the evidence goes; the truth goes to <dir>.truth.json')
    .option('--seed <n>', 'a whole number; the same seed gives the same bytes', '7')
    .option('--scale <s>', '1 is 260,000 customers; 0.01 is a quick one', '1')
    .action(async (directory: string, flags: { seed: string; scale: string }, command: Command) => {
      const progress = showProgress({ quiet: command.optsWithGlobals<{ quiet?: boolean }>().quiet === true })
      const { generateEstate } = await import('../../estate/index.ts')
      await generateEstate({
        directory,
        ...parseSeedAndScale(flags),
        signal: interruptSignal(),
        onProgress: (done, total) => progress.update({ stage: 'Writing the reference estate', done, total, unit: '%' }),
      })
      progress.end()
      console.error(`Evidence in ${directory}, ground truth in ${directory.replace(/\/+$/, '')}.truth.json`)
    })
}

/** Throws a UsageError that says which numbers are taken. */
export function parseSeedAndScale(flags: { readonly seed: string; readonly scale: string }): { seed: number; scale: number } {
  const seed = Number(flags.seed)
  const scale = Number(flags.scale)
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new UsageError(`--seed ${flags.seed}: give a whole number from 0 to 4294967295`)
  if (!(scale >= 0.001 && scale <= 10)) throw new UsageError(`--scale ${flags.scale}: give a number from 0.001 to 10`)
  return { seed, scale }
}
