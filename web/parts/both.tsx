/** One text in both languages; the style shows the one that is chosen. */
export function Both({ en, ja }: { readonly en: string; readonly ja: string }) {
  return (
    <>
      <span className="en" lang="en">
        {en}
      </span>
      <span className="ja" lang="ja">
        {ja}
      </span>
    </>
  )
}
