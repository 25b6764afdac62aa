import type { Verdicts } from '../../../model/index.ts'
import { emit, wantsColor } from '../../output.ts'
import { UsageError } from '../../usage-error.ts'
import type { BucketOfFiles } from './bucket-files.ts'

/** Decides one configuration and explains it: on a terminal, as a page, or as JSON. Gives the verdicts back. */
export async function showExplanation(
  { question, files }: BucketOfFiles,
  format: string,
  output: string | undefined,
): Promise<Verdicts> {
  const { explainStore } = await import('../../../workflows/index.ts')
  const { configuration, zone, asOf, related } = question
  const explanation = explainStore(configuration, { zone, asOf, related }, files)
  emit(await inFormat(), output)
  return explanation.verdicts

  async function inFormat(): Promise<string> {
    switch (format) {
      case 'table':
        return (await import('../../terminal/index.ts')).renderStoreInTerminal(explanation, {
          columns: Math.min(process.stdout.columns ?? 100, 100),
          color: output === undefined && wantsColor(),
        })
      case 'html':
        return (await import('../../../../web/index.ts')).renderStorePage(explanation, { language: 'en', theme: 'light' })
      case 'json':
      case 'ndjson': {
        const answer = { id: question.id, verdicts: explanation.verdicts }
        return JSON.stringify(answer, null, format === 'json' ? 2 : 0)
      }
      default:
        throw new UsageError(`--format ${format}: an explanation is written as table, html, json or ndjson`)
    }
  }
}
