/**
 * Character maps for PDF text in East Asian fonts that are not embedded. The codes of such text are UTF-16 or Shift_JIS
 * already, so in place of the tables from code to glyph to letter, which are megabytes, stand maps from code to letter;
 * only the places of glyphs, which nobody looks at, are lost.
 */
export class CharacterMaps {
  readonly #missing = new Set<string>()
  #hasDirectMap = false

  /** Names of maps that were asked for and are not at hand: text in them is not read. */
  get missing(): readonly string[] {
    return [...this.#missing].sort()
  }

  /** The map of a name as text (Adobe Technical Note 5014). */
  map(name: string): Uint8Array {
    if (/^Uni\w+-(?:UCS2|UTF16)-[HV]$/.test(name)) return this.#direct(name, UTF16)
    if (/^90m?s[pv]?-RKSJ-[HV]$/.test(name)) return this.#direct(name, shiftJisRanges())
    // The step from glyph to letter; without a map above its codes are glyphs of which no table is at hand.
    if (/^Adobe-\w+-UCS2$/.test(name) && this.#hasDirectMap) return mapText(name, GLYPHS_ARE_LETTERS)
    this.#missing.add(name)
    throw new Error('a character map that is not at hand')
  }

  #direct(name: string, ranges: string): Uint8Array {
    this.#hasDirectMap = true
    return mapText(name, ranges)
  }
}

const UTF16 = `1 begincodespacerange
<0000> <ffff>
endcodespacerange
1 begincidrange
<0000> <ffff> 0
endcidrange`
const GLYPHS_ARE_LETTERS = `1 begincodespacerange
<0000> <ffff>
endcodespacerange
1 beginbfrange
<0000> <ffff> <0000>
endbfrange`

function mapText(name: string, ranges: string): Uint8Array {
  return new TextEncoder().encode(`/CMapName /${name} def\n${ranges}\nendcmap\n`)
}

function shiftJisRanges(): string {
  const decoder = new TextDecoder('shift_jis')
  const lines: string[] = []
  for (let lead = 0x81; lead <= 0xfc; lead += lead === 0x9f ? 0x41 : 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const letter = decoder.decode(Uint8Array.of(lead, trail))
      if (letter.length === 1 && letter !== '\ufffd') lines.push(`<${hex(lead)}${hex(trail)}> ${letter.charCodeAt(0)}`)
    }
  return `4 begincodespacerange
<00> <80>
<8140> <9ffc>
<a0> <df>
<e040> <fcfc>
endcodespacerange
2 begincidrange
<20> <7e> 32
<a1> <df> ${0xff61}
endcidrange
${lines.length} begincidchar
${lines.join('\n')}
endcidchar`
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
