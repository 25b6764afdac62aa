import { candidatesOf, type Detector } from './detector.ts'

const LETTERS = /^[\p{L}\p{M}][\p{L}\p{M}\s.,'’`・･ー()&/-]{0,79}$/u

/** Name of a person: a header, a label or a form of address (様, Mr, Dear) names it; the letters confirm it. */
export const personName: Detector = {
  element: 'person-name',
  identifier: 'person-name',
  chanceRate: 0.5,
  named:
    /^((customer|client|owner|driver|contact|full|person|member|guest|caller|complainant|insured|account holder|registered owner|primary|current|previous|new|policy ?holder|keeper|buyer|purchaser|recipient|enquirer|inquirer) )*(names?|full ?name)$|^(customer|client|(registered |current |previous |new )?owner|caller|complainant|enquirer|inquirer|keeper|contact( person)?|account holder|insured|policy ?holder|driver)$|\b(customer|client|owner|contact|driver|caller|person|member|full) (full )?name$|氏名|お名前|名前|顧客名|お客様名|契約者名|所有者(名|氏名)?|使用者(名|氏名)?|^お?客様$|ご契約者(様|名)?/,
  notNamed:
    /\b(file|product|model|dealer|dealership|host|user ?name|event|store|branch|company|business|item|part|technician|staff|advisor|adviser|bucket|column|device|vehicle|city|suburb|street|country|state|login|salesperson|mechanic|agent|id|no|number|phone|email|mobile)\b|店|車名|品名|会社|担当|カナ|フリガナ|ふりがな/,
  namedInCompany: /^(full )?names?$|^(owner|contact|driver|caller|client|member name|person|user)( name)?$|^名前$/,
  typical:
    /^\p{Lu}[\p{L}'’-]+ (?:\p{Lu}\.? )?\p{Lu}[\p{L}'’-]+$|^\p{Script=Han}{1,4} [\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,4}$/u,
  needsHeader: true,
  check(value) {
    const normalised = normaliseName(value)
    if (normalised.length < 2 || !LETTERS.test(value)) return null
    return { normalised, strength: 0.3 }
  },
  candidates: (text) =>
    candidatesOf(
      /(?<=(?<![\p{L}])(?:Mr|Mrs|Ms|Miss|Dr|Dear)\.? )(?!(?:Sir|Madam|Customer|Team|All|Mr|Mrs|Ms|Miss|Dr)\b)\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,3}|\p{Script=Han}{1,4}[ ]?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{1,5}(?= ?様)/gu,
      text,
    ),
}

/** NFKC, lower case, single blanks, `Last, First` turned round, full stops after initials left out. */
export function normaliseName(value: string): string {
  const plain = value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[.・･]/g, ' ')
  const [last, first, ...rest] = plain.split(',')
  const ordered = first !== undefined && rest.length === 0 && first.trim() !== '' ? `${first} ${last}` : plain
  return ordered
    .replace(/^\s*(mr|mrs|ms|miss|dr)\s+/, '')
    .replace(/\s*(様|さま|殿)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}
