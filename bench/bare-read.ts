import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

// Counts the lines of every file below a directory, compressed ones decompressed: what reading alone costs.

let lines = 0
for (const entry of readdirSync(process.argv[2]!, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue
  const raw = readFileSync(join(entry.parentPath, entry.name))
  const bytes = entry.name.endsWith('.gz') ? gunzipSync(raw) : raw
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1
}
console.log(lines)
