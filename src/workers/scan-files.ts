import { availableParallelism } from 'node:os'
import { compareText } from '../model/index.ts'
import type { ScanResult, ScanTask } from './scan-protocol.ts'
import { ScanThread } from './scan-thread.ts'

/** Results that may wait for an earlier one; it bounds memory where one file takes much longer than the rest. */
const WINDOW = 64

export interface ScanProgress {
  readonly done: number
  readonly total: number
  readonly bytesDone: number
  readonly bytesTotal: number
}

export interface ScanOptions {
  /** Worker threads; by default one for each core. */
  readonly threads?: number
  readonly fingerprintKey: Uint8Array
  readonly signal?: AbortSignal
  /** Called once for each task, one at a time, largest file first; scanning waits while it falls behind. */
  readonly onResult: (result: ScanResult) => void | Promise<void>
  readonly onProgress?: (progress: ScanProgress) => void
}

/**
 * Classifies files in worker threads. A reader that dies is that file's problem (`reader-failed`) and the others go on.
 * Rejects with the signal's reason when aborted, and with whatever `onResult` throws.
 */
export async function scanFiles(tasks: readonly ScanTask[], options: ScanOptions): Promise<void> {
  options.signal?.throwIfAborted()
  if (tasks.length === 0) return
  const scan = new Scan(largestFirst(tasks), options)
  const abort = (): void => scan.stop(options.signal!.reason)
  options.signal?.addEventListener('abort', abort, { once: true })
  try {
    await scan.run()
  } finally {
    options.signal?.removeEventListener('abort', abort)
    await scan.close()
  }
}

// The largest first, so that the last files to finish are small ones and no thread waits long for another.
function largestFirst(tasks: readonly ScanTask[]): ScanTask[] {
  return [...tasks].sort(
    (left, right) =>
      right.sizeBytes - left.sizeBytes ||
      compareText(left.sha256, right.sha256) ||
      compareText(left.absolutePath, right.absolutePath),
  )
}

class Scan {
  readonly #tasks: readonly ScanTask[]
  readonly #options: ScanOptions
  readonly #threads: ScanThread[]
  /** Results by task, until all before them were delivered. */
  readonly #waiting = new Map<number, ScanResult>()
  readonly #finished = Promise.withResolvers<void>()
  #nextTask = 0
  #delivered = 0
  #bytesDone = 0
  #isDelivering = false
  #isStopped = false

  constructor(tasks: readonly ScanTask[], options: ScanOptions) {
    this.#tasks = tasks
    this.#options = options
    const count = Math.max(1, Math.min(options.threads ?? availableParallelism(), tasks.length))
    this.#threads = Array.from({ length: count }, () => new ScanThread({ fingerprintKey: options.fingerprintKey }))
  }

  run(): Promise<void> {
    this.#dispatch()
    return this.#finished.promise
  }

  stop(reason: unknown): void {
    this.#isStopped = true
    this.#finished.reject(reason)
  }

  async close(): Promise<void> {
    this.#isStopped = true
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (this.#isStopped || this.#nextTask >= this.#tasks.length || this.#nextTask - this.#delivered >= WINDOW) return
      if (!thread.isIdle) continue
      const index = this.#nextTask++
      thread.scan(this.#tasks[index]!).then(
        (result) => {
          this.#waiting.set(index, result)
          this.#dispatch()
          void this.#deliver()
        },
        (error) => this.stop(error),
      )
    }
  }

  async #deliver(): Promise<void> {
    if (this.#isDelivering) return
    this.#isDelivering = true
    try {
      for (let result = this.#take(); result !== undefined && !this.#isStopped; result = this.#take()) {
        await this.#options.onResult(result)
        this.#count()
        this.#dispatch()
      }
    } catch (error) {
      this.stop(error)
    }
    this.#isDelivering = false
    if (this.#delivered === this.#tasks.length) this.#finished.resolve()
  }

  #take(): ScanResult | undefined {
    const result = this.#waiting.get(this.#delivered)
    this.#waiting.delete(this.#delivered)
    return result
  }

  #count(): void {
    this.#bytesDone += this.#tasks[this.#delivered]!.sizeBytes
    this.#delivered += 1
    this.#options.onProgress?.({
      done: this.#delivered,
      total: this.#tasks.length,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#tasks.reduce((sum, task) => sum + task.sizeBytes, 0),
    })
  }
}
