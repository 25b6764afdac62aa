import type { Words } from '../en.ts'
import type { Format } from '../format.ts'
import { japanesePhrases } from './phrases.ts'

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
  office_late: '当局 遅延報告',
  draft_individuals: '本人通知（案）',
  draft_regulator: '当局（案）',
  cac_summary: '他の当局 総括',
  hhs_annual: '当局 年次報告',
  records: '記録の保存',
}

/** Sections 4 to 7 in Japanese. */
export function japaneseResponse(format: Format): Pick<Words, 'access' | 'owed' | 'done' | 'changed'> {
  const { count, day, dayShort } = format
  const { list, places, dayOfMonth } = japanesePhrases(format)

  return {
    access: {
      finding: ({ read, listed, unknowable, dark, allDark }) => {
        const rest = unknowable > 0 ? `、${places(unknowable)}は知りえない` : dark ? '。記録のない時間が残る' : ''
        if (read > 0) return `外部の閲覧は${places(read)}で確認${rest}`
        if (allDark && listed === 0) return '外部の利用は知りえない。記録がない'
        if (listed > 0) return `外部の一覧取得は${places(listed)}で確認、取得の記録はない${rest}`
        return unknowable === 0 && !dark
          ? '全期間に記録があり、外部のアクセスはない'
          : `存在する記録に外部のアクセスはない${rest}`
      },
      none: '公開がないため、調べるアクセスもない',
      store: '保管先',
      conclusion: '結論',
      wording: '根拠が支える表現',
      covered: '網羅率',
      codes: {
        read: 'READ',
        listed: 'LIST',
        ambiguous: 'AMBIGUOUS',
        'silent-full': 'SILENT-FULL',
        'silent-part': 'SILENT-PART',
        dark: 'DARK',
        undecided: 'UNDECIDED',
      },
      sentence: ({ code, requests, outsiders, objects, covered }) =>
        ({
          read: `外部 ${count(outsiders)} 件から閲覧 ${count(requests)} 件、${count(objects)} ファイルを取得。`,
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
      states: {
        'configured-observed': '設定・記録あり',
        'configured-silent': '設定・無記録',
        'unconfirmed-edge': '境界約1時間',
        'not-configured': '未設定',
        missing: '消失',
        'late-pending': '遅延・未着',
      },
      outsiderRead: '外部の閲覧',
      caption: '外部からの利用者',
      table: {
        store: '保管先',
        who: '送信元',
        requests: '要求',
        reads: '閲覧',
        lists: '一覧',
        bytes: '容量',
        first: '最初',
        last: '最後',
      },
      omitted: (n) => `外部 ${count(n)} 件を省略`,
    },
    owed: {
      finding: ({ owed, judgement, of, due, day: dueDay }) => {
        const head =
          owed === 0 ? `${count(of)} 制度のうち義務と確定したものはない` : `${count(of)} 制度のうち義務は${places(owed)}`
        if (due > 0 && dueDay !== null) return `${head}。${dayOfMonth(dueDay)}に ${count(due)} 件の期限`
        if (owed > 0) return `${head}。残る義務に日数の定めはない`
        return judgement > 0 ? `${head}。${places(judgement)}は判断が必要` : head
      },
      overdue: ({ owed, of, late }) => `${count(of)} 制度のうち義務は${places(owed)}。${count(late)} 件は期限が過ぎた`,
      none: '進行中の期限はない。判明した範囲では何も始まっていない',
      unknown: '義務は不明。制度の確認がされていない',
      chart: '義務の期限',
      duty: ({ market: name, duty }) => `${name} · ${DUTIES[duty.duty] ?? RECIPIENTS[duty.recipient]}`,
      dutyName: (duty) => DUTIES[duty.duty] ?? RECIPIENTS[duty.recipient],
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
      standings: {
        owed: '義務あり',
        judgement: '判断が必要',
        'none-affected': '該当者なし',
        'not-assessed': '市場 未評価',
        voluntary: '任意',
        'not-in-force': '当時未施行',
        'no-residents': '居住者なし',
      },
      note: '法に日数がない場合、期限は表示せず経過日数のみ。',
      why: '適用の理由',
      captionDuties: '義務とその期限',
      captionRegimes: 'すべての制度と、該当・非該当の理由',
      table: {
        regime: '制度',
        market: '市場',
        duty: '義務',
        start: '起算',
        due: '期限',
        basis: '根拠',
        judgement: '人の判断が必要',
      },
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
      action: ({ plan, name }) =>
        ({
          proposed: `${name} の公開を遮断する`,
          'already-shut': `${name} の遮断を確かめる`,
          'read-first': `${name} の設定を先に読む`,
        })[plan.state],
      none: '計画は不要です。閉じるべき公開はありません。',
      table: {
        action: '対応',
        track: '計画→承認→適用→確認',
        breaks: '拒否される要求',
        check: '確認方法',
        wayBack: '戻し方',
        steps: '手順',
      },
      states: { proposed: '計画済み', 'already-shut': '証拠上すでに遮断', 'read-first': '読取が必要' },
      breaks: ({ who, requests }) => (who === 0 ? '該当なし' : `${count(who)} 者の ${count(requests)} 件`),
      steps: '手順とコマンド',
      stepTable: { plan: '計画', step: '手順', command: 'コマンド', check: '確認', wayBack: '戻し方' },
      rules: ({ violated, stores: n, undecided }) => {
        const head =
          violated === 0 ? 'データ取扱規程の違反はない' : `データ取扱規程の違反 ${count(violated)} 件（保管先 ${count(n)}）`
        return undecided > 0 ? `${head}。判定不能 ${count(undecided)} 件` : head
      },
      ruleTable: { rule: '規程', severity: '重大度', store: '保管先', outcome: '結果', because: '理由' },
      outcomes: { violated: '違反', undecided: '判定不能' },
      severities: { low: '低', medium: '中', high: '高', critical: '重大' },
    },
    changed: {
      finding: ({ from, to }) => `${dayOfMonth(from)}から${dayOfMonth(to)}に変わったこと、その理由`,
      sameDay: ({ from, to }) => `第${from}版から第${to}版に変わったこと、その理由`,
      first: '初版であり、比べる前の版はない',
      nothing: '前の版から変わったことはない',
      revisions: '版',
      revision: ({ revision, moment }) => `第${revision}版 ${day(moment)}`,
      arrived: ({ name, files, newFiles }) =>
        newFiles === files
          ? `${name}：証拠 ${count(files)} ファイル`
          : `${name}：証拠 ${count(files)} ファイル、新規 ${count(newFiles)}`,
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
