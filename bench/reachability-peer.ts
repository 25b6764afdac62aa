import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// Single concrete evaluations of `@cloud-copilot/iam-simulate` in a process of its own: `FOLDER FILE NUMBER`. The package is
// installed into that folder for the comparison alone; nothing of Ajar depends on it.

interface Peer {
  readonly anonymousPrincipal: unknown
  readonly runSimulation: (simulation: object, options: object) => Promise<{ readonly resultType: string }>
}

interface Simulation {
  readonly request: { readonly principal: string | null }
}

const [folder = '', file = '', number = ''] = process.argv.slice(2)
const { anonymousPrincipal, runSimulation } = createRequire(join(folder, 'here.js'))('@cloud-copilot/iam-simulate') as Peer
const simulations = (JSON.parse(readFileSync(file, 'utf8')) as Simulation[]).map((simulation) => ({
  ...simulation,
  request: { ...simulation.request, principal: simulation.request.principal ?? anonymousPrincipal },
}))

await evaluate(Math.min(1_000, Number(number)))
const before = process.cpuUsage()
const failed = await evaluate(Number(number))
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ perCpuSecond: Number(number) / ((user + system) / 1e6), failed }))

async function evaluate(count: number): Promise<number> {
  let failed = 0
  for (let at = 0; at < count; at++) {
    const { resultType } = await runSimulation(simulations[at % simulations.length]!, {})
    if (resultType === 'error') failed++
  }
  return failed
}
