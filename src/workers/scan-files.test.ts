import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classify, createFingerprint } from '../classification/index.ts'
import { fileSource } from './file-source.ts'
import { type ScanResult, type ScanTask, scanFiles } from './index.ts'
import { ScanThread } from './scan-thread.ts'

const fingerprintKey = new Uint8Array(32).fill(9)
let folder = ''
let tasks: ScanTask[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ajar-scan-'))
  const contents = Array.from({ length: 12 }, (_, i) => {
    const rows = Array.from(
      { length: 10 * (i + 1) },
      (_, row) => `C-${1000 + row},Person ${'abcdefghij'[row % 10]} Example,p${row}@example.com`,
    )
    const text = ['customer id,name,email', ...rows].join('\n')
    return i % 2 === 0 ? Buffer.from(text) : gzipSync(text)
  })
  tasks = await Promise.all(contents.map((bytes, i) => writeTask(`file-${i}`, bytes)))
})
afterAll(() => rm(folder, { recursive: true }))

async function writeTask(name: string, bytes: Uint8Array): Promise<ScanTask> {
  const absolutePath = join(folder, name)
  await writeFile(absolutePath, bytes)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), absolutePath, name, sizeBytes: bytes.length }
}

async function collect(given: readonly ScanTask[], threads: number): Promise<ScanResult[]> {
  const results: ScanResult[] = []
  await scanFiles(given, { threads, fingerprintKey, onResult: (result) => void results.push(result) })
  return results
}

describe('scanFiles', () => {
  it('gives what classification gives, in the same order for any number of threads and any order of tasks', async () => {
    const one = await collect(tasks, 1)
    const three = await collect([...tasks].reverse(), 3)
    expect(three).toEqual(one)
    const fingerprint = createFingerprint(fingerprintKey)
    const byDigest = new Map(one.map((result) => [result.report.sha256, result]))
    for (const task of tasks)
      expect(byDigest.get(task.sha256)).toEqual(await classify(fileSource(task), { sha256: task.sha256, fingerprint }))
    expect(one).toHaveLength(tasks.length)
  })

  it('names a file that cannot be opened and goes on', async () => {
    const missing: ScanTask = {
      sha256: 'f'.repeat(64),
      absolutePath: join(folder, 'missing'),
      name: 'missing',
      sizeBytes: 1 << 30,
    }
    const results = await collect([missing, ...tasks.slice(0, 2)], 2)
    expect(results.map(({ report }) => report.problems.map(({ code }) => code))).toEqual([['unreadable'], [], []])
  })

  it('waits for onResult, one call at a time', async () => {
    let running = 0
    let most = 0
    await scanFiles(tasks, {
      threads: 3,
      fingerprintKey,
      onResult: async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
      },
    })
    expect(most).toBe(1)
  })

  it('stops with the reason when aborted, and with the error of onResult', async () => {
    const controller = new AbortController()
    const aborted = scanFiles(tasks, {
      threads: 2,
      fingerprintKey,
      signal: controller.signal,
      onResult: () => controller.abort(new Error('enough')),
    })
    await expect(aborted).rejects.toThrow('enough')
    const failing = scanFiles(tasks, { threads: 2, fingerprintKey, onResult: () => Promise.reject(new Error('disk full')) })
    await expect(failing).rejects.toThrow('disk full')
  })
})

describe('ScanThread', () => {
  it('reports the file over which its worker died and works on', async () => {
    const thread = new ScanThread({ fingerprintKey })
    // A task without a name kills the worker, as any bug or want of memory would.
    const dead = await thread.scan({ ...tasks[0]!, name: null as unknown as string })
    expect(dead.report).toMatchObject({ sha256: tasks[0]!.sha256, bytesRead: 0, problems: [{ code: 'reader-failed' }] })
    const alive = await thread.scan(tasks[0]!)
    expect(alive.report.problems).toEqual([])
    await thread.close()
  })

  it('gives up on a file that takes for ever and works on', async () => {
    const limits = [1, 60_000]
    const thread = new ScanThread({ fingerprintKey }, () => limits.shift()!)
    expect((await thread.scan(tasks[0]!)).report.problems).toMatchObject([{ code: 'reader-failed' }])
    expect((await thread.scan(tasks[0]!)).report.problems).toEqual([])
    await thread.close()
  })
})
