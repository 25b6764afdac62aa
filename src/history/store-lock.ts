import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm, rmdir, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { StoreInUseError } from './errors.ts'

/** Who holds a store. `startedAt` tells a process from a later one that was given the same number. */
interface Holder {
  readonly pid: number
  readonly host: string
  readonly startedAt: string | null
}

export interface StoreLock {
  release(): Promise<void>
}

const ATTEMPTS = 5
const ABANDONED_TAKEOVER_MS = 10_000

/**
 * Takes the lock file of a store or throws a StoreInUseError that names the holder.
 * A lock whose process is gone is taken over; one of another host is not, since nobody here can see its processes.
 */
export async function takeStoreLock(lockPath: string, store: string): Promise<StoreLock> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), startedAt: await startOf(process.pid), nonce: randomUUID() })
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await createWhole(lockPath, mine)) return { release: () => releaseLock(lockPath, mine) }
    const text = await readIfThere(lockPath)
    if (text === null) continue
    const holder = parseHolder(text)
    if (holder && (await isAlive(holder))) throw inUse(store, lockPath, holder)
    await removeStale(lockPath, text)
  }
  throw new StoreInUseError(store, null, `The store ${store} is being opened by another process at this moment. Try again.`)
}

/** Makes the file with all its text at once, or says that there is one already. */
async function createWhole(path: string, text: string): Promise<boolean> {
  const whole = `${path}.${process.pid}.${randomUUID()}`
  try {
    const file = await open(whole, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(whole, path)
    return true
  } catch (failure) {
    if (codeOf(failure) === 'EEXIST') return false
    if (!WITHOUT_LINKS.has(codeOf(failure) ?? '')) throw failure
    return await createExclusively(path, text)
  } finally {
    await rm(whole, { force: true })
  }
}
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** For file systems without hard links. */
async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(text)
    await file.close()
    return true
  } catch (failure) {
    if (codeOf(failure) === 'EEXIST') return false
    throw failure
  }
}

/** Removes a lock that is still the stale one that was read. The directory lets one process at a time do so. */
async function removeStale(lockPath: string, staleText: string): Promise<void> {
  const takeover = `${lockPath}.takeover`
  try {
    await mkdir(takeover)
  } catch (failure) {
    if (codeOf(failure) !== 'EEXIST') throw failure
    const seen = await stat(takeover).catch(() => null)
    if (seen && Date.now() - seen.mtimeMs > ABANDONED_TAKEOVER_MS) await rmdir(takeover).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 50))
    return
  }
  try {
    if ((await readIfThere(lockPath)) === staleText) await rm(lockPath, { force: true })
  } finally {
    await rmdir(takeover)
  }
}

async function releaseLock(lockPath: string, mine: string): Promise<void> {
  if ((await readIfThere(lockPath)) === mine) await rm(lockPath, { force: true })
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, host, startedAt } = JSON.parse(text) as Partial<Holder>
    if (!Number.isSafeInteger(pid) || (pid as number) <= 0) return null
    return { pid: pid as number, host: String(host), startedAt: startedAt ?? null }
  } catch {
    return null
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (failure) {
    if (codeOf(failure) === 'ESRCH') return false
  }
  const started = await startOf(holder.pid)
  return started === null || holder.startedAt === null || started === holder.startedAt
}

/** When a process started, where the system tells cheaply: the boot's id and the clock ticks since that boot. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8')
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    // The command's name stands in parentheses and may hold blanks; the start time is the 20th field after it.
    return `${boot.trim()}/${status.slice(status.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return null
  }
}

function inUse(store: string, lockPath: string, holder: Holder): StoreInUseError {
  const here = holder.host === hostname()
  const who = holder.pid === process.pid && here ? 'this process' : `process ${holder.pid}${here ? '' : ` on ${holder.host}`}`
  const remedy = here
    ? `Wait until it ends, end it, or name another store with --store.`
    : `If no Ajar runs there any more, delete ${lockPath}.`
  return new StoreInUseError(store, holder.pid, `The store ${store} is in use by ${who}. ${remedy}`)
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return null
    throw failure
  }
}

function codeOf(failure: unknown): string | undefined {
  return (failure as NodeJS.ErrnoException | undefined)?.code
}
