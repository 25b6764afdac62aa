import { Command, CommanderError, Option } from 'commander'
import { addAccessCommand } from './commands/access/command.ts'
import { addCaseCommands } from './commands/case.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addEstateCommand } from './commands/estate.ts'
import { addInvestigateCommand } from './commands/investigate.ts'
import { addLedgerCommand } from './commands/ledger.ts'
import { addReachCommand } from './commands/reach/command.ts'
import { EXIT, reportFailure } from './exit.ts'
import { packageVersion } from './version.ts'

const program = new Command('ajar')
  .description(
    'Which cloud data stores a stranger can reach, since when, whose data is inside, whether anyone came, whom to tell by when.',
  )
  .version(packageVersion())
  .option('--store <where>', 'a directory, or postgres://… (default: a directory under your data home)')
  .option('--config <file>', 'settings (default: ajar.yaml where it exists)')
  .option('--output <file>', 'write the answer to a file instead of standard output')
  .option('--as-of <moment>', 'the moment the answer is given for: a day, or a moment with its zone')
  .addOption(new Option('--format <format>', 'how the answer is written').choices(['table', 'json', 'ndjson', 'html']))
  .option('-q, --quiet', 'no progress')
  .option('-v, --verbose', 'where something fails, say where in the program')
  .showHelpAfterError('(add --help for what can be typed)')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'ajar: ')) })

addDemoCommand(program)
addInvestigateCommand(program)
addReachCommand(program)
addAccessCommand(program)
addCaseCommands(program)
addLedgerCommand(program)
addEstateCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.nothingFound : EXIT.wrongUsage
  else process.exitCode = reportFailure(error, { verbose: program.opts().verbose === true })
}
