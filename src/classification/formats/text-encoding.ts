/** A label that TextDecoder knows. */
export interface TextEncoding {
  readonly label: string
  readonly bomBytes: number
  /** Bytes that fit several encodings were read as the likeliest: the others that they fit. */
  readonly insteadOf?: readonly string[]
}

const CLEAR_MARGIN = 0.3
const CANDIDATES = ['shift_jis', 'euc-jp', 'windows-1252'] as const

/** How the first bytes of a content are text, or null where they are not text. */
export function detectEncoding(bytes: Uint8Array, isWhole: boolean): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { label: 'utf-8', bomBytes: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { label: 'utf-16le', bomBytes: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { label: 'utf-16be', bomBytes: 2 }
  const withoutMark = utf16WithoutMark(bytes)
  if (withoutMark !== null) return { label: withoutMark, bomBytes: 0 }
  if (controlShare(bytes) > 0.001) return japaneseUtf16(bytes)
  if (isValid('utf-8', bytes, isWhole)) return { label: hasJapaneseEscapes(bytes) ? 'iso-2022-jp' : 'utf-8', bomBytes: 0 }
  const declared = declaredEncoding(bytes)
  if (declared !== null && isValid(declared, bytes, isWhole)) return { label: declared, bomBytes: 0 }
  const fitting = CANDIDATES.filter((label) => isValid(label, bytes, isWhole))
    .map((label) => ({ label, score: japaneseScore(new TextDecoder(label).decode(bytes)) }))
    .sort((a, b) => b.score - a.score)
  // Mostly well-formed UTF-8 with a few broken bytes is broken UTF-8, not another encoding.
  if (brokenShare(bytes) < 0.01 && (fitting[0]?.score ?? 0) < 0.2) return { label: 'utf-8', bomBytes: 0 }
  const [best, ...others] = fitting
  if (best === undefined) return { label: 'utf-8', bomBytes: 0 }
  // Windows-1252 gives every byte a letter, so that nothing speaks for it but that nothing else does.
  const rivals = others.filter(({ label, score }) => label !== 'windows-1252' && best.score - score < CLEAR_MARGIN)
  const isGuess = best.label === 'windows-1252' || rivals.length > 0
  return { label: best.label, bomBytes: 0, ...(isGuess && { insteadOf: rivals.map(({ label }) => label) }) }
}

function isValid(label: string, bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: !isWhole })
    // The decoders let bytes that stand for nothing pass as control characters.
    return !/[\u0080-\u009f]/.test(text)
  } catch {
    return false
  }
}

/** UTF-16 without a mark whose text is Japanese, so that few of its bytes are zero; else null. */
function japaneseUtf16(bytes: Uint8Array): TextEncoding | null {
  const even = bytes.subarray(0, bytes.length & ~1)
  const scores = (['utf-16le', 'utf-16be'] as const).map((label) => {
    const text = new TextDecoder(label).decode(even)
    const known = text.match(/[\t\n\r\x20-\x7e\u3000-\u30ff\u4e00-\u9fff\uff01-\uff9f]/g)?.length ?? 0
    return { label, share: /\n/.test(text) || text.length < 200 ? known / Math.max(1, text.length) : 0 }
  })
  const [best, other] = scores.sort((a, b) => b.share - a.share)
  // Any two bytes are an ideograph one time in three, all of them together hardly ever.
  const isClear = best!.share > 0.98 && other!.share < 0.8 && even.length >= 16
  return isClear ? { label: best!.label, bomBytes: 0 } : null
}

/** What an XML declaration or an HTML page says of its own encoding; null where it says none that is known. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  const label = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)|<meta[^>]+charset\s*=\s*["']?([\w.-]+)/i.exec(start)
  try {
    return label === null ? null : new TextDecoder((label[1] ?? label[2])!).encoding
  } catch {
    return null
  }
}

function utf16WithoutMark(bytes: Uint8Array): string | null {
  const pairs = Math.min(bytes.length >> 1, 512)
  if (pairs < 4) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs; i += 1) {
    if (bytes[2 * i] === 0) even += 1
    if (bytes[2 * i + 1] === 0) odd += 1
  }
  if (odd > pairs * 0.4 && even === 0) return 'utf-16le'
  if (even > pairs * 0.4 && odd === 0) return 'utf-16be'
  return null
}

function controlShare(bytes: Uint8Array): number {
  let controls = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls += 1
  return bytes.length === 0 ? 0 : controls / bytes.length
}

function hasJapaneseEscapes(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return ['\u001b$B', '\u001b$@', '\u001b(I'].some((sequence) => text.includes(sequence, 0, 'latin1'))
}

/** Share of replacement characters among the non-ASCII ones when read as UTF-8. */
function brokenShare(bytes: Uint8Array): number {
  const text = new TextDecoder().decode(bytes, { stream: true })
  let broken = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) broken += 1
  return text.length === 0 ? 0 : broken / text.length
}

/** Share of kana and common ideographs among non-ASCII characters, less half-width kana, which wrong guesses are full of. */
function japaneseScore(text: string): number {
  let good = 0
  let other = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    if ((code >= 0x3000 && code <= 0x30ff) || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xff01 && code <= 0xff5e)) good += 1
    else other += 1
  }
  return good + other === 0 ? 0 : (good - other) / (good + other)
}

/** A name inside an archive: UTF-8 where the archive says so or it is well-formed, else Shift_JIS, else code page 437's ASCII. */
export function memberNameText(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8 || isValid('utf-8', bytes, true)) return new TextDecoder().decode(bytes)
  if (isValid('shift_jis', bytes, true)) return new TextDecoder('shift_jis').decode(bytes)
  return new TextDecoder('windows-1252').decode(bytes)
}
