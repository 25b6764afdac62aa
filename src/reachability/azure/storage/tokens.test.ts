import { describe, expect, it } from 'vitest'
import { describeToken, isCurrent, momentOf, parseSharedAccessToken } from './tokens.ts'

const TOKEN = 'sv=2021-06-08&sr=c&sp=rl&st=2023-01-01T00%3A00%3A00Z&se=2024-01-01&sig=c2VjcmV0'

describe('shared access tokens', () => {
  it.each([
    { name: 'bare', text: TOKEN, kind: 'service' },
    { name: 'with a question mark', text: `?${TOKEN}`, kind: 'service' },
    { name: 'in an address', text: `https://a.blob.core.windows.net/c/b.png?${TOKEN}`, kind: 'service' },
    { name: 'of an account', text: 'sv=1&ss=b&srt=o&sp=r&se=2024-01-01&sig=x', kind: 'account' },
    { name: 'delegated', text: `${TOKEN}&skoid=x&sktid=y`, kind: 'user-delegation' },
    { name: 'without a signature', text: 'sv=1&sp=r&se=2024-01-01', kind: undefined },
    { name: 'with two signatures', text: `${TOKEN}&sig=x`, kind: undefined },
    { name: 'behind something else', text: `mailto:a@example.com?${TOKEN}`, kind: undefined },
    { name: 'too long', text: `${TOKEN}&rscc=${'x'.repeat(5_000)}`, kind: undefined },
  ])('$name: $kind', ({ text, kind }) => {
    expect(parseSharedAccessToken(text)?.kind).toBe(kind)
  })

  it('never says the signature', () => {
    const said = describeToken(parseSharedAccessToken(`https://a.blob.core.windows.net/c?${TOKEN}`)!)
    expect(said).toBe('a service shared access signature with the permissions rl until 2024-01-01T00:00:00.000Z')
    expect(JSON.stringify(parseSharedAccessToken(TOKEN)!)).not.toContain('c2VjcmV0')
  })

  it.each([
    { text: '2023-05-31', ms: Date.UTC(2023, 4, 31) },
    { text: '2023-05-31T10:00Z', ms: Date.UTC(2023, 4, 31, 10) },
    { text: '2023-05-31T10:00:05.1234567Z', ms: Date.UTC(2023, 4, 31, 10, 0, 5, 123) },
    { text: '2023-05-31T10:00:00+09:00', ms: Date.UTC(2023, 4, 31, 1) },
    { text: 'May 31, 2023', ms: Number.NaN },
    { text: '', ms: null },
  ])('the moment $text', ({ text, ms }) => {
    expect(momentOf(text)).toBe(ms)
  })

  it.each([
    { startMs: null, expiryMs: null, current: true },
    { startMs: Date.UTC(2023, 5), expiryMs: null, current: false },
    { startMs: null, expiryMs: Date.UTC(2023, 3), current: false },
    { startMs: Number.NaN, expiryMs: Date.UTC(2023, 3), current: false },
    { startMs: Number.NaN, expiryMs: null, current: null },
  ])('a period from $startMs to $expiryMs is current: $current', ({ startMs, expiryMs, current }) => {
    expect(isCurrent(startMs, expiryMs, '2023-05-01T00:00:00Z')).toBe(current)
  })
})
