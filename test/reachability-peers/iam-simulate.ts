import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Witness } from '../../src/model/index.ts'
import type { EvaluatedResource } from '../../src/reachability/testing/evaluator.ts'
import { listOf } from '../../src/reachability/testing/policy-text.ts'
import { PeerProcess, temporaryDirectory, tryRun } from './peer-process.ts'

// A program of others under its own licence: it is installed for the test alone, and talked to as a process.
const PACKAGE = '@cloud-copilot/iam-simulate'
const VERSION = '0.1.173'

export interface PeerAnswer {
  /** What the peer says of the request; `error`: it does not take the question. */
  readonly result: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | 'error'
  readonly errors?: unknown
}

/** Another implementation of the policy language; null where it cannot be installed. */
export async function startIamSimulate(): Promise<IamSimulate | null> {
  const directory = await temporaryDirectory('iam-simulate')
  const installed = await tryRun('npm', [
    'install',
    '--prefix',
    directory,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
    `${PACKAGE}@${VERSION}`,
  ])
  if (!installed) return null
  const entry = join(directory, 'node_modules', PACKAGE, 'dist', 'esm', 'index.js')
  const script = fileURLToPath(new URL('./iam-simulate-process.mjs', import.meta.url))
  return new IamSimulate(new PeerProcess(directory, process.execPath, [script, entry]))
}

export class IamSimulate {
  readonly #process: PeerProcess

  constructor(peer: PeerProcess) {
    this.#process = peer
  }

  async evaluate(
    { principal, action, resource, context }: Witness,
    { policy, account, resourceControlPolicies = null }: EvaluatedResource,
  ): Promise<PeerAnswer> {
    const controls = listOf(resourceControlPolicies).map((control, at) => ({ name: `control${at}`, policy: control }))
    const own = [{ name: 'own', policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }]
    const simulation = {
      request: {
        principal: principal.kind === 'aws' ? principal.arn : principal.kind === 'service' ? principal.service : null,
        action,
        resource: { resource, accountId: account },
        contextVariables: context,
      },
      // Outsiders allow themselves everything.
      identityPolicies: principal.kind === 'aws' ? own : [],
      serviceControlPolicies: [],
      resourceControlPolicies: controls.length > 0 ? [{ orgIdentifier: 'o-insideinsi', policies: controls }] : [],
      resourcePolicy: policy,
    }
    return JSON.parse(await this.#process.ask(JSON.stringify(simulation))) as PeerAnswer
  }

  async stop(): Promise<void> {
    await this.#process.stop()
  }
}
