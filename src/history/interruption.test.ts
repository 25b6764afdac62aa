import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { openHistory } from './open-history.ts'
import { StoreInUseError } from './errors.ts'
import { provideEmbeddedStores } from './testing/embedded-store.ts'
import { file } from './testing/invented.ts'

const RECORDER = join(import.meta.dirname, 'testing', 'recorder.ts')
const ITEMS_A_FILE = 3_000

const copiedStore = provideEmbeddedStores()

async function emptyStore(): Promise<string> {
  const { store, drop } = await copiedStore()
  onTestFinished(drop)
  return store
}

/** Runs the recorder until it says `word`, asks `then`, and kills it; gives the numbers of the files it had finished. */
async function killedAfter(store: string, word: string, then?: (pid: number) => Promise<void>): Promise<number[]> {
  const recorder = spawn(process.execPath, [RECORDER, store], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => recorder.once('exit', resolve))
  const finished: number[] = []
  for await (const line of createInterface(recorder.stdout)) {
    if (line.startsWith('finished ')) finished.push(Number(line.slice('finished '.length)))
    if (line !== word) continue
    await then?.(recorder.pid as number)
    recorder.kill('SIGKILL')
  }
  await ended
  return finished
}

it.each(['begun', 'half 0', 'half 3', 'finished 3'])(
  'loses nothing finished and keeps no half when killed after "%s"',
  async (word) => {
    const store = await emptyStore()
    const finished = await killedAfter(store, word)
    const notices: string[] = []
    const history = await openHistory({ store, onNotice: (text) => notices.push(text) })
    onTestFinished(() => history.close())
    const batch = await history.beginBatch({ recordedAt: '2023-05-12T00:00:00Z', name: 'batch' })
    const perFile = Map.groupBy(await history.observations(), (each) => each.evidence.file)
    // What the killed run had not yet said may be there, but whole.
    expect(perFile.size).toBeGreaterThanOrEqual(finished.length)
    for (const number of finished) expect(perFile.has(`file-${number}.json`)).toBe(true)
    for (const items of perFile.values()) expect(items).toHaveLength(ITEMS_A_FILE)
    expect(await history.seen(finished.map((number) => file(`file-${number}.json`).sha256))).toHaveProperty(
      'size',
      finished.length,
    )
    expect(batch.continued?.filesDone).toBe(perFile.size)
    expect(notices).toHaveLength(1)
  },
)

it('keeps a second process out, naming the first, until that is gone', async () => {
  const store = await emptyStore()
  await killedAfter(store, 'begun', async (pid) => {
    const opening = openHistory({ store })
    await expect(opening).rejects.toThrow(StoreInUseError)
    await expect(opening).rejects.toMatchObject({ pid, place: store })
    await expect(opening).rejects.toThrow(`The store ${store} is in use by process ${pid}.`)
  })
  await (await openHistory({ store })).close()
})
