import { createHmac, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'

/** The key cannot be used as it stands; the message says which file and what to do. */
export class FingerprintKeyError extends Error {
  override readonly name = 'FingerprintKeyError'
}

/**
 * The 32-byte key of the HMAC fingerprints, from a file that only its owner can read; made when it is not there.
 * It lives outside the store, so that whoever has the store alone cannot try values against its fingerprints.
 */
export async function loadFingerprintKey(file: string, store: string): Promise<Uint8Array> {
  if (!/^postgres(ql)?:/.test(store) && !relative(resolve(store), resolve(file)).startsWith('..'))
    throw new FingerprintKeyError(
      `The fingerprint key ${file} lies inside the store ${store}: name a file elsewhere with AJAR_KEY_FILE.`,
    )
  const text = (await readKey(file)) ?? (await createKey(file))
  if (!/^[0-9a-f]{64}\s*$/.test(text))
    throw new FingerprintKeyError(
      `${file} is not an Ajar fingerprint key (64 hexadecimal digits): restore it from your backup, or name another file with AJAR_KEY_FILE.`,
    )
  return Buffer.from(text.trim(), 'hex')
}

/** Tells two keys apart without revealing either. */
export function keyIdentity(key: Uint8Array): string {
  return createHmac('sha256', key).update('ajar key identity').digest('hex').slice(0, 16)
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new FingerprintKeyError(`Others can read the fingerprint key ${file}: run \`chmod 600 ${file}\`.`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function createKey(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const text = `${randomBytes(32).toString('hex')}\n`
  try {
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(text)
    await handle.sync()
    await handle.close()
    await chmod(file, 0o600)
    return text
  } catch (error) {
    // Another process made it between the look and the write: its key is the key.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFile(file, 'utf8')
    throw error
  }
}
