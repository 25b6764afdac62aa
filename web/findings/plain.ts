/** A sentence of the language files without its marks, for places that have no bold type and no links. */
export function plainText(text: string): string {
  return text.replaceAll('**', '').replace(/\[[1-9]\]/g, '')
}
