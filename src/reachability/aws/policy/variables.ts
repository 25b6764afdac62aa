/** Part of a policy's text: as written (wildcards count), a value put in (they do not), or any text at all. */
export type Piece =
  | { readonly kind: 'written'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'anything'; readonly text: '' }

/** What a policy variable stands for: a value, nothing at all (absent), or whatever it may be. */
export type Expand = (key: string) => { readonly value: string } | 'absent' | 'anything' | 'nothing'

/**
 * The readings of a text with policy variables: none where a variable without default has no value, for then it matches
 * nothing. `${*}`, `${?}` and `${$}` are those characters themselves. Policies of version 2008-10-17 know no variables.
 */
export function piecesOf(text: string, variables: boolean, expand: Expand): readonly (readonly Piece[])[] {
  if (!variables || !text.includes('${')) return [[{ kind: 'written', text }]]
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (match.index > at) pieces.push({ kind: 'written', text: text.slice(at, match.index) })
    at = match.index + match[0].length
    const inner = match[1]!
    if (inner === '*' || inner === '?' || inner === '$') {
      pieces.push({ kind: 'value', text: inner })
      continue
    }
    const [, key, fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [undefined, inner, undefined]
    const value = expand(key!)
    if (value === 'nothing') return []
    if (value === 'anything') pieces.push({ kind: 'anything', text: '' })
    else if (value !== 'absent') pieces.push({ kind: 'value', text: value.value })
    else if (fallback !== undefined) pieces.push({ kind: 'value', text: fallback })
    else return []
  }
  if (at < text.length) pieces.push({ kind: 'written', text: text.slice(at) })
  return [pieces]
}

/** The keys that the text takes values from. */
export function variableKeys(text: string): readonly string[] {
  return [...text.matchAll(/\$\{\s*([^},\s]+)[^}]*\}/g)].map((match) => match[1]!).filter((key) => !['*', '?', '$'].includes(key))
}
