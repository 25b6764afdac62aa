import type { Regime } from './regime.ts'

/** Taiwan: Personal Data Protection Act Art. 12; Enforcement Rules Art. 22; (2025 amendment + draft Notification/Reporting Regulations, Jan 2026). Verified 2026-11-22, confidence medium. */
export const twPdpa: Regime = {
  id: 'TW-PDPA',
  jurisdiction: 'Taiwan',
  country: 'TW',
  law: 'Personal Data Protection Act Art. 12; Enforcement Rules Art. 22; (2025 amendment + draft Notification/Reporting Regulations, Jan 2026)',
  authority: 'Personal Data Protection Commission (Preparatory Office) / sector authorities',
  status: 'in_force_amendment_pending',
  effective: '2012-10-01',
  timezone: 'Asia/Taipei',
  trigger: {
    summary:
      'Personal data stolen, altered, damaged, destroyed or disclosed. Current: notify individuals after facts ascertained. Amended Art. 12 (promulgated 2025-11-11, effective date set by Executive Yuan): notify on awareness; report if prescribed criteria.',
    tests: [
      { id: 'individual', duty: 'individual', expr: { always: true }, summary: 'Any breach', basis: 'Art. 12' },
      {
        id: 'draft_report',
        duty: 'regulator',
        expr: {
          any: [{ gte: ['affected.count', 100] }, { includesKind: 'special_category' }, { gte: ['system.recordsHeld', 10000] }],
        },
        summary: 'DRAFT: >=100 persons, special categories, or system holding >=10,000 records',
        basis: 'Draft Regulations 2026-01-22',
      },
    ],
  },
  clocks: [
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'facts_ascertained',
      duration: null,
      force: 'appropriate_means_after_investigation',
      counting: 'current law',
      basis: 'Art. 12 (current)',
      rule: { kind: 'none' },
    },
    {
      id: 'draft_individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'draft',
      counting: 'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock',
      basis: 'Draft Regulations 2026',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'draft_regulator',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'draft',
      counting:
        'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock; +48h supplement after disaster',
      basis: 'Draft Regulations 2026',
      rule: { kind: 'elapsed' },
    },
  ],
  regulatorContent: ['what', 'when_occurred', 'data_kinds', 'n_persons', 'measures_taken', 'contact'],
  individualContent: ['what', 'when_occurred', 'data_kinds', 'measures_taken', 'contact', 'complaint'],
  individualForm: 'Words, writing, phone, SMS, e-mail, fax, electronic.',
  substituteNotice: 'Disproportionate cost: internet/media; draft: display >= 30 consecutive days.',
  exceptions: [
    {
      id: 'draft_safeguards',
      effect: 'public_notice_allowed',
      summary: 'Draft: no special categories and safeguards make data inaccessible -> public disclosure allowed',
      basis: 'Draft Regulations 2026',
    },
  ],
  languages: ['zh-Hant'],
  processorDuty: 'Entrusted agency is deemed the principal (Art. 4).',
  sources: [
    {
      title: 'PDPC: PDPA Art. 12 / Rules Art. 22',
      section: 'content & means',
      kind: 'primary',
      url: 'https://www.pdpc.gov.tw/en/News_Content/169/741/',
    },
    {
      title: 'Jones Day Dec 2025',
      section: 'amended Art. 12',
      kind: 'secondary',
      url: 'https://www.jonesday.com/en/insights/2025/12/taiwan-passes-major-amendments-to-the-personal-data-protection-act',
    },
    {
      title: 'Digital Policy Alert: draft Measures',
      section: '72h, 100 persons, 10,000 records',
      kind: 'secondary',
      url: 'https://digitalpolicyalert.org/event/37330-personal-data-protection-commission-preparatory-office-closes-consultation-on-draft-personal-data-incident-notification-reporting-and-response-measures',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'stored copy of a public page read',
    confidence: 'medium',
    uncertain: ['Whether the amendment or final Regulations took effect before 2026-11-22; sector rules (often 72 h) exist'],
  },
}
