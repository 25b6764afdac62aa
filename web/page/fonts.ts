import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** One file of a family: which characters it draws, and at which weights. */
interface FontFile {
  readonly family: string
  readonly weight: string
  readonly file: string
  readonly range: string
}

const require = createRequire(import.meta.url)
const INTER = '@fontsource-variable/inter'
const MONO = '@fontsource/ibm-plex-mono'
const JAPANESE = '@fontsource-variable/noto-sans-jp'

let known: readonly (FontFile & { readonly covers: (code: number) => boolean })[] | undefined
const encoded = new Map<string, string>()

/** The `@font-face` rules that a text needs, each font inside as base64: the page asks nobody for anything. */
export function embeddedFonts(text: string): string {
  const codes = new Set(Array.from(text, (character) => character.codePointAt(0)!))
  const taken = new Set<number>()
  const rules: string[] = []
  known ??= fontFiles().map((file) => ({ ...file, covers: rangeTest(file.range) }))
  for (const font of known) {
    const wanted = [...codes].filter((code) => code > 32 && font.covers(code))
    // Where a family before it in the stack draws the character, the Japanese files are not needed for it.
    const fresh = font.family === 'Noto Sans JP' ? wanted.filter((code) => !taken.has(code)) : wanted
    if (fresh.length === 0) continue
    if (font.family === 'Inter') for (const code of fresh) taken.add(code)
    rules.push(fontFace(font))
  }
  return rules.join('\n')
}

function fontFace({ family, weight, file, range }: FontFile): string {
  let data = encoded.get(file)
  if (data === undefined) {
    data = readFileSync(require.resolve(file)).toString('base64')
    encoded.set(file, data)
  }
  return `@font-face{font-family:'${family}';font-style:normal;font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}`
}

function fontFiles(): FontFile[] {
  const inter = ranges(INTER)
  const mono = ranges(MONO)
  const japanese = ranges(JAPANESE)
  return [
    ...['latin', 'latin-ext'].map((subset) => ({
      family: 'Inter',
      weight: '100 900',
      file: `${INTER}/files/inter-${subset}-wght-normal.woff2`,
      range: inter[subset]!,
    })),
    // The long identifiers of the page are Latin; what else may be in them is drawn by the other families.
    ...[400, 500].map((weight) => ({
      family: 'IBM Plex Mono',
      weight: String(weight),
      file: `${MONO}/files/ibm-plex-mono-latin-${weight}-normal.woff2`,
      range: mono.latin!,
    })),
    ...Object.entries(japanese)
      .filter(([subset]) => /^\[\d+\]$/.test(subset))
      .map(([subset, range]) => ({
        family: 'Noto Sans JP',
        weight: '100 900',
        file: `${JAPANESE}/files/noto-sans-jp-${subset.slice(1, -1)}-wght-normal.woff2`,
        range,
      })),
  ]
}

function ranges(font: string): Record<string, string> {
  return JSON.parse(readFileSync(require.resolve(`${font}/unicode.json`), 'utf8'))
}

/** `U+0-ff,U+2191` as a test of code points. */
function rangeTest(range: string): (code: number) => boolean {
  const spans = range.split(',').map((span) => {
    const [from = '', to = from] = span.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return (code) => spans.some(([from, to]) => code >= from && code <= to)
}
