const LONGEST_NAME = 1_000
// Control characters, and those that turn the direction of text round.
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

/** A name inside a container as it may be shown: no control characters, not endless. */
export function readableName(name: string): string {
  const shown = name.slice(0, LONGEST_NAME).replace(UNSHOWABLE, '\ufffd').toWellFormed()
  return shown === '' ? 'unnamed' : shown
}

/** Whether a name was made to hurt whoever unpacks or prints it: it leads out of its folder or holds control characters. */
export function isHostileName(name: string): boolean {
  return /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[a-z]:[\\/]/i.test(name) || /\p{Cc}/u.test(name)
}

/** Hands out each name once: a second one of a container gets a number. */
export class MemberNames {
  readonly #given = new Map<string, number>()

  take(name: string): string {
    const shown = readableName(name)
    const before = this.#given.get(shown) ?? 0
    this.#given.set(shown, before + 1)
    return before === 0 ? shown : this.take(`${shown} (${before + 1})`)
  }
}
