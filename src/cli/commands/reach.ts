import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { type Instant, instant } from '../../model/index.ts'
import { EXIT } from '../exit.ts'
import { type GlobalFlags, parseMoment } from '../settings.ts'
import { stripControls } from '../terminal/text.ts'
import { UsageError } from '../usage-error.ts'

const MAX_QUESTION_CHARACTERS = 64_000_000

export function addReachCommand(program: Command): void {
  program
    .command('reach')
    .description('decides given configurations: JSON Lines (or one JSON document) in, a verdict a line out, in order')
    .argument('[file]', 'a file, or - for standard input', '-')
    .action(async (file: string, _flags: unknown, command: Command) => {
      const { answerReachQuestion, parseReachQuestion } = await import('../../reachability/index.ts')
      const flags = command.optsWithGlobals<GlobalFlags>()
      const asOf = flags.asOf === undefined ? instant(new Date()) : parseMoment(flags.asOf, '--as-of')
      if (file !== '-' && !existsSync(file))
        throw new UsageError(`${file} is not there: name a file of questions, or - for standard input`)
      for await (const question of questionsIn(file)) {
        const answer = answerOrSay(question, (asked) => answerReachQuestion(parseReachQuestion(atMoment(asked, asOf))))
        if ('error' in answer) process.exitCode = EXIT.failed
        if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
          await new Promise((drained) => process.stdout.once('drain', drained))
      }
    })
}

/** A question that cannot be understood gets an answer that says so, in its place; the others go on. */
function answerOrSay<T extends object>(question: unknown, answer: (question: unknown) => T): T | { id: unknown; error: string } {
  try {
    return answer(question)
  } catch (error) {
    const id = typeof question === 'object' && question !== null && 'id' in question ? question.id : null
    return { id, error: stripControls((error as Error).message) }
  }
}

/** Where a question names no moment, it is asked for the one of the command. */
function atMoment(question: unknown, asOf: Instant): unknown {
  return typeof question === 'object' && question !== null && !Array.isArray(question) ? { asOf, ...question } : question
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
