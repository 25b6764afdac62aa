import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What one command cost: wall and CPU seconds, and the most memory it had resident, in MiB (children included in the CPU). */
export interface Cost {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
}

const SAMPLE_MS = 50

/** Runs a command to its end, output thrown away; throws with its standard error when it fails. Linux (reads /proc). */
export async function measure(command: string, args: readonly string[]): Promise<Cost> {
  const startedAt = performance.now()
  const cpuBefore = childCpuSeconds()
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000)
  })
  let peakMiB = 0
  const sampler = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child.pid))
  }, SAMPLE_MS)
  const code = await new Promise<number | null>((done) => child.on('close', done))
  clearInterval(sampler)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${complaint}`)
  return { wallSeconds: (performance.now() - startedAt) / 1000, cpuSeconds: childCpuSeconds() - cpuBefore, peakMiB }
}

export function row(name: string, { wallSeconds, cpuSeconds, peakMiB }: Cost): string {
  return `${name.padEnd(44)} ${wallSeconds.toFixed(1).padStart(7)} s wall ${cpuSeconds.toFixed(1).padStart(7)} s CPU ${peakMiB.toFixed(0).padStart(6)} MiB resident at most`
}

/** User and system time of all finished children of this process, from the kernel's own account. */
function childCpuSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function peakOf(pid: number | undefined): number {
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return match === null ? 0 : Number(match[1]) / 1024
  } catch {
    return 0
  }
}
