import { Worker } from 'node:worker_threads'
import { type ParsedGroup, type ParseGroup, parseGroup } from './parse-group.ts'

/** Parses groups of files, in threads where there are any. */
export interface ParsePool {
  parse(group: ParseGroup): Promise<ParsedGroup>
  readonly size: number
  close(): Promise<void>
}

/** A pool of `threads` threads; with none, groups are parsed in the calling thread. */
export function parsePool(threads: number): ParsePool {
  if (threads === 0) return { parse: parseGroup, size: 1, close: async () => {} }
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: ((worker: Worker) => void)[] = []
  const release = (worker: Worker) => {
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }
  const start = (): Worker => {
    const worker = new Worker(THREAD, { resourceLimits: { maxYoungGenerationSizeMb: 8 } })
    all.add(worker)
    return worker
  }
  const acquire = (): Promise<Worker> => {
    const free = idle.pop()
    if (free) return Promise.resolve(free)
    return all.size < threads ? Promise.resolve(start()) : new Promise((resolve) => waiting.push(resolve))
  }
  return {
    size: threads,
    async parse(group) {
      let worker = await acquire()
      try {
        return await ask(worker, group)
      } catch (error) {
        // A thread that failed may be dead: whoever waits for it must get a live one.
        all.delete(worker)
        await worker.terminate()
        worker = start()
        throw error
      } finally {
        release(worker)
      }
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

// Run from the sources the thread is a .ts file, compiled it is a .js file.
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './parse-thread.ts' : './parse-thread.js', import.meta.url)

function ask(worker: Worker, group: ParseGroup): Promise<ParsedGroup> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
      act()
    }
    const onMessage = (message: { parsed?: ParsedGroup; failed?: string }) =>
      settle(() => (message.parsed ? resolve(message.parsed) : reject(new Error(message.failed))))
    const onError = (error: Error) => settle(() => reject(error))
    const onExit = () => settle(() => reject(new Error('a parsing thread ended before its answer')))
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.on('exit', onExit)
    worker.postMessage(group)
  })
}
