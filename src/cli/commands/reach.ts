import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { GlobalFlags } from '../settings.ts'
import { UsageError } from '../usage-error.ts'

const MAX_QUESTION_CHARACTERS = 64_000_000

export function addReachCommand(program: Command): void {
  program
    .command('reach')
    .description('decides given configurations: JSON Lines (or one JSON document) in, a verdict a line out, in order')
    .argument('[file]', 'a file, or - for standard input', '-')
    .action(async (file: string, _flags: unknown, _command: Command & { opts(): GlobalFlags }) => {
      const { answerReachQuestion, parseReachQuestion } = await import('../../reachability/index.ts')
      for await (const question of questionsIn(file)) {
        const answer = answerReachQuestion(parseReachQuestion(question))
        if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
          await new Promise((drained) => process.stdout.once('drain', drained))
      }
    })
}

/** A question a line; where the first line is not JSON by itself, the whole input is one document. */
async function* questionsIn(file: string): AsyncGenerator<unknown> {
  const input = file === '-' ? process.stdin : createReadStream(file)
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  let pending = ''
  for await (const line of lines) {
    number += 1
    if (pending === '' && line.trim() === '') continue
    const parsed = pending === '' ? tryParse(line) : undefined
    if (parsed !== undefined) yield parsed.value
    else if (pending !== '' || number === 1) {
      pending += `${line}\n`
      if (pending.length > MAX_QUESTION_CHARACTERS)
        throw new UsageError(`${file}: a document longer than ${MAX_QUESTION_CHARACTERS} characters`)
    } else throw new UsageError(`${file}, line ${number}: not JSON`)
  }
  if (pending === '') return
  const whole = tryParse(pending)
  if (whole === undefined) throw new UsageError(`${file}: neither JSON Lines nor one JSON document`)
  if (Array.isArray(whole.value)) yield* whole.value
  else yield whole.value
}

function tryParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
