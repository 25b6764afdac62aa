import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { StoreDiskFullError } from './errors.ts'
import { openHistory } from './open-history.ts'
import { file, observed } from './testing/invented.ts'

const MOUNT = '/usr/bin/mount'
const UNMOUNT = '/usr/bin/umount'

/** A disk of its own, which only root can make. */
async function smallDisk(sizeMegabytes: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ajar-disk-'))
  execFileSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${sizeMegabytes}m`, 'tmpfs', directory])
  onTestFinished(async () => {
    execFileSync(UNMOUNT, ['--lazy', directory])
    await rm(directory, { recursive: true, force: true })
  })
  return directory
}

async function fill(disk: string): Promise<string> {
  const filler = join(disk, 'filler')
  const { bavail, bsize } = await statfs(disk)
  await writeFile(filler, new Uint8Array(Math.max(0, bavail * bsize)))
  return filler
}

const mayMount = process.platform === 'linux' && process.getuid?.() === 0

it.skipIf(!mayMount)('says that the disk is full, loses nothing recorded, and goes on when there is room', async () => {
  const disk = await smallDisk(160)
  const ballast = join(disk, 'ballast')
  await writeFile(ballast, new Uint8Array(60 * 1024 * 1024))
  const store = join(disk, 'store')
  const history = await openHistory({ store })
  const batch = await history.beginBatch({ recordedAt: '2023-05-12T00:00:00Z', name: 'batch' })
  let recorded = 0
  const untilFull = async () => {
    for (;;) {
      const path = `file-${recorded}.json`
      const items = Array.from({ length: 2_000 }, (_, offset) =>
        observed(
          path,
          '2020-01-01T00:00:00Z',
          { recorded, offset, padding: 'y'.repeat(200) },
          { evidence: { file: path, offset } },
        ),
      )
      await history.recordEvidence(batch, file(path), { observations: items })
      recorded++
    }
  }
  await expect(untilFull()).rejects.toThrow(StoreDiskFullError)
  await history.close().catch(() => undefined)
  const filler = await fill(disk)
  await expect(openHistory({ store })).rejects.toThrow(StoreDiskFullError)
  await rm(filler)
  await rm(ballast)
  const again = await openHistory({ store })
  expect(await again.beginBatch({ recordedAt: '2023-05-12T00:00:00Z', name: 'batch' })).toMatchObject({
    continued: { filesDone: recorded },
  })
  expect(await again.observations()).toHaveLength(recorded * 2_000)
  await again.close()
})

it.skipIf(!mayMount)('says that the disk is full when there is no room for a store at all', async () => {
  for (const sizeMegabytes of [1, 20, 35]) {
    const disk = await smallDisk(sizeMegabytes)
    await expect(openHistory({ store: join(disk, 'store') })).rejects.toThrow(StoreDiskFullError)
  }
})
