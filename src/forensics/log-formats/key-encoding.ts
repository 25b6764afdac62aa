/**
 * An object's key from an S3 access log. The log URL-encodes what the client had encoded already, so `"` stands as
 * `%2522`; decoding twice gives the key, also where a record was encoded once. Null where there is nothing to decode.
 */
export function decodeLoggedKey(bytes: Uint8Array): Uint8Array | null {
  const once = percentDecode(bytes)
  return once && (percentDecode(once) ?? once)
}

const PERCENT = 0x25

/** One layer of URL encoding taken off; null where there is none. */
export function percentDecode(bytes: Uint8Array): Uint8Array | null {
  let at = bytes.indexOf(PERCENT)
  if (at < 0) return null
  const decoded = new Uint8Array(bytes.length)
  decoded.set(bytes.subarray(0, at))
  let length = at
  for (; at < bytes.length; at++) {
    const high = bytes[at] === PERCENT ? hexDigit(bytes[at + 1]) : -1
    const low = high >= 0 ? hexDigit(bytes[at + 2]) : -1
    if (low >= 0) {
      decoded[length++] = high * 16 + low
      at += 2
    } else decoded[length++] = bytes[at]!
  }
  return decoded.subarray(0, length)
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
