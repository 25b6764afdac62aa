import type { Bounds } from '../model/index.ts'
import type { Letter } from './letter.ts'
import { type LocalDay, localDay, localDays, sameDay } from './local-day.ts'
import { ACCESS_WORDS, ADVICE, ELEMENT_WORDS } from './notice-words.ts'

/** The letter in Japanese, written as such a letter is written there. */
export function writeJapanese(letter: Letter): { readonly subject: string; readonly body: string } {
  const awareness = spell(localDay(letter.awareness, letter.timezone))
  const paragraphs = [
    'お客様各位',
    `${awareness}、当社が管理するクラウド環境のデータ保管先が、外部から閲覧できる状態にあったことが判明し、その中にお客様に関する情報が含まれていることを確認しました。お客様にはご迷惑とご心配をおかけし、深くお詫び申し上げます。`,
    ['■ 対象となる情報', ...letter.elements.map((element) => `・${ELEMENT_WORDS[element].ja}`)].join('\n'),
    letter.undecidedPeople
      ? '上記は、現時点でお客様について確認された項目です。一部のファイルは確認が終わっておらず、新たに判明した項目があれば改めてご連絡いたします。'
      : '上記は、お客様について確認された項目のすべてです。',
    `■ 外部から閲覧できた期間\n${whenSentence(letter)}`,
    `■ 外部からのアクセスの有無\n${ACCESS_WORDS[letter.conclusion ?? 'undecided'].ja}`,
    `■ 当社の対応\n${shutSentence(letter)}［その他の対応を記入］`,
    ['■ お客様へのお願い', ...adviceFor(letter)].join('\n'),
    '■ お問い合わせ先\n［会社名・窓口・受付時間を記入］',
  ]
  return { subject: '外部から閲覧できる状態にあったお客様情報に関するお詫びとお知らせ', body: paragraphs.join('\n\n') }
}

function whenSentence({ window, timezone }: Letter): string {
  if (window === null) return '外部から閲覧できた期間は、まだ分かっていません。'
  const opened = `開始：${boundWords(window.opened, timezone)}`
  return window.closed === null ? opened : `${opened}\n終了：${boundWords(window.closed, timezone)}`
}

function boundWords(bounds: Bounds, timezone: string): string {
  const { first, last } = localDays(bounds, timezone)
  if (first && last)
    return sameDay(first, last) ? spell(first) : `${spell(first)}から${spell(last)}までの間（日は特定できていません）`
  if (last) return `不明（遅くとも${spell(last)}）`
  return first ? `不明（早くとも${spell(first)}）` : '不明'
}

function shutSentence({ shut }: Letter): string {
  if (shut === true) return '外部から閲覧できないよう、当該保管先のアクセス設定を変更しました。'
  if (shut === false) return '外部から閲覧できないよう、設定の変更を進めています。［完了日を記入］'
  return '外部から閲覧できない状態になっているか、確認を進めています。［完了日を記入］'
}

function adviceFor({ elements }: Letter): string[] {
  const fitting = ADVICE.filter((advice) => advice.elements.some((element) => elements.includes(element)))
  if (fitting.length === 0) return ['・対象の項目について、現時点でお客様に行っていただくことはございません。［要確認］']
  return fitting.map(({ ja }) => `・${ja}`)
}

function spell({ year, month, day }: LocalDay): string {
  return `${year}年${month}月${day}日`
}
