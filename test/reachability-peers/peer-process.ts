import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Another program that answers a line for each line it is given; it lives in a directory of its own until it is stopped. */
export class PeerProcess {
  readonly #directory: string
  readonly #child: ChildProcessWithoutNullStreams
  readonly #waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = []

  constructor(directory: string, command: string, args: readonly string[]) {
    this.#directory = directory
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift()?.resolve(line))
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the peer has ended'))
    })
  }

  /** Sends one text and waits for one line. */
  ask(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#child.exitCode !== null) reject(new Error('the peer has ended'))
      this.#waiting.push({ resolve, reject })
      this.#child.stdin.write(`${text}\n`)
    })
  }

  async stop(): Promise<void> {
    this.#child.kill()
    await rm(this.#directory, { recursive: true, force: true })
  }
}

export async function temporaryDirectory(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `ajar-peer-${name}-`))
}

/** Null where the command fails: the peer cannot be had here. */
export async function tryRun(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, [...args], { timeout: 240_000 })
    return true
  } catch {
    return false
  }
}
