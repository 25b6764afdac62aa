/**
 * Text from a log as it may be shown: control characters, terminal escapes, line and direction marks become `\u{…}`, and a
 * value longer than `most` characters is cut with an ellipsis. HTML is the page's to escape.
 */
export function printable(text: string, most = 1024): string {
  const shown = text.replace(UNSHOWABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
  return shown.length > most ? `${wholeCharacters(shown, most)}…` : shown
}

// Controls (Cc), format characters such as bidi overrides (Cf), line and paragraph separators, lone surrogates.
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

function wholeCharacters(text: string, most: number): string {
  const cut = text.slice(0, most)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}
