/** A stream of numbers that depends on its seed and labels alone: no clock, no machine, no order of other streams. */
export interface Random {
  /** 0 ≤ x < 1. */
  unit(): number
  /** A whole number, 0 ≤ x < `limit`. */
  below(limit: number): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(choices: readonly T[]): T
  hex(length: number): string
  /** From `alphabet`, `length` characters. */
  text(alphabet: string, length: number): string
  uuid(): string
  shuffled<T>(items: readonly T[]): T[]
}

/** xoshiro128** (Blackman and Vigna), seeded by an FNV-1a digest of seed and labels through splitmix32. */
export function random(seed: number, ...labels: readonly (string | number)[]): Random {
  const next = xoshiro([seed, ...labels].join('\u0000'))
  const unit = () => next() / 0x1_0000_0000
  const below = (limit: number) => Math.floor(unit() * limit)
  const text = (alphabet: string, length: number) => {
    let out = ''
    for (let index = 0; index < length; index++) out += alphabet[below(alphabet.length)]
    return out
  }
  const hex = (length: number) => text('0123456789abcdef', length)
  return {
    unit,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => unit() < probability,
    pick: (choices) => choices[below(choices.length)]!,
    hex,
    text,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[below(4)]}${hex(3)}-${hex(12)}`,
    shuffled: (items) => shuffled(items, below),
  }
}

function xoshiro(seedText: string): () => number {
  const seeds = splitmix(fnv1a(seedText))
  let a = seeds()
  let b = seeds()
  let c = seeds()
  let d = seeds()
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }
}

function splitmix(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}

function shuffled<T>(items: readonly T[], below: (limit: number) => number): T[] {
  const out = [...items]
  for (let index = out.length - 1; index > 0; index--) {
    const other = below(index + 1)
    const kept = out[index]!
    out[index] = out[other]!
    out[other] = kept
  }
  return out
}
