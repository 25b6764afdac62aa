/**
 * Orders text by UTF-16 code units: the one order that no machine's locale can change.
 * Everything Ajar prints in an order is ordered by this.
 */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
