import { Worker } from 'node:worker_threads'
import { failedResult, type ScanResult, type ScanTask, type WorkerSetup } from './scan-protocol.ts'

// In a checkout the sources run as they are; in the package they are compiled.
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './scan-worker.ts' : './scan-worker.js', import.meta.url)
const HEAP_MB = 1024

/**
 * How long a file may take. The slowest reader does 2.7 MB a second; data made to hurt can keep a library's loop busy
 * for ever, and only the end of its thread ends it.
 */
function timeLimitMs({ sizeBytes }: ScanTask): number {
  return 120_000 + (sizeBytes / 1e6) * 5_000
}

/** One worker thread, started when it is first needed and again after it died. */
export class ScanThread {
  readonly #setup: WorkerSetup
  #worker: Worker | null = null
  readonly #timeLimitMs: (task: ScanTask) => number
  #timer: NodeJS.Timeout | undefined
  #current: { readonly task: ScanTask; readonly resolve: (result: ScanResult) => void } | null = null

  constructor(setup: WorkerSetup, limitMs: (task: ScanTask) => number = timeLimitMs) {
    this.#setup = setup
    this.#timeLimitMs = limitMs
  }

  get isIdle(): boolean {
    return this.#current === null
  }

  /** Classifies one file; resolves even where the thread dies over it. */
  scan(task: ScanTask): Promise<ScanResult> {
    return new Promise((resolve) => {
      this.#current = { task, resolve }
      this.#worker ??= this.#start()
      this.#worker.postMessage(task)
      this.#timer = setTimeout(() => this.#giveUp(), this.#timeLimitMs(task))
    })
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    const worker = this.#worker
    this.#worker = null
    this.#current = null
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, {
      workerData: this.#setup,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    })
    worker.on('message', (result: ScanResult) => this.#settle(result))
    const died = (): void => {
      if (this.#worker !== worker) return
      this.#worker = null
      if (this.#current !== null) this.#settle(failedResult(this.#current.task))
    }
    worker.on('error', died)
    worker.on('messageerror', died)
    worker.on('exit', died)
    return worker
  }

  #giveUp(): void {
    const worker = this.#worker
    this.#worker = null
    void worker?.terminate()
    if (this.#current !== null) this.#settle(failedResult(this.#current.task))
  }

  #settle(result: ScanResult): void {
    clearTimeout(this.#timer)
    const current = this.#current
    this.#current = null
    current?.resolve(result)
  }
}
