import type { Access, Audience } from '../../../src/model/index.ts'
import type { Words } from '../en.ts'
import type { Format } from '../format.ts'

const DOES: Readonly<Record<Access, string>> = {
  read: '読み取り',
  list: '一覧取得',
  write: '書き込み',
  delete: '削除',
  admin: '権限変更',
}
const WHO: Readonly<Record<Exclude<Audience, 'none' | 'undecided'>, string>> = {
  anyone: '誰でも',
  'any-identity': 'クラウドの任意のアカウントが',
  named: '特定の外部者が',
}

/** The page of one store in Japanese. */
export function japaneseStore(format: Format): Pick<Words, 'store'> {
  const can = (accesses: readonly Access[]) => accesses.map((access) => DOES[access]).join('・')

  return {
    store: {
      title: (name) => `${name} · Ajar`,
      stores: '保管先',
      asOf: '時点',
      verdict: '判定',
      account: 'アカウント',
      region: 'リージョン',
      verdicts: {
        anyone: '誰でも可',
        'any-identity': '任意のアカウントに公開',
        named: '特定の外部者に公開',
        none: '外部には閉鎖',
        undecided: '判定不能',
      },
      finding: ({ audience, accesses, undecided, responsible, denies }) => {
        if (audience === 'none') return '外部の誰も到達できない'
        if (audience === 'undecided') return `外部から${can(undecided)}できるかは不明`
        const because = responsible ? `。ステートメント ${responsible.statement} が許可し` : ''
        const despite =
          denies.length === 0 ? '' : `${because === '' ? '。' : '、'}${format.count(denies.length)} 件の Deny はいずれも止めない`
        return `${WHO[audience]}${can(accesses)}できる${because}${because !== '' && despite === '' ? 'ている' : despite}`
      },
      document: (name) =>
        name === 'bucket policy' ? 'バケットポリシー' : name.replace(/^resource control policy/, 'リソースコントロールポリシー'),
      file: (name) => name,
      printedAnew: '整形して表示（ファイル内では一行の文字列）',
      noPolicy: 'ポリシーは与えられていない',
      responsible: '原因：このステートメントが証拠のリクエストを許可する',
      who: '誰に何ができるか',
      columns: ['誰でも', '任意のアカウント', '特定の外部者'],
      restsOn: '根拠',
      access: { read: '読み取り', list: '一覧', write: '書き込み', delete: '削除', admin: '管理' },
      accessLabel: '操作',
      cell: (cell, wider) =>
        ({ open: '可', 'as-wider': wider === 'anyone' ? '誰でも可' : '任意で可', shut: '不可', undecided: '不明' })[cell],
      witness: (access) => `証拠：${access}`,
      reasons: (access) => `理由：${access}`,
      undecidedCounts: '不明なものは公開の可能性ありとして数える。',
      reasonsHeading: '他が閉じている、または不明な理由',
      witnessHeading: '証拠：成功するリクエスト',
      noWitness: '証拠はない。外部から成功すると分かるリクエストがない。',
      by: {
        anonymous: '認証情報なし。',
        aws: (arn) => `外部の ID による署名付き。例：${arn}`,
        service: (service) => `${service} が外部の誰かに代わって送る。人が入力するものではない。`,
        google: (member) => `${member} として。`,
        entra: (tenant) => `テナント ${tenant} の ID として。`,
        bearer: (of) => `${of} を用いて。`,
      },
      from: (address) => `送信元の例：${address}`,
      notSent: '設定から判定し、別の評価器で読み直したもの。Ajar は送信していない。',
      carries: 'リクエストの内容',
      key: 'キー',
      value: '値',
      step: '段階',
      statement: 'ステートメント',
      result: '結果',
      allows: '許可',
      doesNotApply: '適用されない',
      grants: 'リクエストを通す',
      deniesHeading: '各 Deny が証拠のリクエストを止めない理由',
      deny: (reason, action) => {
        switch (reason.kind) {
          case 'another-action':
            return { head: '別の操作。', text: `${action} を対象としない。` }
          case 'another-caller':
            return { head: '別の送信者。', text: 'このリクエストの送信者ではない者を対象とする。' }
          case 'another-resource':
            return { head: '別のリソース。', text: 'リクエストの対象ではない。' }
          case 'absent':
            return {
              head: 'キーがない。',
              text: `リクエストに ${reason.key} がなく、この演算子は欠けたキーでは成立しないため、適用されない。`,
            }
          case 'caller-writes':
            return { head: '送信者が選ぶキー。', text: `${reason.key} は送信者が決める値：${reason.value}` }
          case 'other-value':
            return {
              head: '値が一致しない。',
              text: `${reason.key} は ${reason.value}。${reason.operator} が求める値は ${reason.wanted}。`,
            }
        }
      },
      settings: '読み取った設定',
      settingNames: SETTING_NAMES,
      setting: { read: '読み取り済み', absent: '読み取り済み：未設定', 'not-read': '未読' },
    },
  }
}

const SETTING_NAMES: Readonly<Record<string, string>> = {
  policy: 'ポリシー',
  acl: 'アクセスコントロールリスト',
  publicAccessBlock: 'パブリックアクセスブロック（バケット）',
  accountPublicAccessBlock: 'パブリックアクセスブロック（アカウント）',
  organizationPublicAccessBlock: 'パブリックアクセスブロック（組織）',
  objectOwnership: 'オブジェクト所有権',
  objectAcls: 'オブジェクトの ACL',
  encryption: 'デフォルト暗号化',
  requestPayment: 'リクエスト支払い',
  website: 'ウェブサイト',
  accessPoints: 'アクセスポイント',
  resourceControlPolicies: 'リソースコントロールポリシー',
}
