import { ELEMENT_LABELS, elementInSentence } from './element-names.ts'
import type { Words } from './en.ts'
import type { Format } from './format.ts'

/** Markets whose common Japanese names are shorter than those of the data of Intl. */
const MARKETS: Readonly<Record<string, string>> = { AU: '豪州', NZ: 'NZ', UNKNOWN: '市場不明' }
const RECIPIENTS = { regulator: '当局', individual: '本人通知', public: '公表', other: '他の当局', internal: '評価' } as const
/** Duties that one regime has several of to the same recipient. */
const DUTIES: Readonly<Record<string, string>> = {
  prelim: '当局 速報',
  final: '当局 確報',
  final_malicious: '当局 確報（不正目的）',
  assess: '評価',
  statement: '当局 声明',
  supplement: '当局 追加報告',
  full: '当局 詳報',
}
const KANJI = ['零', '一つ', '二つ', '三つ', '四つ', '五つ', '六つ', '七つ', '八つ', '九つ']

/** Every sentence of the page in Japanese, written for it; identifiers, codes and file names stay as they are. */
export function japanese(format: Format): Words {
  const { count, day, dayShort } = format
  const market = (code: string): string => MARKETS[code] ?? format.market(code)
  const list = (items: readonly string[]): string => items.join('・')
  const places = (n: number): string => KANJI[n] ?? `${count(n)} か所`

  return {
    language: 'ja',
    format,
    elements: ELEMENT_LABELS.ja,
    element: (name) => elementInSentence('ja', name),
    market,

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
      printHead: ({ name, revision, knownAt, ledger }) => `事案 ${name} · 第${revision}版 · ${format.moment(knownAt)} 時点 · 台帳 ${ledger}`,
      ledger: (entries) => `台帳：${count(entries)} 件、先頭`,
      keys: '節へ移動',
      evidenceHeld: ({ files, bytes, accounts, resources }) => `証拠 ${count(files)} ファイル（${bytes}）、${count(accounts)} アカウントの ${count(resources)} リソースに基づく`,
    },

    title: ({ status, open, openUnread, undecided, named, audience }) => {
      if (open > 0) {
        const who = audience === 'any-identity' ? '事業者の全アカウント' : '誰にでも'
        const reach = status === 'open' ? `${who}開かれている` : `${who}開かれていた`
        const rest = openUnread > 0 ? `。ほか${places(openUnread)}は内容未読` : ''
        return `顧客データが${places(open)}の保管先で${reach}${rest}`
      }
      if (openUnread > 0) return `${places(openUnread)}の保管先が誰にでも開かれ、その内容は未読`
      if (undecided > 0) return `公開と証明された保管先はない。${places(undecided)}は判定不能`
      if (named > 0) return `顧客データが${places(named)}の保管先で特定の外部者に届く状態にあった`
      return '個人データのある保管先は公開されていない'
    },

    facts: {
      status: '状態',
      statusOf: ({ status, undecided }) =>
        ({ open: '公開中', undecided: '判定不能', 'shut-but-undecided': `遮断済み・${places(undecided)}は判定不能`, 'shut-notices-owed': '遮断済み・通知義務あり', shut: '遮断済み', 'nothing-found': '公開なし' })[status],
      severity: '重大度',
      severities: { 'very-high': '極めて高い', high: '高い', medium: '中', low: '低い', none: 'なし' },
      knownAt: '知見の時点',
      revision: '版',
      supersedes: (revision) => `第${revision}版を更新`,
      first: '初版',
      swept: '判定済み',
      sweptOf: ({ decided, resources }) => `${count(resources)} 件中 ${count(decided)} 件`,
      nextDue: '次の期限',
      noDue: '日数の定めなし',
      dueIn: ({ due, days }) => (days < 0 ? `${dayOfMonth(format, due)}（${count(-days)}日前）` : days === 0 ? `${dayOfMonth(format, due)}（本日）` : `${dayOfMonth(format, due)}（残り${count(days)}日）`),
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
        const from = opened === null ? '始まりは不明' : stores === 1 ? `**${opened}**[3]から` : `最も早い保管先は **${opened}**[3]から`
        const end = until === null ? '、**現在も続いています**[3]。' : stores === 1 ? `${until}[3]まで。` : `、最後の保管先は ${until}[3]まで。`
        return `${who}${reach}${from}${end}`
      },
      openWithoutPeople: ({ stores, unread }) =>
        unread > 0
          ? `${places(stores)}の保管先が**インターネット上の誰でも**[2]閲覧できる状態にあり、うち${places(unread)}は**内容が未読**です[5]。`
          : `${places(stores)}の保管先が**インターネット上の誰でも**[2]閲覧できる状態にありましたが、読み取った範囲に**個人データはありません**[5]。`,
      undecided: (n) => `${places(n)}の保管先に外部から届くかは**判定できません**[2]。公開の可能性ありと扱います。`,
      alsoUndecided: (n) => `ほか${places(n)}の保管先に外部から届くかは**判定できません**[2]。`,
      nothing: ({ read, notRead }) => `**公開されている保管先はありません。** 判定 ${count(read)} 件、未読 ${count(notRead)} 件。`,
      access: ({ readStores, listedStores, ambiguousStores, logs }) => {
        const coverage = {
          'mostly-dark': '期間の大半は**それを示しうる記録がありません**',
          'partly-dark': '期間の一部は**それを示しうる記録がありません**',
          covered: '記録は期間の全体にあります',
        }[logs]
        if (readStores > 0) return `${places(readStores)}の保管先では外部から**実際に閲覧**[4]があり、${coverage}。`
        if (listedStores > 0) return `${places(listedStores)}の保管先では外部から**ファイル名の一覧取得**[4]があり、${coverage}。`
        if (ambiguousStores > 0) return `${places(ambiguousStores)}の保管先の記録には**外部の可能性がある行**[4]があり、${coverage}。`
        return logs === 'covered' ? `**外部のアクセスは見られず**[4]、${coverage}。` : `存在する記録に外部のアクセスは見られません[4]が、${coverage}。`
      },
      financial: ({ financial, notExamined, objectsNotRead }) => {
        const rest = objectsNotRead === 0 ? '' : notExamined === null ? `${count(objectsNotRead)} ファイルは未読です[5]。` : `${count(objectsNotRead)} ファイル（${notExamined}）は未読です[5]。`
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
        return format.isSameDay(notBefore, notAfter) ? `**${day(notAfter)}**` : `**${between(format, notBefore, notAfter)}**`
      },
      fromDay: ({ notBefore, notAfter }) => {
        if (notBefore === null && notAfter === null) return '不明な日'
        if (notBefore === null) return `${day(notAfter!)}以前`
        if (notAfter === null) return `${day(notBefore)}以後`
        return format.isSameDay(notBefore, notAfter) ? day(notBefore) : between(format, notBefore, notAfter)
      },
    },
    rests: {
      linked: ({ overlap }) => (overlap > 0 ? `**名寄せ** 重複 ${count(overlap)} を除去` : '**名寄せ** 各人を一度だけ計上'),
      noPeople: '名寄せの対象となる記録なし',
      witnesses: (n) => (n === 0 ? '実証リクエストなし：到達は**未証明**' : `**実証リクエスト ${count(n)} 件**、いずれもそのまま成功する`),
      configuration: ({ changes, files }) => `**構成変更 ${count(changes)} 件**（証拠 ${count(files)} ファイル）`,
      lines: ({ read, ambiguous, outsiders }) =>
        read === 0 ? '証拠にこれらの保管先の**ログは一行もない**' : `**ログ ${count(read)} 行**、外部 ${count(outsiders)} 件。${ambiguous === 0 ? '曖昧な行なし' : `曖昧な ${count(ambiguous)} 行は最悪側で扱う`}`,
      contents: ({ read, of, bytes, notRead }) => (notRead === null ? `**${count(read)}/${count(of)} ファイル**・${bytes} を読取` : `**${count(read)}/${count(of)} ファイル**・${bytes} を読取、${notRead} は未読`),
    },

    when: {
      finding: ({ hours, logs }) => {
        const span = spanInWords(hours, count)
        return { 'mostly-dark': `最長${span}の公開。その大半は記録のない時間`, 'partly-dark': `最長${span}の公開。その一部は記録のない時間`, covered: `最長${span}の公開。その全期間に記録あり` }[logs]
      },
      undecided: (n) => `公開と証明された保管先はないが、${places(n)}は公開の可能性がある`,
      none: '公開されている保管先はない',
      empty: ({ read, notRead }) => `公開されている保管先はありません。判定 ${count(read)} 件、未読 ${count(notRead)} 件。未読の中に公開のものがある可能性は否定されていません。`,
      knewOn: '知見の日',
      chart: ({ stores, from, to }) => `公開期間、${places(stores)}の保管先、${from}〜${to}`,
      store: '保管先',
      distinctPeople: '実人数',
      head: (years) => `${count(years)}年`,
      tail: ({ months, factor }) => `${count(months)}か月（時間 × ${factor}）`,
      oneScale: '同一尺度',
      knewThis: (moment) => `${dayShort(moment)} の知見`,
      revisionOn: ({ moment, revision }) => `${dayShort(moment)} 第${revision}版`,
      audiences: { anyone: '誰でも', 'any-identity': '全アカウント', named: '特定の外部者', undecided: '判定不能' },
      accesses: { read: '閲覧', list: '一覧', write: '書込', delete: '削除', admin: '管理' },
      reach: ({ audience, accesses }) => `${audience} · ${accesses.join('・')}`,
      contents: { 'personal-data': '個人データ', 'none-found': '該当なし', 'partly-read': '一部未読', 'not-read': '未読', empty: '空' },
      hoursOpen: (hours) => `公開 ${count(hours)} 時間`,
      dark: (share) => (share === 0 ? '全時間に記録あり' : `うち ${format.percent(share)} が記録なし`),
      notReadLabel: ({ bytes, examined, objects }) => (bytes === null ? '内容未読' : `内容未読：${count(objects)} 件 ${bytes}、確認 ${examined}`),
      undecidedLabel: (why) => `判定不能：${why}`,
      undecidedPlain: '判定不能',
      shutNotKnown: '遮断未確認',
      stillOpen: '公開中',
      reads: (n) => `外部の閲覧 ${count(n)} 件`,
      legend: {
        open: '誰でも可。濃色：その時点の個人データ量',
        identity: '事業者の全アカウントに公開',
        named: '特定の外部者に公開',
        uncertain: '端は二つの限界の間',
        unread: '内容未読',
        undecided: '判定不能（公開扱い）',
        change: '構成変更',
        reads: '外部からの閲覧（高いほど多い）',
        observed: 'ログ：記録あり',
        silent: 'ログ：無記録',
        missing: 'ログ消失',
        pending: 'ログ遅延・未着',
        dark: '暗：記録しうるログなし',
      },
      table: { store: '保管先', audience: '公開の範囲', accesses: '権限', opened: '開始', closed: '終了', because: '理由', objects: '件数', bytes: '容量', people: '人数', covered: '記録' },
      caption: 'すべての公開期間と両端の根拠',
      bound: ({ notBefore, notAfter }) => {
        if (notBefore === null && notAfter === null) return '不明'
        if (notBefore === null) return `遅くとも ${format.moment(notAfter!)}`
        if (notAfter === null) return `早くとも ${format.moment(notBefore)}`
        return notBefore === notAfter ? format.moment(notBefore) : `${format.moment(notBefore)} から ${format.moment(notAfter)} の間`
      },
    },

    whose: {
      finding: ({ people, sets }) => (sets > 1 ? `実人数 ${count(people)} 人。項目は人により異なる` : `実人数 ${count(people)} 人。項目は全員同じ`),
      none: '読み取った範囲に個人のデータはない',
      noneText: ({ objects, notRead }) => (objects === 0 ? '証拠の中に公開されたオブジェクトはなく、読み取る対象がありません。' : `公開されたオブジェクト ${count(objects)} 件のうち ${count(notRead)} 件は読めず、誰のデータがあるか分かりません。`),
      byMarket: '市場別',
      oneScale: '同一尺度',
      marketChart: '市場別の人数',
      only: ({ store, people }) => `${store} のみ ${count(people)}`,
      inBoth: (n) => `両方に存在（一度だけ数える）${count(n)}`,
      inSeveral: (n) => `複数に存在（一度だけ数える）${count(n)}`,
      thin: '棒の細さは実寸',
      newHere: 'この版で追加',
      newAndThin: 'この版で追加。棒の細さは実寸',
      confirmedNone: '読取範囲で該当なしを確認',
      unplaced: '市場を示す証拠なし',
      others: (n) => `他${count(n)}市場`,
      unknown: '不明',
      notAssessed: (markets) => (markets.length > 3 ? `${list(markets.slice(0, 3))}ほか、未評価` : `${list(markets)}、未評価`),
      distinct: '実人数',
      notASum: (sum) => `保管先の単純合計 ${count(sum)} は人数ではない`,
      eachOnce: '複数の保管先にいる人はいない',
      certain: (n) => `端の不確かさによらず ${count(n)} 人`,
      combination: (name) => `組合せ別：${name}`,
      oneRow: '一人は一行のみ',
      ownScale: ({ market: name, times }) => `独自の尺度（${name}は ${count(times)} 倍の長さ）`,
      combinationChart: (name) => `項目の組合せ別の人数 ${name}`,
      moreCombinations: (n) => `他 ${count(n)} 通り`,
      moreMarkets: (n) => `他 ${count(n)} 市場は表に記載`,
      allElements: ({ people, elements, market: name, total }) => `${name}の ${count(total)} 人のうち ${count(elements)} 項目すべては ${count(people)} 人。通知には本人の項目だけを記す。`,
      nobodyAll: ({ elements, market: name }) => `${name}に ${count(elements)} 項目すべてが公開された人はいない。通知には本人の項目だけを記す。`,
      because: ({ claim, read, elements, examined, notRead }) => {
        const rest = notRead > 0 ? [`ほかに未読 ${count(notRead)} 件。`] : []
        switch (claim.claim) {
          case 'no-evidence-of-access':
            return claim.verdict === 'contradicted' ? [`外部のアクセスを確認：${list(read)}`] : claim.verdict === 'supported' ? ['全期間の記録に外部のアクセスはない。'] : ['記録が期間の全体にはなく、なかったとは言えない。']
          case 'cannot-identify-an-individual':
            return elements.length > 0 ? [`公開された項目：${list(elements)}`] : rest
          case 'no-financial-details':
            return [`読取 ${examined} のうち${claim.verdict === 'contradicted' ? '金融情報あり。' : 'カード番号なし。'}`, ...rest]
        }
      },
      claims: '公表内容と証拠の照合',
      said: '公表',
      evidence: '証拠',
      noClaims: '照合する公表内容はありません。外部に公開されたものがありません。',
      statements: { 'no-evidence-of-access': '「アクセスの証拠なし」', 'cannot-identify-an-individual': '「これだけでは個人を特定できない」', 'no-financial-details': '「金融情報なし」' },
      verdicts: { contradicted: '矛盾', 'not-supported': '裏付けなし', supported: '支持', undecided: '判定不能' },
      tableMarkets: '市場別の人数',
      tableSets: '項目の組合せ別の人数',
      tableStores: '保管先の組合せ別の人数',
      columns: { market: '市場', people: '人数', elements: '項目', stores: '保管先' },
    },

    files: {
      finding: ({ files, elements, complete }) => {
        const head = `ファイル ${count(files)} 件 × ${count(elements)} 項目`
        if (elements === 1) return head
        if (complete === 0) return `${head}：「全部ではなく一部」`
        return complete === files ? `${head}：全ファイルに全項目` : `${head}：全項目は ${count(complete)} 件のみ`
      },
      none: '個人データを含むと判明した公開ファイルはない',
      noneText: (notRead) => (notRead === 0 ? '公開されたオブジェクトはすべて読み取り、個人データはありませんでした。' : `公開されたオブジェクト ${count(notRead)} 件は未読で、内容は不明です。`),
      chart: ({ files, elements }) => `${count(files)} ファイル × ${count(elements)} 項目`,
      filesCount: (n) => `${count(n)} 件`,
      binned: ({ files, perColumn }) => `${count(files)} 件、一列 ${count(perColumn)} 件`,
      ofFiles: (n) => `/ ${count(n)} 件`,
      pointed: ({ records, people, elements }) => `${count(records)} 件・${count(people)} 人：${list(elements)}`,
      pointedRead: ({ records, people, elements }) => `外部が閲覧：${count(records)} 件・${count(people)} 人：${list(elements)}`,
      other: 'その他',
      omitted: (n) => `個人データを含むファイル ${count(n)} 件は計上済みで図には含まない`,
      legend: { scale: 'ファイル内の件数：1・10・100・1,000・10,000 以上', looked: '探索済み・なし', unread: '未読、または途中まで', column: '一列が一ファイル。系統ごとに大きい順' },
      caption: '個人データを含む公開ファイル',
      table: { file: 'ファイル', store: '保管先', format: '形式', size: '容量', status: '読取', records: '件数', people: '人数', elements: '項目' },
      status: { read: '全体', 'partly-read': '一部', 'not-read': '未読' },
      unread: (n) => `読めなかったもの：${count(n)} 件`,
      unreadTable: { what: '対象', happened: '起きたこと', lost: 'そのために不明なこと' },
    },

    access: {
      finding: ({ read, listed, unknowable, dark }) => {
        const rest = unknowable > 0 ? `、${places(unknowable)}は知りえない` : dark ? '。記録のない時間が残る' : ''
        if (read > 0) return `外部の閲覧は${places(read)}で確認${rest}`
        if (listed > 0) return `外部の一覧取得は${places(listed)}で確認、取得の記録はない${rest}`
        return unknowable === 0 && !dark ? '全期間に記録があり、外部のアクセスはない' : `存在する記録に外部のアクセスはない${rest}`
      },
      none: '公開がないため、調べるアクセスもない',
      store: '保管先',
      conclusion: '結論',
      wording: '根拠が支える表現',
      covered: '網羅率',
      codes: { read: 'READ', listed: 'LIST', ambiguous: 'AMBIGUOUS', 'silent-full': 'SILENT-FULL', 'silent-part': 'SILENT-PART', dark: 'DARK', undecided: 'UNDECIDED' },
      sentence: ({ code, requests, outsiders, objects, covered }) =>
        ({
          read: `外部 ${count(outsiders)} 件からリクエスト ${count(requests)} 件、${count(objects)} ファイルを取得。`,
          listed: `外部 ${count(outsiders)} 件がファイル名を一覧。取得の記録はない。`,
          ambiguous: '外部の可能性がある曖昧な行がある。最悪側で扱う。',
          'silent-full': '二系統の記録が全期間にあり、外部のアクセスはない。',
          'silent-part': `存在するログに外部なし。公開時間の ${format.percent(covered)} のみで、完全性は保証されない。`,
          dark: '記録しうるログなし。何も結論できない。',
          undecided: '到達性は判定不能。閲覧の可能性ありと扱う。',
        })[code],
      hourly: (store) => `${store} 時間別`,
      hourlyChart: (store) => `${store} の時間別ログ網羅`,
      noHours: 'これらの保管先のログは証拠になく、描ける時間がありません。',
      fetched: ({ moment, reads }) => `${format.momentUtc(moment)}：${count(reads)} 件取得`,
      states: { 'configured-observed': '設定・記録あり', 'configured-silent': '設定・無記録', 'unconfirmed-edge': '境界約1時間', 'not-configured': '未設定', missing: '消失', 'late-pending': '遅延・未着' },
      outsiderRead: '外部の閲覧',
      caption: '外部からの利用者',
      table: { store: '保管先', who: '送信元', requests: '要求', reads: '閲覧', lists: '一覧', bytes: '容量', first: '最初', last: '最後' },
      omitted: (n) => `外部 ${count(n)} 件を省略`,
    },

    owed: {
      finding: ({ owed, judgement, of, due, day: dueDay }) => {
        const head = owed === 0 ? `${count(of)} 制度のうち義務と確定したものはない` : `${count(of)} 制度のうち義務は${places(owed)}`
        if (due > 0 && dueDay !== null) return `${head}。${dayOfMonth(format, dueDay)}に ${count(due)} 件の期限`
        if (owed > 0) return `${head}。残る義務に日数の定めはない`
        return judgement > 0 ? `${head}。${places(judgement)}は判断が必要` : head
      },
      overdue: ({ owed, of, late }) => `${count(of)} 制度のうち義務は${places(owed)}。${count(late)} 件は期限が過ぎた`,
      none: '進行中の期限はない。判明した範囲では何も始まっていない',
      unknown: '義務は不明。制度の確認がされていない',
      chart: '義務の期限',
      duty: ({ market: name, duty }) => `${name} · ${DUTIES[duty.duty] ?? RECIPIENTS[duty.recipient]}`,
      recipients: RECIPIENTS,
      days: (n) => `起算から ${count(n)} 日`,
      noNumber: (force) => `${force}（日数の定めなし）`,
      forces: {
        as_soon_as_practicable: '実行可能な限り早く',
        as_soon_as_feasible: '可能な限り早く',
        as_soon_as_possible: '可能な限り早く',
        without_delay: '遅滞なく',
        without_undue_delay: '不当な遅滞なく',
        promptly: '速やかに',
        promptly_by_situation: '速やかに',
        immediately: '直ちに',
        guidance: '指針による',
        hard: '法定',
        as_needed: '必要な場合',
      },
      dueIn: (days) => (days === 0 ? '本日期限' : `残り${count(days)}日`),
      past: (days) => `${count(days)}日前に期限`,
      dayCount: (n) => `${count(n)}日目`,
      allRegimes: (n) => `${count(n)} 制度と非該当の理由`,
      standings: { owed: '義務あり', judgement: '判断が必要', 'none-affected': '該当者なし', 'not-assessed': '市場 未評価', voluntary: '任意', 'not-in-force': '当時未施行', 'no-residents': '居住者なし' },
      note: '法に日数がない場合、期限は表示せず経過日数のみ。',
      why: '適用の理由',
      captionDuties: '義務とその期限',
      captionRegimes: 'すべての制度と、該当・非該当の理由',
      table: { regime: '制度', market: '市場', duty: '義務', start: '起算', due: '期限', basis: '根拠', judgement: '人の判断が必要' },
      regimeTable: { regime: '制度', jurisdiction: '法域', standing: '状況', because: '理由' },
      drafts: (n) => `通知の下書き：${count(n)} 件`,
      draft: ({ market: name, people, elements }) => `${name} ${count(people)} 人：${list(elements)}`,
    },

    done: {
      finding: ({ shut, proposed, readFirst }) => {
        const parts = [
          ...(proposed > 0 ? [`${places(proposed)}はまだ公開中で計画あり`] : []),
          ...(shut > 0 ? [`${places(shut)}は遮断済み`] : []),
          ...(readFirst > 0 ? [`${places(readFirst)}は未読`] : []),
        ]
        return parts.length === 0 ? '閉じるべきものはない' : parts.join('、')
      },
      action: ({ plan, name }) => ({ proposed: `${name} の公開を遮断する`, 'already-shut': `${name}：遮断済み`, 'read-first': `${name} の設定を先に読む` })[plan.state],
      none: '計画は不要です。閉じるべき公開はありません。',
      table: { action: '対応', track: '計画→承認→適用→確認', breaks: '拒否される要求', check: '確認方法', wayBack: '戻し方', id: '計画' },
      states: { proposed: '計画済み', 'already-shut': '証拠上すでに遮断', 'read-first': '読取が必要' },
      breaks: ({ who, requests }) => (who === 0 ? '該当なし' : `${count(who)} 者の ${count(requests)} 件`),
      steps: '手順とコマンド',
      stepTable: { plan: '計画', step: '手順', command: 'コマンド', check: '確認', wayBack: '戻し方' },
      rules: ({ violated, stores: n, undecided }) => {
        const head = violated === 0 ? 'データ取扱規程の違反はない' : `データ取扱規程の違反 ${count(violated)} 件（保管先 ${count(n)}）`
        return undecided > 0 ? `${head}。判定不能 ${count(undecided)} 件` : head
      },
      ruleTable: { rule: '規程', severity: '重大度', store: '保管先', outcome: '結果', because: '理由' },
      outcomes: { violated: '違反', undecided: '判定不能' },
      severities: { low: '低', medium: '中', high: '高', critical: '重大' },
    },

    changed: {
      finding: ({ from, to }) => `${dayOfMonth(format, from)}から${dayOfMonth(format, to)}に変わったこと、その理由`,
      sameDay: ({ from, to }) => `第${from}版から第${to}版に変わったこと、その理由`,
      first: '初版であり、比べる前の版はない',
      nothing: '前の版から変わったことはない',
      revisions: '版',
      revision: ({ revision, moment }) => `第${revision}版 ${day(moment)}`,
      arrived: ({ name, files, newFiles }) => (newFiles === files ? `${name}：証拠 ${count(files)} ファイル` : `${name}：証拠 ${count(files)} ファイル、新規 ${count(newFiles)}`),
      field: '項目',
      change: '変更',
      column: ({ moment, revision }) => (moment === null ? `第${revision}版` : `${dayShort(moment)} 第${revision}版`),
      why: '理由',
      kinds: { added: '追加', removed: '削除', changed: '変更', same: '同じ' },
      fields: { people: '人数', unread: '未読', exposure: (name) => name, access: (name) => `閲覧 ${name}` },
      more: (n) => `他 ${count(n)} 件の変更は事案データに記載`,
    },
  }
}

function dayOfMonth(format: Format, moment: string): string {
  const { month, day } = format.parts(moment)
  return `${month}月${day}日`
}

/** As much of the second day as differs from the first. */
function between(format: Format, from: string, to: string): string {
  const a = format.parts(from)
  const b = format.parts(to)
  const end = a.year !== b.year ? format.day(to) : a.month !== b.month ? `${b.month}月${b.day}日` : `${b.day}日`
  return `${format.day(from)}から${end}の間`
}

/** Rounded up: 「最長」must hold. */
function spanInWords(hours: number, count: (n: number) => string): string {
  if (hours < 48) return `${count(Math.max(1, Math.ceil(hours)))}時間`
  const days = hours / 24
  if (days < 60) return `${count(Math.ceil(days))}日`
  if (days < 730) return `${count(Math.ceil(days / 30.44))}か月`
  const halves = Math.ceil((days / 365.2425) * 2)
  return halves % 2 === 0 ? `${count(halves / 2)}年` : `${count((halves - 1) / 2)}年半`
}
