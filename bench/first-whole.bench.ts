import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, row } from './measured-run.ts'

// The first whole: make the reference estate, investigate it, investigate it again. The bare loop reads, decompresses
// and counts the lines of the same evidence in the same run: the least that any investigation of it must do.

const home = join(import.meta.dirname, '..')
const scale = /--scale=(\S+)/.exec(process.argv.join(' '))?.[1] ?? '1'
const work = mkdtempSync(join(tmpdir(), 'ajar-bench-'))
const ajar = ['--disable-proto=delete', '--import', join(home, 'scripts', 'tsx-sources.mjs'), join(home, 'src', 'cli', 'main.ts')]
// As the launcher sets it.
process.env.MALLOC_ARENA_MAX = '2'
process.env.AJAR_KEY_FILE = join(work, 'key')

try {
  const estate = join(work, 'estate')
  const batch = join(estate, '2023-05-31')
  const investigate = [
    ...ajar,
    'investigate',
    batch,
    '--store',
    join(work, 'store'),
    '--recorded-at',
    '2023-05-31T09:00:00Z',
    '--format',
    'json',
    '--output',
    join(work, 'case.json'),
  ]
  console.log(
    row(
      `generate, scale ${scale}`,
      await measure(process.execPath, [...ajar, 'estate', 'generate', estate, '--seed', '7', '--scale', scale]),
    ),
  )
  const bare = await measure(process.execPath, [join(home, 'bench', 'bare-read.ts'), batch])
  console.log(row('bare loop: read, gunzip, count lines', bare))
  const first = await measure(process.execPath, investigate)
  console.log(row(`investigate, scale ${scale}`, first))
  const second = await measure(process.execPath, investigate)
  console.log(row('investigate again, nothing new', second))
  console.log(
    `investigate / bare loop: ${(first.cpuSeconds / bare.cpuSeconds).toFixed(1)} × CPU; second / first: ${(second.cpuSeconds / first.cpuSeconds).toFixed(3)} × CPU`,
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}
