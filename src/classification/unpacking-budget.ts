import { UnreadableContentError } from './content-source.ts'
import type { Limits } from './limits.ts'

// Many small contents that each stay below the floor may still be honest together.
const FLOORS = 8

/** What unpacking one content may cost in all, however its containers nest. */
export class UnpackingBudget {
  readonly #limits: Limits
  readonly #mostBytes: number
  #bytes = 0
  #held = 0
  #members = 0

  constructor(limits: Limits, sizeBytes: number) {
    this.#limits = limits
    this.#mostBytes = Math.max(FLOORS * limits.ratioFloorBytes, limits.ratio * sizeBytes)
  }

  /** False once there were as many contents inside as the limit allows. */
  takeMember(): boolean {
    this.#members += 1
    return this.#members <= this.#limits.members
  }

  /** Passes unpacked bytes on; throws `bomb` once all of them together are too many. */
  async *counted(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      this.#bytes += chunk.length
      if (this.#bytes > this.#mostBytes)
        throw new UnreadableContentError('bomb', `the containers expand to more than ${this.#mostBytes} bytes`)
      yield chunk
    }
  }

  /** Whether so many more bytes may be held in memory; `release` gives them back. */
  hold(bytes: number): boolean {
    if (this.#held + bytes > this.#limits.wholeBytes) return false
    this.#held += bytes
    return true
  }

  release(bytes: number): void {
    this.#held -= bytes
  }
}
