import type { Command } from 'commander'
import { EXIT } from '../exit.ts'
import { type GlobalFlags, resolveSettings } from '../settings.ts'

export function addLedgerCommand(program: Command): void {
  program
    .command('ledger')
    .description('the chain of everything that was recorded')
    .command('verify')
    .description('recomputes the chain; exits with 1 when an entry was changed, removed or inserted')
    .action(async (_flags: unknown, command: Command) => {
      const { store, lakeDirectory } = resolveSettings(command.optsWithGlobals<GlobalFlags>())
      const { verifyLedger } = await import('../../workflows/index.ts')
      const result = await verifyLedger({ store, lakeDirectory })
      if (result.broken === undefined) {
        console.log(`${result.entries} entries ok, head ${result.head}`)
        return
      }
      console.error(`ajar: the ledger is broken at entry ${result.broken.entry}: ${result.broken.why}`)
      process.exitCode = EXIT.failed
    })
}
