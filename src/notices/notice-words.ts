import type { ConclusionCode, DataElement } from '../model/index.ts'

export type NoticeLanguage = 'en' | 'ja'

/** What each element is called in a letter: in English after "your", in Japanese in a list. */
export const ELEMENT_WORDS: Readonly<Record<DataElement, Readonly<Record<NoticeLanguage, string>>>> = {
  vin: { en: 'vehicle identification number (VIN)', ja: '車両識別番号（VIN）' },
  'chassis-number': { en: 'chassis number', ja: '車台番号' },
  'terminal-id': { en: 'in-vehicle terminal ID', ja: '車載端末ID' },
  location: { en: 'vehicle location', ja: '車両の位置情報' },
  'location-track': { en: 'vehicle locations with the times of day', ja: '車両の位置情報とその時刻' },
  'number-plate': { en: 'vehicle registration number', ja: '自動車登録番号（ナンバープレート）' },
  'customer-id': { en: 'customer ID', ja: 'お客様番号' },
  'person-name': { en: 'name', ja: '氏名' },
  'postal-address': { en: 'postal address', ja: '住所' },
  'phone-number': { en: 'phone number', ja: '電話番号' },
  'email-address': { en: 'e-mail address', ja: 'メールアドレス' },
  'date-of-birth': { en: 'date of birth', ja: '生年月日' },
  'payment-card': { en: 'payment card number', ja: 'クレジットカード等の番号' },
  'bank-account': { en: 'bank account number', ja: '銀行口座番号' },
  iban: { en: 'bank account number (IBAN)', ja: '銀行口座番号（IBAN）' },
  'tax-file-number': { en: 'tax file number', ja: '納税者番号（TFN）' },
  'medicare-number': { en: 'Medicare number', ja: 'メディケア番号' },
  'my-number': { en: 'Individual Number (My Number)', ja: '個人番号（マイナンバー）' },
  'driver-licence': { en: 'driver licence number', ja: '運転免許証番号' },
  passport: { en: 'passport number', ja: '旅券番号' },
  'national-id': { en: 'national identity number', ja: '国民識別番号' },
  'social-security-number': { en: 'social security number', ja: '社会保障番号' },
  'ip-address': { en: 'IP address', ja: 'IPアドレス' },
  'mac-address': { en: 'device network address (MAC address)', ja: '機器のMACアドレス' },
  imei: { en: 'mobile device number (IMEI)', ja: '端末識別番号（IMEI）' },
  'health-term': { en: 'health information', ja: '健康に関する情報' },
  'password-hash': { en: 'password in scrambled form', ja: 'ハッシュ化されたパスワード' },
  'secret-key': { en: 'access key', ja: 'アクセスキー' },
  'json-web-token': { en: 'sign-in token', ja: 'ログイン用トークン' },
  'private-key': { en: 'private key', ja: '秘密鍵' },
  'free-text-with-person': { en: 'written notes that mention you', ja: 'お客様に関する記述' },
}

type AccessWords = Readonly<Record<ConclusionCode, Readonly<Record<NoticeLanguage, string>>>>

/** What a letter may say of access: never more than the logs bear. */
export const ACCESS_WORDS: AccessWords = {
  read: {
    en: 'Our access records show that somebody outside our organisation read data there. We cannot say whether yours were among them.',
    ja: 'アクセス記録から、外部の者がデータを読み取ったことを確認しました。お客様の情報が含まれていたかどうかは分かっていません。',
  },
  listed: {
    en: 'Our access records show that somebody outside our organisation listed the names of the files there. For the times that our records cover, we found no reading of their contents.',
    ja: 'アクセス記録から、外部の者がファイル名の一覧を取得したことを確認しました。記録がある期間については、内容の読み取りは確認されていません。',
  },
  ambiguous: {
    en: 'Some lines of our access records can be read in more than one way. We cannot rule out that somebody outside our organisation read the data.',
    ja: 'アクセス記録の一部は複数の解釈ができ、外部の者がデータを読み取った可能性を否定できません。',
  },
  'silent-full': {
    en: 'Our access records cover the whole time and show no access from outside our organisation.',
    ja: '全期間のアクセス記録を確認し、外部からのアクセスは記録されていませんでした。',
  },
  'silent-part': {
    en: 'Our access records cover only part of the time. For that part they show no access from outside our organisation; for the rest, no record could have shown one.',
    ja: 'アクセス記録があるのは一部の期間のみです。その期間に外部からのアクセスの記録はありませんが、それ以外の期間については、アクセスの有無を確認できる記録がありません。',
  },
  dark: {
    en: 'No records were kept that could have shown whether somebody read the data. We do not know whether anybody did.',
    ja: 'データが読み取られたかどうかを確認できる記録は残っておらず、アクセスの有無は分かっていません。',
  },
  undecided: {
    en: 'We do not know yet whether somebody outside our organisation read the data.',
    ja: '外部の者がデータを読み取ったかどうかは、まだ分かっていません。',
  },
}

/** What the person can do, for letters with one of these elements. */
export const ADVICE: readonly {
  readonly elements: readonly DataElement[]
  readonly en: string
  readonly ja: string
}[] = [
  {
    elements: ['payment-card', 'bank-account', 'iban'],
    en: 'Check your statements, and ask your bank or card company to replace the card or to watch the account.',
    ja: 'ご利用明細をご確認のうえ、必要に応じてカード会社または金融機関に、カードの再発行や口座の監視をご相談ください。',
  },
  {
    elements: ['password-hash', 'json-web-token', 'secret-key', 'private-key'],
    en: 'Change the password or the key, also wherever else you used the same one.',
    ja: 'パスワードや鍵を変更してください。同じものを他でもお使いの場合は、あわせて変更をお願いいたします。',
  },
  {
    elements: [
      'driver-licence',
      'passport',
      'national-id',
      'social-security-number',
      'tax-file-number',
      'medicare-number',
      'my-number',
    ],
    en: 'Ask the authority that issued the number or document how it can be protected or replaced.',
    ja: '番号や証明書の保護または再発行について、発行機関にご相談ください。',
  },
  {
    elements: ['email-address', 'phone-number', 'postal-address'],
    en: 'Be careful with unexpected messages, calls or letters, also those that seem to come from us. We do not ask for passwords or payment in them.',
    ja: '心当たりのないメール、電話、郵便物には、当社を名乗るものを含めてご注意ください。当社がそれらでパスワードの入力や支払いを求めることはありません。',
  },
]
