import { parentPort } from 'node:worker_threads'
import { type ParseGroup, parseGroup } from './parse-group.ts'

// One group at a time: the pool sends the next one after the answer.
parentPort?.on('message', (group: ParseGroup) => {
  parseGroup(group).then(
    (parsed) => parentPort?.postMessage({ parsed }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  )
})
