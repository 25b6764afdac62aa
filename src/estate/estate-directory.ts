import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { BATCHES } from './world/accounts.ts'

/** A directory that holds something else than an earlier estate: it is left alone. */
export class EstateDirectoryError extends Error {
  readonly directory: string
  readonly found: readonly string[]

  constructor(directory: string, found: readonly string[]) {
    super(
      `${directory} is not empty and is not an earlier estate (it holds ${found.slice(0, 3).join(', ')}); name an empty or new directory`,
    )
    this.name = 'EstateDirectoryError'
    this.directory = directory
    this.found = found
  }
}

/** Where the truth about an estate goes: beside its directory, so that evidence and answer never lie together. */
export function truthPath(directory: string): string {
  const whole = resolve(directory)
  return join(dirname(whole), `${basename(whole)}.truth.json`)
}

/** Makes room for an estate: an earlier one goes, anything else stays and is an EstateDirectoryError. */
export function clearEstateDirectory(directory: string): readonly [string, string] {
  const names: readonly string[] = BATCHES.map(({ name }) => name)
  const found = existsSync(directory) ? readdirSync(directory).sort() : []
  const foreign = found.filter((name) => !names.includes(name) || !isBatch(join(directory, name)))
  if (foreign.length > 0) throw new EstateDirectoryError(directory, foreign)
  rmSync(truthPath(directory), { force: true })
  for (const name of names) rmSync(join(directory, name), { recursive: true, force: true })
  const [first, second] = BATCHES.map(({ name }) => join(directory, name)) as [string, string]
  for (const batch of [first, second]) mkdirSync(batch, { recursive: true })
  return [first, second]
}

const EVIDENCE_FOLDERS: readonly string[] = ['AWSLogs', 'aws-cli', 'objects', 'organizations', 's3-access-logs', 's3-inventory']

/** A batch of an estate, whole or cut short, holds nothing but the folders that the generator makes. */
function isBatch(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).every((name) => EVIDENCE_FOLDERS.includes(name))
}

export function writeTruth(directory: string, truth: unknown): void {
  writeFileSync(truthPath(directory), `${JSON.stringify(truth, null, 1)}\n`)
}
