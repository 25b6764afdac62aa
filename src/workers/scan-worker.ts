import { parentPort, workerData } from 'node:worker_threads'
import { classify, createFingerprint } from '../classification/index.ts'
import { fileSource } from './file-source.ts'
import { buffersOf, type ScanTask, type WorkerSetup } from './scan-protocol.ts'

const fingerprint = createFingerprint((workerData as WorkerSetup).fingerprintKey)

parentPort!.on('message', async (task: ScanTask) => {
  const result = await classify(fileSource(task), { sha256: task.sha256, fingerprint })
  parentPort!.postMessage(result, buffersOf(result))
})
