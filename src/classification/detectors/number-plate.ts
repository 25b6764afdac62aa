import { candidatesOf, type Detector } from './detector.ts'

// Area names of land transport offices, and the regional names added since 2006.
const JAPANESE_AREAS =
  '札幌|函館|旭川|室蘭|苫小牧|釧路|知床|帯広|十勝|北見|青森|弘前|八戸|岩手|盛岡|平泉|宮城|仙台|秋田|山形|庄内|福島|会津|郡山|白河|いわき|水戸|土浦|つくば|宇都宮|那須|日光|とちぎ|群馬|前橋|高崎|大宮|川口|所沢|川越|熊谷|春日部|越谷|千葉|成田|習志野|市川|船橋|袖ヶ浦|袖ケ浦|市原|野田|柏|松戸|我孫子|品川|世田谷|練馬|杉並|板橋|足立|江東|江戸川|葛飾|八王子|多摩|横浜|川崎|湘南|相模|山梨|富士山|新潟|長岡|上越|富山|石川|金沢|長野|松本|諏訪|南信州|安曇野|福井|岐阜|飛騨|静岡|浜松|沼津|伊豆|名古屋|豊橋|三河|岡崎|豊田|尾張小牧|一宮|春日井|三重|鈴鹿|四日市|伊勢志摩|滋賀|京都|なにわ|大阪|和泉|堺|奈良|飛鳥|和歌山|神戸|姫路|鳥取|島根|出雲|岡山|倉敷|広島|福山|下関|山口|徳島|香川|高松|愛媛|高知|福岡|北九州|筑豊|久留米|佐賀|佐世保|長崎|熊本|大分|宮崎|鹿児島|奄美|沖縄'
// No お, し, へ, ん; 98-00 style hyphens; leading blanks are shown as ・.
const JAPANESE = new RegExp(
  `(?<!\\p{Script=Han})(${JAPANESE_AREAS})\\s?(\\d[\\dACFHKLMPXY]{0,2})\\s?([あいうえかきくけこさすせそたちつてとなにぬねのはひふほまみむめもやゆよらりるれろわをEHKMTY])\\s?([・.]{0,3}\\d{1,2}-\\d{2}|[・.]{0,3}\\s?-?\\d{1,4})(?![\\d-])`,
  'gu',
)
const LATIN = /^(?=.*\d)[A-Z0-9]{2,8}$/

/** Number plate: the Japanese form speaks for itself; Latin forms overlap with everything and need a header or label. */
export const numberPlate: Detector = {
  element: 'number-plate',
  identifier: 'number-plate',
  chanceRate: 0.5,
  named:
    /\brego\b|\b(vehicle |car )?registration( no| number| num| plate| mark|#)?$|\b(number|licen[cs]e|registration|reg|vehicle) ?plates?\b|\bplate( no| number|#)?$|\breg( no| number|#)$|\bvehicle reg\b|登録番号|ナンバー(プレート)?|車両番号|自動車登録番号/,
  notNamed: /\b(date|expiry|expires|state|status|country|fee|user|company|business|product)\b|日|年月/,
  namedInCompany: /^registration( no| number| num| mark|#)?$|^plate( no| number|#)?$|^reg( no| number|#)$/,
  needsHeader: false,
  check(value, { named }) {
    JAPANESE.lastIndex = 0
    const japanese = JAPANESE.exec(value)
    if (japanese !== null && japanese.index === 0 && japanese[0].length === value.length) {
      const [, area, vehicleClass, kana, serial] = japanese as unknown as [string, string, string, string, string]
      const digits = serial.replace(/\D/g, '')
      return {
        normalised: `${area.replace('ケ', 'ヶ')} ${vehicleClass} ${kana} ${digits}`,
        strength: 0.95,
        market: { code: 'JP', basis: 'number-plate' },
      }
    }
    if (!named) return null
    const normalised = value.toUpperCase().replace(/[\s.·•-]/g, '')
    return LATIN.test(normalised) ? { normalised, strength: 0.2 } : null
  },
  candidates: (text) => (/[あ-わ]/.test(text) ? candidatesOf(JAPANESE, text) : []),
}
