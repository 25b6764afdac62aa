import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CaseDocument } from '../model/index.ts'
import { UsageError } from './usage-error.ts'

export type CaseFormat = 'table' | 'json' | 'ndjson' | 'html'

/** Writes an answer to standard output, or to a file that is named in a message. */
export function emit(text: string, output: string | undefined): void {
  if (output === undefined) {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    return
  }
  try {
    writeFileSync(output, text.endsWith('\n') ? text : `${text}\n`)
  } catch (error) {
    throw new UsageError(`cannot write ${output}: ${(error as Error).message}`)
  }
  console.error(`Written to ${resolve(output)}`)
}

/** One revision of a case in the format asked for; a file that ends in .html or .json says so by its name. */
export async function formatCase(
  document: CaseDocument,
  format: CaseFormat | undefined,
  output?: string,
  footer?: string,
): Promise<string> {
  switch (format ?? formatByName(output) ?? 'table') {
    case 'json':
      return JSON.stringify(document, null, 2)
    case 'ndjson':
      return JSON.stringify(document)
    case 'html':
      return (await import('../../web/index.ts')).renderCaseReport(document, { language: 'en', theme: 'light' })
    case 'table':
      return (await import('./terminal/index.ts')).renderCaseInTerminal(document, {
        columns: Math.min(process.stdout.columns ?? 100, 100),
        color: output === undefined && wantsColor(),
        ...(footer === undefined ? {} : { footer }),
      })
  }
}

/** Colour only on a terminal, and never where NO_COLOR is set. https://no-color.org */
export function wantsColor(): boolean {
  if (process.env.NO_COLOR) return false
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== '0'
  return process.stdout.isTTY === true && process.env.TERM !== 'dumb'
}

function formatByName(output: string | undefined): CaseFormat | undefined {
  if (output?.endsWith('.html')) return 'html'
  if (output?.endsWith('.json')) return 'json'
  return undefined
}
