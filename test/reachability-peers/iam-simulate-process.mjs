// Runs in a process of its own beside the peer: one simulation a line in, one answer a line out.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const { anonymousPrincipal, runSimulation } = await import(pathToFileURL(process.argv[2]).href)

for await (const line of createInterface({ input: process.stdin })) {
  const { principal, ...request } = JSON.parse(line).request
  const simulation = { ...JSON.parse(line), request: { ...request, principal: principal ?? anonymousPrincipal } }
  try {
    const { overallResult, errors } = await runSimulation(simulation, {})
    process.stdout.write(`${JSON.stringify({ result: overallResult ?? 'error', errors })}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ result: 'error', errors: String(error) })}\n`)
  }
}
