import { AbortError } from './interrupt.ts'
import { stripControls } from './terminal/text.ts'
import { UsageError } from './usage-error.ts'

/** Exit codes, which scripts rely on. */
export const EXIT = { nothingFound: 0, failed: 1, wrongUsage: 2, found: 10, interrupted: 130 } as const

/** Says on standard error what went wrong, in one paragraph without a stack, and gives the exit code. */
export function reportFailure(error: unknown, options: { readonly verbose: boolean }): number {
  if (error instanceof AbortError || (error as Error)?.name === 'AbortError') {
    console.error('ajar: stopped. What was finished is kept; the same command goes on from there.')
    return EXIT.interrupted
  }
  console.error(`ajar: ${describe(error)}`)
  if (options.verbose) console.error(error)
  return error instanceof UsageError ? EXIT.wrongUsage : EXIT.failed
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return stripControls(String(error))
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || /ENOSPC|no space left/i.test(error.message))
    return `the disk is full (${stripControls(error.message)}): free some space and run the same command again; what was stored before is kept.`
  return stripControls(error.message)
}
