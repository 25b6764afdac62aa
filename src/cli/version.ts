import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The version in the package.json beside the sources, or above the compiled ones. */
export function packageVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'))
      if (name === 'leftajar') return version
    } catch {
      // The next place is tried.
    }
  }
  return 'unknown'
}
