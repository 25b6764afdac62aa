import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// How fast reachability is decided: complete decisions (five accesses) of different five-statement policies a CPU second, beside
// single evaluations of one request by `@cloud-copilot/iam-simulate` in the same run; policies that are made to be slow; and
// what many resources cost. `--decisions=N --resources=N --seed=N --without-peer`.

const settings = { decisions: 20_000, resources: 1_000_000, seed: 7, evaluations: 8_000 }
for (const name of Object.keys(settings) as (keyof typeof settings)[]) {
  const given = new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(' '))
  if (given) settings[name] = Number(given[1])
}
const part = join(import.meta.dirname, 'reachability-part.ts')
const work = mkdtempSync(join(tmpdir(), 'ajar-bench-'))

try {
  const speed = run<Speed>('speed', settings.decisions)
  console.log(`${round(speed.perCpuSecond)} complete decisions a CPU second (goal: 10,000)`)
  console.log(
    `p50 ${ms(speed.p50Ms)}, p99 ${ms(speed.p99Ms)} (goal: < 2 ms), most ${ms(speed.mostMs)}; ${JSON.stringify(speed.audiences)}`,
  )
  const peer = process.argv.includes('--without-peer') ? null : comparePeer()
  if (peer) {
    const ratio = (speed.perCpuSecond / peer.perCpuSecond).toFixed(1)
    console.log(`${round(peer.perCpuSecond)} single evaluations by iam-simulate a CPU second (${peer.failed} not understood)`)
    console.log(`decisions / its evaluations: ${ratio} × (goal: 5 ×)`)
  }
  for (const { name, ms: took, cpuMs, verdicts } of run<Hostile>('hostile', 0).slow) {
    console.log(
      `${name.padEnd(44)} ${ms(took).padStart(10)} wall ${ms(cpuMs).padStart(10)} CPU  ${verdicts.join(', ')} (goal: < 50 ms)`,
    )
  }
  const { quarters, peakMiB } = run<Growth>('growth', settings.resources)
  console.log(
    `${settings.resources} resources, made and decided: ${quarters.map((seconds) => seconds.toFixed(1)).join(' + ')} CPU seconds a quarter, ${peakMiB.toFixed(0)} MiB resident at most (goal: < 500)`,
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}

interface Speed {
  readonly perCpuSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
  readonly audiences: Readonly<Record<string, number>>
}
interface Hostile {
  readonly slow: readonly {
    readonly name: string
    readonly ms: number
    readonly cpuMs: number
    readonly verdicts: readonly string[]
  }[]
}
interface Growth {
  readonly quarters: readonly number[]
  readonly peakMiB: number
}

function run<T>(name: string, number: number, ...more: readonly string[]): T {
  return output<T>(process.execPath, [part, name, String(number), String(settings.seed), ...more])
}

function comparePeer(): { readonly perCpuSecond: number; readonly failed: number } | null {
  const install = ['install', '--prefix', work, '--no-audit', '--no-fund', '--loglevel=error', '@cloud-copilot/iam-simulate']
  if (spawnSync('npm', install, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) {
    console.log('iam-simulate could not be installed: no comparison')
    return null
  }
  const simulations = join(work, 'simulations.json')
  run('simulations', 1_000, simulations)
  const peer = join(import.meta.dirname, 'reachability-peer.ts')
  return output(process.execPath, [peer, work, simulations, String(settings.evaluations)])
}

function output<T>(command: string, args: readonly string[]): T {
  const { status, stdout } = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
  return JSON.parse(stdout) as T
}

function round(value: number): string {
  return String(Math.round(value))
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`
}
