import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { expect, it, onTestFinished } from 'vitest'
import { StoreInUseError } from './errors.ts'
import { takeStoreLock, type StoreLock } from './store-lock.ts'

async function lockPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ajar-lock-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return join(directory, 'lock')
}

const deadPid = spawnSync(process.execPath, ['-e', '']).pid
const here = hostname()
const knowsStarts = process.platform === 'linux'

it('is held by one at a time and given back', async () => {
  const path = await lockPath()
  const lock = await takeStoreLock(path, 'STORE')
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid, host: here })
  await expect(takeStoreLock(path, 'STORE')).rejects.toThrow('The store STORE is in use by this process.')
  await lock.release()
  await (await takeStoreLock(path, 'STORE')).release()
  expect(await readdir(join(path, '..'))).toEqual([])
})

it.each([
  { name: 'of a dead process', text: JSON.stringify({ pid: deadPid, host: here, startedAt: null }), taken: true },
  {
    name: 'of a dead process whose number lives again',
    text: JSON.stringify({ pid: process.pid, host: here, startedAt: 'boot/1' }),
    taken: knowsStarts,
  },
  {
    name: 'of a living process, its start unknown',
    text: JSON.stringify({ pid: process.ppid, host: here, startedAt: null }),
    taken: false,
  },
  { name: 'of another host', text: JSON.stringify({ pid: deadPid, host: 'another.example', startedAt: null }), taken: false },
  { name: 'that makes no sense', text: '{"pid":-1', taken: true },
  { name: 'that is empty', text: '', taken: true },
])('a lock $name is taken over: $taken', async ({ text, taken }) => {
  const path = await lockPath()
  await writeFile(path, text)
  if (taken) await expect(takeStoreLock(path, 'STORE')).resolves.toBeDefined()
  else await expect(takeStoreLock(path, 'STORE')).rejects.toThrow(StoreInUseError)
})

it('says how to get past a lock of another host', async () => {
  const path = await lockPath()
  await writeFile(path, JSON.stringify({ pid: 7, host: 'another.example', startedAt: null }))
  await expect(takeStoreLock(path, 'STORE')).rejects.toThrow(
    `in use by process 7 on another.example. If no Ajar runs there any more, delete ${path}.`,
  )
})

it('gives a stale lock to one of many who want it', async () => {
  const path = await lockPath()
  await writeFile(path, JSON.stringify({ pid: deadPid, host: here, startedAt: null }))
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => takeStoreLock(path, 'STORE')))
  expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
})

it('is not stopped by a takeover that was killed half-way', async () => {
  const path = await lockPath()
  await writeFile(path, JSON.stringify({ pid: deadPid, host: here, startedAt: null }))
  await mkdir(`${path}.takeover`)
  await utimes(`${path}.takeover`, 0, 0)
  const lock: StoreLock = await takeStoreLock(path, 'STORE')
  await lock.release()
})

it('does not remove the lock of whoever came after', async () => {
  const path = await lockPath()
  const lock = await takeStoreLock(path, 'STORE')
  await writeFile(path, 'somebody else')
  await lock.release()
  expect(await readFile(path, 'utf8')).toBe('somebody else')
})
