import { describe, expect, it } from 'vitest'
import type { StoreExplanation } from '../../src/model/index.ts'
import { renderStorePage } from '../index.ts'
import { ALL_STORES, listedStore, portalStore, shutStore, unclearStore } from '../testing/sample-stores.ts'

const render = (store: StoreExplanation) => renderStorePage(store, { language: 'en', theme: 'light' })
const bodyOf = (page: string) => page.slice(page.indexOf('<body>'))

/** One language's part of the body, tags removed. */
function textOf(page: string, language: 'en' | 'ja'): string {
  const body = bodyOf(page)
  const [english, japanese] = ['en', 'ja'].map((code) => body.indexOf(`<div class="${code}" lang="${code}">`)) as [number, number]
  return body
    .slice(language === 'en' ? english : japanese, language === 'en' ? japanese : body.indexOf('</main>'))
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')
}

describe.each(ALL_STORES)('the page of $name', ({ make }) => {
  const page = render(make())

  it('asks nobody for anything', () => {
    const addresses = [...page.matchAll(/(?:\s(?:src|href|action|srcset)="|url\(|@import\s+["'])([^")']*)/g)].map(([, to]) => to!)
    expect(addresses.filter((address) => !/^(#|data:)/.test(address))).toEqual([])
  })

  it('has unique ids, and every reference inside it leads somewhere', () => {
    const ids = [...bodyOf(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
    expect(ids.length).toBe(new Set(ids).size)
    const targets = [...bodyOf(page).matchAll(/(?:href="#|aria-labelledby=")([^"]+)/g)].map(([, id]) => id!)
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('lets no markup and no control character through', () => {
    const tags = [
      ...bodyOf(page)
        .replace(/="[^"]*"/g, '')
        .matchAll(/<[a-z][^>]*>/gi),
    ].map(([tag]) => tag)
    expect(tags.filter((tag) => tag.startsWith('<script'))).toEqual(['<script>'])
    expect(tags.filter((tag) => /^<(img|iframe|object|embed|link|base|form)\b|\son\w+/i.test(tag))).toEqual([])
    expect([...bodyOf(page).matchAll(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu)]).toEqual([])
  })

  it('is the same, byte for byte, a second time', () => {
    expect(render(make()) === page).toBe(true)
  })
})

describe('what the page says', () => {
  it.each([
    {
      name: 'its finding',
      make: portalStore,
      en: 'Anyone can read and list it, because statement 1 says so and none of three Denies stops it',
    },
    {
      name: 'that finding in Japanese',
      make: portalStore,
      ja: '誰でも読み取り・一覧取得できる。ステートメント 1 が許可し、3 件の Deny はいずれも止めない',
    },
    {
      name: 'the request',
      make: portalStore,
      en: "curl -s -H 'Referer: https://portal.example/' https://dealer-files.s3.ap-southeast-2.amazonaws.com/x",
    },
    { name: 'a key that is absent', make: portalStore, en: 'The request carries no aws:PrincipalIsAWSService' },
    { name: 'a key that the caller chooses', make: portalStore, en: 'aws:Referer is what the caller makes it' },
    { name: 'a Deny of another access', make: portalStore, en: 'Another access. It is not about s3:GetObject' },
    { name: 'a store that is shut', make: shutStore, en: 'Nobody outside can reach it' },
    { name: 'a store without a policy', make: listedStore, en: 'Anyone can list it' },
    {
      name: 'what is not known',
      make: unclearStore,
      en: 'Whether outsiders can read, list, write to, delete from and change who may use it is not known',
    },
  ])('$name', ({ make, en, ja }) => {
    if (en) expect(textOf(render(make()), 'en').replace(/ ([:.,])/g, '$1')).toContain(en)
    if (ja) expect(textOf(render(make()), 'ja')).toContain(ja)
  })

  it('marks the lines of the statement responsible, and no others', () => {
    const hot = [
      ...render(portalStore())
        .split('<div class="ja"')[0]!
        .matchAll(/<div class="hot"><span class="ln">(\d+)/g),
    ].map(([, line]) => Number(line))
    expect(hot).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
  })

  it('counts what is undecided as not known in every column', () => {
    expect(
      render(unclearStore())
        .split('<div class="ja"')[0]!
        .match(/class="cell un"/g),
    ).toHaveLength(15)
  })
})
