import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type { Instant, Verdicts, ZoneOfTrust } from '../../../model/index.ts'
import type { ReachQuestion } from '../../../reachability/index.ts'
import { EXIT } from '../../exit.ts'
import { stripControls } from '../../terminal/text.ts'
import { UsageError } from '../../usage-error.ts'

const MAX_QUESTION_CHARACTERS = 64_000_000

/** What holds for every question that does not say otherwise itself. */
export interface Asked {
  readonly asOf: Instant
  readonly zone?: ZoneOfTrust & { readonly source?: string }
  /** Whether each verdict is to carry the certificate that nobody wider gets in, where there is one. */
  readonly certificates?: boolean
}

/** Answers a question a line, in order, as they come. One that is not understood gets an answer that says so, in its place. */
export async function answerQuestions(
  file: string,
  asked: Asked,
  output: string | undefined,
  judge: (verdicts: Verdicts) => void,
): Promise<void> {
  const { answerReachQuestion, certifyReachQuestion, parseReachQuestion } = await import('../../../reachability/index.ts')
  mustBeThere(file)
  const decide = asked.certificates ? certifyReachQuestion : answerReachQuestion
  const out = output === undefined ? process.stdout : createWriteStream(output)
  for await (const question of questionsIn(file)) {
    const answer = answerOrSay(question, (given) => decide(parseReachQuestion(withDefaults(given, asked))))
    if ('error' in answer) process.exitCode = EXIT.failed
    else judge(answer.verdicts)
    if (!out.write(`${JSON.stringify(answer)}\n`)) await once(out, 'drain')
  }
  if (out !== process.stdout) await finished(out.end())
}

/** The question of an input that holds one, to be explained. */
export async function theOnlyQuestion(file: string, asked: Asked): Promise<ReachQuestion> {
  const { parseReachQuestion } = await import('../../../reachability/index.ts')
  mustBeThere(file)
  const questions: unknown[] = []
  for await (const question of questionsIn(file)) if (questions.push(question) > 1) break
  if (questions.length !== 1) {
    throw new UsageError(
      `${file}: ${questions.length === 0 ? 'no question' : 'more than one question'}: a table or a page explains one; --format ndjson answers many`,
    )
  }
  try {
    return parseReachQuestion(withDefaults(questions[0], asked))
  } catch (error) {
    throw new UsageError(`${file}: ${stripControls((error as Error).message)}`)
  }
}

function mustBeThere(file: string): void {
  if (file !== '-' && !existsSync(file))
    throw new UsageError(`${file} is not there: name a file of questions, or - for standard input`)
}

function answerOrSay<T extends object>(question: unknown, answer: (question: unknown) => T): T | { id: unknown; error: string } {
  try {
    return answer(question)
  } catch (error) {
    const id = typeof question === 'object' && question !== null && 'id' in question ? question.id : null
    return { id, error: stripControls((error as Error).message) }
  }
}

/** Where a question names no moment or no zone, it is asked for those of the command. */
function withDefaults(question: unknown, { asOf, zone }: Asked): unknown {
  if (typeof question !== 'object' || question === null || Array.isArray(question)) return question
  const { source: _, ...trusted } = zone ?? {}
  return { asOf, ...(zone ? { zone: trusted } : {}), ...question }
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
