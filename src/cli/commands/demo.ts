import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import type { CaseDocument } from '../../model/index.ts'
import { interruptSignal } from '../interrupt.ts'
import { emit, formatCase, type CaseFormat } from '../output.ts'
import { showProgress } from '../progress.ts'
import type { GlobalFlags } from '../settings.ts'
import { UsageError } from '../usage-error.ts'
import { parseSeedAndScale } from './estate.ts'
import { runInvestigation } from './investigate.ts'

interface DemoFlags extends GlobalFlags {
  readonly once?: boolean
  readonly port: string
  readonly seed: string
  readonly scale: string
  readonly dir: string
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('builds the reference estate, investigates it, prints the case, serves it')
    .option('--once', 'end after printing')
    .option('--dir <dir>', 'where estate, store and report go', 'ajar-demo')
    .option('--seed <n>', 'the estate’s seed', '7')
    .option('--scale <s>', 'the estate’s size; 1 is 260,000 customers', '1')
    .option('--port <n>', 'the first port to try on 127.0.0.1', '7070')
    .action(async (_flags: unknown, command: Command) => demo(command.optsWithGlobals<DemoFlags>()))
}

async function demo(flags: DemoFlags): Promise<void> {
  const signal = interruptSignal()
  const estate = join(flags.dir, 'estate')
  await provideEstate(estate, flags, signal)
  const revisions = await investigateBatches(estate, flags, signal)
  const document = revisions.at(-1)!
  const report = join(flags.dir, `${document.case}.html`)
  const { renderCaseReport } = await import('../../../web/index.ts')
  const { serveCase } = await import('../../http/index.ts')
  writeFileSync(report, renderCaseReport(document, { language: 'en', theme: 'light' }))
  const server = flags.once
    ? undefined
    : await serveCase(revisions, {
        port: parsePort(flags.port),
        onPortTaken: (port) => console.error(`  port ${port} is taken, trying the next`),
      })
  const places = [
    ...(server === undefined ? [] : [`case ${server.url}/cases/${document.case}`]),
    `report ${report}`,
    `ledger ${document.ledger.entries.toLocaleString('en-US')} entries`,
  ].join('   ')
  emit(await formatCase(document, flags.format as CaseFormat | undefined, flags.output, places), flags.output)
  if (server === undefined) return
  console.error('  Ctrl-C ends')
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }))
  await server.close()
}

/** The estate of this seed and scale; what an earlier demo made is used again. */
async function provideEstate(estate: string, flags: DemoFlags, signal: AbortSignal): Promise<void> {
  const { seed, scale } = parseSeedAndScale(flags)
  console.error(`  reference estate, seed ${seed}, scale ${scale}: every name and number invented`)
  if (madeBefore(estate, seed, scale)) return
  rmSync(estate, { recursive: true, force: true })
  rmSync(`${estate}.truth.json`, { force: true })
  const progress = showProgress({ quiet: flags.quiet === true })
  const { generateEstate } = await import('../../estate/index.ts')
  await generateEstate({
    directory: estate,
    seed,
    scale,
    signal,
    onProgress: (done, total) => progress.update({ stage: 'Writing the reference estate', done, total, unit: '%' }),
  })
  progress.end()
}

function madeBefore(estate: string, seed: number, scale: number): boolean {
  if (!existsSync(estate) || !existsSync(`${estate}.truth.json`)) return false
  try {
    const truth = JSON.parse(readFileSync(`${estate}.truth.json`, 'utf8'))
    return truth.seed === seed && truth.scale === scale
  } catch {
    return false
  }
}

/** Each batch is learned on its own day, so the case has a revision for each. The demo's own store starts afresh. */
async function investigateBatches(estate: string, flags: DemoFlags, signal: AbortSignal): Promise<CaseDocument[]> {
  const store = flags.store ?? join(flags.dir, 'store')
  if (flags.store === undefined) rmSync(store, { recursive: true, force: true })
  const { ESTATE_BATCHES } = await import('../../estate/index.ts')
  const revisions: CaseDocument[] = []
  for (const { name, recordedAt } of ESTATE_BATCHES) {
    console.error(`  investigating ${join(resolve(estate), name)}`)
    revisions.push(await runInvestigation([join(estate, name)], { ...flags, store, recordedAt }, signal))
  }
  return revisions
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${text}: give a whole number from 0 to 65535`)
  return port
}
