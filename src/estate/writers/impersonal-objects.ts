import { at, DAY, HOUR } from '../moments.ts'
import { random } from '../random.ts'
import {
  AUSTRALIAN_WEBSITE,
  HALF_LOGGED_STORE,
  JAPANESE_WEBSITE,
  LISTABLE_STORE,
  NETWORK_ONLY_STORE,
  SIGNED_LISTABLE_STORE,
  VOICE_PACK_STORE,
} from '../world/stores.ts'
import type { Store } from '../world/store.ts'
import type { Shelf } from './shelf.ts'

/** Objects that concern nobody: websites, parts, voices, banners. */
export function shelveImpersonalObjects(seed: number, shelf: Shelf): void {
  for (const [store, first] of [
    [JAPANESE_WEBSITE, '2017-04-13'],
    [AUSTRALIAN_WEBSITE, '2019-05-23'],
  ] as const)
    shelveWebsite(store, at(first), shelf)
  shelveSeries(VOICE_PACK_STORE, '2020-09-07', 6, shelf, (index) => [
    `packs/ja-JP/voice-${index + 1}.json`,
    `{"voice":${index + 1},"phrases":["turn left","turn right","continue"]}\n`,
  ])
  shelveSeries(LISTABLE_STORE, '2019-03-04', 8, shelf, (index) => [
    `catalog/2019/section-${index + 1}.csv`,
    partsTable(seed, index),
  ])
  shelveSeries(SIGNED_LISTABLE_STORE, '2018-05-14', 5, shelf, (index) => [
    `kits/2018/kit-${index + 1}.txt`,
    `Press kit ${index + 1}: images and figures of the season's models.\n`,
  ])
  shelveSeries(HALF_LOGGED_STORE, '2020-03-04', 7, shelf, (index) => [
    `banners/2020/banner-${index + 1}.svg`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${300 + index}" height="120"><rect width="100%" height="100%"/></svg>\n`,
  ])
  shelveSeries(NETWORK_ONLY_STORE, '2018-09-03', 4, shelf, (index) => [
    `releases/${2019 + index}.1/manifest.json`,
    `{"release":"${2019 + index}.1","units":["navigation","telematics"]}\n`,
  ])
}

function shelveWebsite(store: Store, first: number, shelf: Shelf): void {
  const title = store === JAPANESE_WEBSITE ? '新しい一台に会いに行く' : 'Meet the new models'
  const page = (name: string) =>
    `<!doctype html>\n<html lang="${store === JAPANESE_WEBSITE ? 'ja' : 'en-AU'}"><head><title>${name}</title><link rel="stylesheet" href="/assets/site.css"></head><body><h1>${title}</h1></body></html>\n`
  const files: readonly (readonly [string, string])[] = [
    ['index.html', page('home')],
    ['models/index.html', page('models')],
    ['models/hybrid.html', page('hybrid')],
    ['dealers/index.html', page('dealers')],
    ['assets/site.css', 'body { font-family: sans-serif; margin: 2rem }\n'],
    ['assets/site.js', "document.querySelectorAll('a').forEach((link) => link.setAttribute('rel', 'noopener'))\n"],
    ['404.html', page('not found')],
  ]
  for (const [index, [key, text]] of files.entries()) shelf.put({ store, key, putAt: first + index * DAY + 6 * HOUR }, text)
}

function shelveSeries(
  store: Store,
  first: string,
  count: number,
  shelf: Shelf,
  object: (index: number) => readonly [string, string],
): void {
  for (let index = 0; index < count; index++) {
    const [key, text] = object(index)
    shelf.put({ store, key, putAt: at(first) + index * 3 * DAY + 7 * HOUR }, text)
  }
}

function partsTable(seed: number, section: number): string {
  const parts = random(seed, 'parts', section)
  const rows = Array.from(
    { length: 40 },
    () =>
      `${parts.text('0123456789', 5)}-${parts.text('0123456789', 5)},${parts.text('0123456789', 16)},${parts.between(3, 900)}.00`,
  )
  return `part_no,barcode,price_aud\n${rows.join('\n')}\n`
}
