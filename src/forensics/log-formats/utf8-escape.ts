/**
 * The bytes of a value as UTF-8 that every engine takes: bytes that are no UTF-8 become `\xNN`. Gives null where nothing
 * had to be changed.
 */
export function escapeInvalidUtf8(bytes: Uint8Array): Uint8Array | null {
  if (isUtf8(bytes)) return null
  const escaped: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at)
    if (length > 0) for (let end = at + length; at < end; at++) escaped.push(bytes[at]!)
    else {
      for (const character of `\\x${bytes[at]!.toString(16).padStart(2, '0')}`) escaped.push(character.charCodeAt(0))
      at += 1
    }
  }
  return Uint8Array.from(escaped)
}

function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at)
    if (length === 0) return false
    at += length
  }
  return true
}

/** Bytes of the well-formed sequence at `at` (Unicode 16, table 3-7); 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  if (lead < 0xe0) return 2
  if (!isContinuation(bytes[at + 2])) return 0
  if (lead < 0xf0) return 3
  return isContinuation(bytes[at + 3]) ? 4 : 0
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}
