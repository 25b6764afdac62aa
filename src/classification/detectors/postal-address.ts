import { candidatesOf, type Detector } from './detector.ts'

const PREFECTURE =
  '北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県'
const JAPANESE = new RegExp(`^(?:〒?\\s?\\d{3}-\\d{4}\\s*)?(?:${PREFECTURE})[^\\s]{1,20}?[市区町村郡].{0,120}$`, 'u')
const AUSTRALIAN_END = /\b(?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT)\.?,?\s+(\d{4})(?:,?\s*(?:australia|au))?$/i
const STREET =
  /^(?:(?:unit|flat|apt|apartment|suite|level|lot|po box|p\.o\. box)\.?\s*)?[0-9][0-9a-z/-]{0,7},?\s+\S.{1,150}$|^p\.?\s?o\.? box\s+\d+.{0,120}$/i
const IN_TEXT = new RegExp(
  `(?:〒?\\s?\\d{3}-\\d{4}\\s*)?(?:${PREFECTURE})[^\\s]{1,20}?[市区町村郡][^\\s、。,]{1,60}|(?<![\\d/])\\d{1,5}[a-z]?(?:/\\d{1,5})?,? [A-Za-z][A-Za-z0-9',. /-]{3,100}?\\b(?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT),? \\d{4}\\b`,
  'gu',
)
const STREET_WORD =
  /\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|place|pl|crescent|cres|boulevard|blvd|highway|hwy|parade|pde|terrace|tce|close|cl|way|grove|gr|circuit|cct|jalan|jln|soi|esplanade)\b/i

/** Postal address: street with number, or a Japanese address from its prefecture; the market is read from state, postcode or country. */
export const postalAddress: Detector = {
  element: 'postal-address',
  identifier: null,
  chanceRate: 0.2,
  named:
    /\b(street|postal|mailing|home|residential|billing|delivery|customer|owner|shipping|contact) (addr(ess)?)( line)?( ?\d)?( full)?$|^(full )?addr(ess)?( line)?( ?\d)?$|\baddr(ess)? (line ?1|1|full|street)$|^street( name| line ?1| 1)?$|\baddress street$|(?<!ip|mac|mail|メール)(住所|所在地|居所)/,
  notNamed: /\b(ip|mac|e ?mail|web|url|wallet|memory|dealer|store|branch|shop|bus)\b|メール|店/,
  needsHeader: false,
  check(value, { named }) {
    const normalised = value.toLowerCase().replace(/[\s,]+/g, ' ')
    if (normalised.length < 5 || normalised.length > 240) return null
    if (JAPANESE.test(value)) return { normalised, strength: 0.8, market: { code: 'JP', basis: 'postal-address' } }
    const australian = AUSTRALIAN_END.test(value)
    const street = STREET.test(value)
    if (australian && (street || named)) return { normalised, strength: 0.75, market: { code: 'AU', basis: 'postal-address' } }
    if (street && STREET_WORD.test(value)) return { normalised, strength: 0.6 }
    const looksPostal = /\d/.test(value) && /\p{L}/u.test(value) && /[\s,]|\p{Script=Han}/u.test(value)
    return named && looksPostal ? { normalised, strength: 0.3 } : null
  },
  candidates: (text) => candidatesOf(IN_TEXT, text),
}
