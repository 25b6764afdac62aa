import type { Words } from '../en.ts'
import type { Format } from '../format.ts'
import { japanesePhrases } from './phrases.ts'

/** The first screen in Japanese. */
export function japaneseFirstScreen(
  format: Format,
): Pick<Words, 'page' | 'title' | 'facts' | 'publicLabel' | 'restsLabel' | 'public' | 'rests'> {
  const { count, day } = format
  const { market, places, dayOfMonth, between } = japanesePhrases(format)

  return {
    page: {
      title: (name) => `事案 ${name} · Ajar`,
      skip: '本文へ',
      case: '事案',
      sections: 'セクション',
      nav: ['期間', '本人', 'ファイル', 'アクセス', '義務', '対応', '変更'],
      language: '言語',
      theme: '配色',
      light: '明',
      dark: '暗',
      asTable: '表で見る',
      csv: 'CSV',
      compare: '版を比較',
      evidence: (n) => `根拠 ${n}`,
      none: 'なし',
      notKnown: '不明',
      more: (n) => `他 ${count(n)} 件`,
      moreInTable: (n) => `他 ${count(n)} 件は表に記載`,
      moreInCase: (n) => `他 ${count(n)} 件は事案データに記載`,
      printHead: ({ name, revision, knownAt, ledger }) =>
        `事案 ${name} · 第${revision}版 · ${format.moment(knownAt)} 時点 · 台帳 ${ledger}`,
      ledger: (entries) => `台帳：${count(entries)} 件、先頭`,
      keys: '節へ移動',
      evidenceHeld: ({ files, bytes, accounts, resources }) =>
        `証拠 ${count(files)} ファイル（${bytes}）、${count(accounts)} アカウントの ${count(resources)} リソースに基づく`,
    },
    title: ({ status, open, openUnread, stillOpen, undecided, named, audience }) => {
      const opened = (n: number): string =>
        stillOpen === n ? '開かれている' : stillOpen > 0 ? `開かれていた（うち${places(stillOpen)}は現在も）` : '開かれていた'
      if (open > 0) {
        const who = audience === 'any-identity' ? '事業者の全アカウント' : '誰にでも'
        const reach = `${who}${opened(open)}`
        const rest = openUnread > 0 ? `。ほか${places(openUnread)}は内容未読` : ''
        return `顧客データが${places(open)}の保管先で${reach}${rest}`
      }
      if (openUnread > 0) return `${places(openUnread)}の保管先が誰にでも${opened(openUnread)}。その内容は未読`
      if (undecided > 0) return `公開と証明された保管先はない。${places(undecided)}は判定不能`
      if (named > 0) return `顧客データが${places(named)}の保管先で特定の外部者に届く状態にあった`
      return status === 'nothing-found' ? '公開されている保管先はない' : '個人データのある保管先は公開されていない'
    },
    facts: {
      status: '状態',
      statusOf: ({ status, undecided }) =>
        ({
          open: '公開中',
          undecided: '判定不能',
          'shut-but-undecided': `遮断済み・${places(undecided)}は判定不能`,
          'shut-notices-owed': '遮断済み・通知義務あり',
          shut: '遮断済み',
          'nothing-found': '公開なし',
        })[status],
      severity: '重大度',
      severities: { 'very-high': '極めて高い', high: '高い', medium: '中', low: '低い', none: 'なし', unknown: '不明' },
      knownAt: '知見の時点',
      revision: '版',
      supersedes: (revision) => `第${revision}版を更新`,
      first: '初版',
      swept: '判定済み',
      sweptOf: ({ decided, resources }) => `${count(resources)} 件中 ${count(decided)} 件`,
      nextDue: '次の期限',
      noDue: '日数の定めなし',
      dueIn: ({ due, days }) =>
        days < 0
          ? `${dayOfMonth(due)}（${count(-days)}日前）`
          : days === 0
            ? `${dayOfMonth(due)}（本日）`
            : `${dayOfMonth(due)}（残り${count(days)}日）`,
    },
    publicLabel: '公に言えること',
    restsLabel: 'その根拠',
    public: {
      reach: ({ people, markets, audience, stores, opened, until }) => {
        const who = `${markets.length > 0 ? `${markets.map(market).join('と')}の ` : ''}**${count(people)} 人**[1]のデータが、`
        const reach = {
          anyone: '**インターネット上の誰でも**[2]閲覧できる状態にありました。',
          'any-identity': '**クラウド事業者のどのアカウントからでも**[2]閲覧できる状態にありました。',
          named: '**設定で指定された外部者**[2]に閲覧できる状態にありました。',
          undecided: '**外部に届く状態にあった可能性があります**[2]。',
        }[audience]
        if (stores === 1 && until === `**${opened}**`) return `${who}${until}[3]に${reach}`
        const from =
          opened === null ? '始まりは不明' : stores === 1 ? `**${opened}**[3]から` : `最も早い保管先は **${opened}**[3]から`
        const end =
          until === null
            ? '、**現在も続いています**[3]。'
            : stores === 1
              ? `${until}[3]まで。`
              : `、最後の保管先は ${until}[3]まで。`
        return `${who}${reach}${from}${end}`
      },
      openWithoutPeople: ({ stores, unread }) =>
        unread > 0
          ? `${places(stores)}の保管先が**インターネット上の誰でも**[2]閲覧できる状態にあり、うち${places(unread)}は**内容が未読**です[5]。`
          : `${places(stores)}の保管先が**インターネット上の誰でも**[2]閲覧できる状態にありましたが、読み取った範囲に**個人データはありません**[5]。`,
      undecided: (n) => `${places(n)}の保管先に外部から届くかは**判定できません**[2]。公開の可能性ありと扱います。`,
      alsoUndecided: (n) => `ほか${places(n)}の保管先に外部から届くかは**判定できません**[2]。`,
      nothing: ({ read, notRead, undecided }) =>
        `**公開されている保管先はありません。** 判定 ${count(read)} 件、${undecided > 0 ? `判定不能 ${count(undecided)} 件、` : ''}未読 ${count(notRead)} 件。`,
      access: ({ readStores, listedStores, ambiguousStores, logs }) => {
        const coverage = {
          'mostly-dark': '期間の大半は**それを示しうる記録がありません**',
          'partly-dark': '期間の一部は**それを示しうる記録がありません**',
          'all-dark': '**それを示しうる記録はありません**',
          covered: '記録は期間の全体にあります',
        }[logs]
        if (logs === 'all-dark' && readStores + listedStores + ambiguousStores === 0)
          return '外部の利用があったかは**記録がなく分かりません**[4]。'
        if (readStores > 0) return `${places(readStores)}の保管先では外部から**実際に閲覧**[4]があり、${coverage}。`
        if (listedStores > 0) return `${places(listedStores)}の保管先では外部から**ファイル名の一覧取得**[4]があり、${coverage}。`
        if (ambiguousStores > 0)
          return `${places(ambiguousStores)}の保管先の記録には**外部の可能性がある行**[4]があり、${coverage}。`
        return logs === 'covered'
          ? `**外部のアクセスは見られず**[4]、${coverage}。`
          : `存在する記録に外部のアクセスは見られません[4]が、${coverage}。`
      },
      financial: ({ financial, notExamined, objectsNotRead }) => {
        const rest =
          objectsNotRead === 0
            ? ''
            : notExamined === null
              ? `${count(objectsNotRead)} ファイルは未読です[5]。`
              : `${count(objectsNotRead)} ファイル（${notExamined}）は未読です[5]。`
        return {
          'none-found': `読み取った範囲に金融情報はありません${rest === '' ? '[5]' : ''}。${rest}`,
          found: `**金融情報が含まれていました**[5]。${rest}`,
          'nothing-examined': `内容は何も読み取れていません${rest === '' ? '[5]' : ''}。${rest}`,
        }[financial]
      },
      untilDay: ({ notBefore, notAfter }) => {
        if (notBefore === null && notAfter === null) return '**不明な日**'
        if (notBefore === null) return `**遅くとも${day(notAfter!)}**`
        if (notAfter === null) return `**早くとも${day(notBefore)}**`
        return format.isSameDay(notBefore, notAfter) ? `**${day(notAfter)}**` : `**${between(notBefore, notAfter)}**`
      },
      fromDay: ({ notBefore, notAfter }) => {
        if (notBefore === null && notAfter === null) return '不明な日'
        if (notBefore === null) return `${day(notAfter!)}以前`
        if (notAfter === null) return `${day(notBefore)}以後`
        return format.isSameDay(notBefore, notAfter) ? day(notBefore) : between(notBefore, notAfter)
      },
    },
    rests: {
      linked: ({ overlap }) => (overlap > 0 ? `**名寄せ** 重複 ${count(overlap)} を除去` : '**名寄せ** 各人を一度だけ計上'),
      noPeople: '名寄せの対象となる記録なし',
      witnesses: (n) =>
        n === 0 ? '実証リクエストなし：公開の証明なし' : `**実証リクエスト ${count(n)} 件**、いずれもそのまま成功する`,
      configuration: ({ changes, files }) => `**構成変更 ${count(changes)} 件**（証拠 ${count(files)} ファイル）`,
      lines: ({ read, ambiguous, outsiders }) =>
        read === 0
          ? '証拠にこれらの保管先の**ログは一行もない**'
          : `**ログ ${count(read)} 行**、外部 ${count(outsiders)} 件。${ambiguous === 0 ? '曖昧な行なし' : `曖昧な ${count(ambiguous)} 行は最悪側で扱う`}`,
      contents: ({ read, of, bytes, notRead }) =>
        notRead === null
          ? `**${count(read)}/${count(of)} ファイル**・${bytes} を読取`
          : `**${count(read)}/${count(of)} ファイル**・${bytes} を読取、${notRead} は未読`,
    },
  }
}
