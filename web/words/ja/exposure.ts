import type { Words } from '../en.ts'
import type { Format } from '../format.ts'
import { japanesePhrases } from './phrases.ts'

/** Sections 1 to 3 in Japanese. */
export function japaneseExposure(format: Format): Pick<Words, 'when' | 'whose' | 'files'> {
  const { count, dayShort } = format
  const { list, places, spanInWords } = japanesePhrases(format)

  return {
    when: {
      finding: ({ hours, logs }) => {
        const span = spanInWords(hours)
        return {
          'mostly-dark': `最長${span}の公開。その大半は記録のない時間`,
          'partly-dark': `最長${span}の公開。その一部は記録のない時間`,
          'all-dark': `最長${span}の公開。その間の記録はない`,
          covered: `最長${span}の公開。その全期間に記録あり`,
        }[logs]
      },
      undecided: (n) => `公開と証明された保管先はないが、${places(n)}は公開の可能性がある`,
      none: '公開されている保管先はない',
      empty: ({ read, notRead, undecided }) =>
        `公開されている保管先はありません。判定 ${count(read)} 件、${undecided > 0 ? `判定不能 ${count(undecided)} 件、` : ''}未読 ${count(notRead)} 件。未読の中に公開のものがある可能性は否定されていません。`,
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
      contents: {
        'personal-data': '個人データ',
        'none-found': '該当なし',
        'partly-read': '一部未読',
        'not-read': '未読',
        empty: '空',
      },
      hoursOpen: (hours) => `公開 ${count(hours)} 時間`,
      dark: (share) => (share === 0 ? '全時間に記録あり' : `うち ${format.percent(share)} が記録なし`),
      notReadLabel: ({ bytes, examined, objects }) =>
        bytes === null ? '内容未読' : `内容未読：${count(objects)} 件 ${bytes}、確認 ${examined}`,
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
      table: {
        store: '保管先',
        audience: '公開の範囲',
        accesses: '権限',
        opened: '開始',
        closed: '終了',
        because: '理由',
        objects: '件数',
        bytes: '容量',
        people: '人数',
        covered: '記録',
      },
      caption: 'すべての公開期間と両端の根拠',
      bound: ({ notBefore, notAfter }) => {
        if (notBefore === null && notAfter === null) return '不明'
        if (notBefore === null) return `遅くとも ${format.moment(notAfter!)}`
        if (notAfter === null) return `早くとも ${format.moment(notBefore)}`
        return notBefore === notAfter
          ? format.moment(notBefore)
          : `${format.moment(notBefore)} から ${format.moment(notAfter)} の間`
      },
    },
    whose: {
      finding: ({ people, sets }) =>
        sets > 1 ? `実人数 ${count(people)} 人。項目は人により異なる` : `実人数 ${count(people)} 人。項目は全員同じ`,
      none: '読み取った範囲に個人のデータはない',
      noneText: ({ objects, notRead }) =>
        objects === 0
          ? '証拠の中に公開されたオブジェクトはなく、読み取る対象がありません。'
          : `公開されたオブジェクト ${count(objects)} 件のうち ${count(notRead)} 件は読めず、誰のデータがあるか分かりません。`,
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
      ownScale: ({ market: name, times }) => (times > 1 ? `独自の尺度（${name}は ${count(times)} 倍の長さ）` : '独自の尺度'),
      combinationChart: (name) => `項目の組合せ別の人数 ${name}`,
      moreCombinations: (n) => `他 ${count(n)} 通り`,
      moreMarkets: (n) => `他 ${count(n)} 市場は表に記載`,
      allElements: ({ people, elements, market: name, total }) =>
        `${name}の ${count(total)} 人のうち ${count(elements)} 項目すべては ${count(people)} 人。通知には本人の項目だけを記す。`,
      nobodyAll: ({ elements, market: name }) =>
        `${name}に ${count(elements)} 項目すべてが公開された人はいない。通知には本人の項目だけを記す。`,
      because: ({ claim, read, elements, examined, notRead }) => {
        const rest = notRead > 0 ? [`ほかに未読 ${count(notRead)} 件。`] : []
        switch (claim.claim) {
          case 'no-evidence-of-access':
            return claim.verdict === 'contradicted'
              ? [`外部のアクセスを確認：${list(read)}`]
              : claim.verdict === 'supported'
                ? ['全期間の記録に外部のアクセスはない。']
                : ['記録が期間の全体にはなく、なかったとは言えない。']
          case 'cannot-identify-an-individual':
            return elements.length > 0 ? [`公開された項目：${list(elements)}`] : rest
          case 'no-financial-details':
            return [`読取 ${examined} のうち${claim.verdict === 'contradicted' ? '金融情報あり。' : 'カード番号なし。'}`, ...rest]
        }
      },
      claims: '公表内容と証拠の照合',
      said: '公表',
      evidence: '証拠',
      noClaims: '照合する公表内容はありません。',
      statements: {
        'no-evidence-of-access': '「アクセスの証拠なし」',
        'cannot-identify-an-individual': '「これだけでは個人を特定できない」',
        'no-financial-details': '「金融情報なし」',
      },
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
      noneText: ({ objects, notRead }) =>
        objects === 0
          ? '証拠の中に公開されたオブジェクトはありません。'
          : notRead === 0
            ? '公開されたオブジェクトはすべて読み取り、個人データはありませんでした。'
            : `公開されたオブジェクト ${count(notRead)} 件は未読で、内容は不明です。`,
      chart: ({ files, elements }) => `${count(files)} ファイル × ${count(elements)} 項目`,
      filesCount: (n) => `${count(n)} 件`,
      binned: ({ files, perColumn }) => `${count(files)} 件、一列 ${count(perColumn)} 件`,
      ofFiles: (n) => `/ ${count(n)} 件`,
      pointed: ({ records, people, elements }) => `${count(records)} 件・${count(people)} 人：${list(elements)}`,
      pointedRead: ({ records, people, elements }) => `外部が閲覧：${count(records)} 件・${count(people)} 人：${list(elements)}`,
      other: 'その他',
      allFiles: '全ファイル',
      omitted: (n) => `個人データを含むファイル ${count(n)} 件は計上済みで図には含まない`,
      legend: {
        scale: 'ファイル内の件数：1・10・100・1,000・10,000 以上',
        looked: '探索済み・なし',
        unread: '未読、または途中まで',
        column: '一列が一ファイル。系統ごとに大きい順',
      },
      caption: '個人データを含む公開ファイル',
      table: {
        file: 'ファイル',
        store: '保管先',
        format: '形式',
        size: '容量',
        status: '読取',
        records: '件数',
        people: '人数',
        elements: '項目',
      },
      status: { read: '全体', 'partly-read': '一部', 'not-read': '未読' },
      unread: (n) => `読めなかったもの：${count(n)} 件`,
      unreadTable: { what: '対象', happened: '起きたこと', lost: 'そのために不明なこと' },
    },
  }
}
