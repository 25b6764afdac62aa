import type { ProgressEvent } from '../workflows/index.ts'

const REDRAW_MS = 120

/** Progress on standard error: one line redrawn on a terminal, one plain line a stage elsewhere. */
export function showProgress(options: { readonly quiet: boolean }): { update(event: ProgressEvent): void; end(): void } {
  if (options.quiet) return { update() {}, end() {} }
  return process.stderr.isTTY ? redrawnLine() : plainLines()
}

function redrawnLine() {
  let drawnAt = 0
  let stage = ''
  let startedAt = performance.now()
  return {
    update(event: ProgressEvent) {
      const now = performance.now()
      if (event.stage !== stage) {
        stage = event.stage
        startedAt = now
      } else if (now - drawnAt < REDRAW_MS) return
      drawnAt = now
      process.stderr.write(`\r\x1b[K  ${describe(event)}${remaining(event, now - startedAt)}`)
    },
    end() {
      process.stderr.write('\r\x1b[K')
    },
  }
}

function plainLines() {
  let stage = ''
  return {
    update(event: ProgressEvent) {
      if (event.stage === stage) return
      stage = event.stage
      process.stderr.write(`  ${describe({ stage: event.stage, total: event.total, unit: event.unit })}\n`)
    },
    end() {},
  }
}

function describe({ stage, done, total, unit }: ProgressEvent): string {
  const amount = [done, total].filter((n) => n !== undefined && n > 0).map((n) => n!.toLocaleString('en-US'))
  return amount.length === 0 ? stage : `${stage}: ${amount.join(' of ')} ${unit ?? ''}`.trimEnd()
}

function remaining({ done, total }: ProgressEvent, elapsedMs: number): string {
  if (done === undefined || total === undefined || done === 0 || elapsedMs < 2000) return ''
  const seconds = Math.ceil(((elapsedMs / done) * (total - done)) / 1000)
  return ` · about ${seconds} s left`
}
