import { once } from 'node:events'
import type { Transform } from 'node:stream'
import { UnreadableContentError } from '../content-source.ts'
import type { FormatInput } from './format.ts'

// Small pieces bound what one write can blow up to: deflate expands at most about 1,030 times.
const PIECE_BYTES = 16 << 10

/** What a decompressing stream makes of an input, piece by piece; throws `bomb`, `truncated` and `malformed`. */
export async function* decompressed(input: FormatInput, stream: Transform): AsyncIterable<Uint8Array> {
  const ready: Uint8Array[] = []
  let failure: Error | undefined
  let release: () => void = () => {}
  stream.on('close', () => release())
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk))
  stream.on('error', (error) => {
    failure = error
  })
  let inBytes = 0
  let outBytes = 0
  try {
    for await (const chunk of input.chunks()) {
      for (let at = 0; at < chunk.length && failure === undefined; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES)
        // The end is written apart from the last piece, so that a cut-off file still hands out all that it holds.
        await new Promise<void>((resolve) => {
          release = resolve
          stream.write(piece, () => resolve())
        })
        inBytes += piece.length
        for (const output of ready.splice(0)) {
          outBytes += output.length
          refuseBomb(input, inBytes, outBytes)
          yield output
        }
      }
      if (failure !== undefined) break
    }
    if (failure === undefined) {
      stream.end()
      await once(stream, 'end').catch(() => {})
    }
    yield* ready.splice(0)
    if (failure !== undefined) throw describe(failure, inBytes)
  } finally {
    stream.destroy()
  }
}

/** Throws `bomb` where more comes out than any honest content expands to. */
export function refuseBomb({ limits }: FormatInput, inBytes: number, outBytes: number): void {
  if (outBytes > limits.ratioFloorBytes && outBytes > inBytes * limits.ratio)
    throw new UnreadableContentError('bomb', `expands more than ${limits.ratio} times`, { offset: inBytes })
}

function describe(error: Error & { code?: string }, offset: number): UnreadableContentError {
  return error.code === 'Z_BUF_ERROR' || error.code === 'ZSTD_error_srcSize_wrong'
    ? new UnreadableContentError('truncated', 'the compressed stream ends early', { offset, cause: error })
    : new UnreadableContentError('malformed', 'the compressed stream is damaged', { offset, cause: error })
}
