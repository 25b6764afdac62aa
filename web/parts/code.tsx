/** A fixed code, never translated: hot where outsiders came, dashed where nothing can be concluded. */
export function Code({ tone, children }: { readonly tone: 'hot' | 'plain' | 'dashed'; readonly children: string }) {
  return <span className={`code${{ hot: ' hot', plain: '', dashed: ' dash' }[tone]}`}>{children}</span>
}
