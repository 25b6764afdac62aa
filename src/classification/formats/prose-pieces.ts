import type { RecordSink } from './format.ts'

const PIECE_CHARACTERS = 1 << 20

/** Hands out lines of text as prose, in pieces that end where a paragraph ends, or at any line once they are twice as long. */
export class ProsePieces {
  readonly #sink: RecordSink
  #lines: string[] = []
  #length = 0
  /** Whether any line was more than blank. */
  hasText = false

  constructor(sink: RecordSink) {
    this.#sink = sink
  }

  line(text: string): void {
    const isBlank = text.trim() === ''
    if (this.#length > PIECE_CHARACTERS && (isBlank || this.#length > 2 * PIECE_CHARACTERS)) this.flush()
    if (!isBlank) this.hasText = true
    this.#lines.push(text)
    this.#length += text.length + 1
  }

  flush(): void {
    if (this.#length > 0) this.#sink.prose(this.#lines.join('\n'))
    this.#lines = []
    this.#length = 0
  }
}
