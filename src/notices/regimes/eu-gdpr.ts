import type { Regime } from './regime.ts'

/** European Union / EEA: Regulation (EU) 2016/679 Arts. 33-34; EDPB Guidelines 9/2022 and 01/2021. Verified 2026-11-22, confidence high. */
export const euGdpr: Regime = {
  id: 'EU-GDPR',
  jurisdiction: 'European Union / EEA',
  country: 'EU',
  law: 'Regulation (EU) 2016/679 Arts. 33-34; EDPB Guidelines 9/2022 and 01/2021',
  authority: 'Competent supervisory authority (lead SA, Art. 55-56)',
  status: 'in_force',
  effective: '2018-05-25',
  timezone: 'Europe/Brussels',
  trigger: {
    summary: 'Regulator: breach unless unlikely to result in a risk. Individuals: likely high risk.',
    tests: [
      { id: 'risk', duty: 'regulator', expr: { not: { judgement: 'risk_unlikely' } }, summary: 'Risk', basis: 'Art. 33(1)' },
      { id: 'high_risk', duty: 'individual', expr: { judgement: 'high_risk' }, summary: 'High risk', basis: 'Art. 34(1)' },
    ],
  },
  clocks: [
    {
      id: 'sa',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting:
        'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock; late report needs reasons; phases allowed (33(4))',
      basis: 'Art. 33(1)',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: null,
      force: 'without_undue_delay',
      counting: 'no number',
      basis: 'Art. 34(1)',
      condition: { test: 'high_risk' },
      rule: { kind: 'none' },
    },
  ],
  regulatorContent: [
    'what',
    'person_categories',
    'n_persons',
    'data_kinds',
    'n_records',
    'contact',
    'harm',
    'measures_taken',
    'measures_planned',
    'delay_reason',
  ],
  individualContent: ['what', 'contact', 'harm', 'measures_taken', 'steps'],
  individualForm: 'Clear and plain language; dedicated message (EDPB).',
  substituteNotice: 'Public communication or similar equally effective measure.',
  exceptions: [
    {
      id: 'encryption',
      effect: 'individual_waived',
      summary: 'Data unintelligible to unauthorised persons',
      basis: 'Art. 34(3)(a)',
    },
    {
      id: 'subsequent_measures',
      effect: 'individual_waived',
      summary: 'Later measures remove the high risk',
      basis: 'Art. 34(3)(b)',
    },
    {
      id: 'disproportionate',
      effect: 'public_notice_allowed',
      summary: 'Disproportionate effort -> public communication',
      basis: 'Art. 34(3)(c)',
    },
    { id: 'no_risk', effect: 'regulator_waived', summary: 'Unlikely to result in a risk', basis: 'Art. 33(1)' },
  ],
  languages: ['official language(s) of the SA / recipients'],
  processorDuty: 'Processor notifies controller without undue delay (33(2)).',
  sources: [
    { title: 'GDPR', section: 'Arts. 33-34', kind: 'primary' },
    { title: 'EDPB Guidelines 9/2022 v2.0', section: 'awareness', kind: 'regulator_guidance' },
    {
      title: 'Taylor Wessing on Digital Omnibus',
      section: 'proposal: 96h, high-risk only, ENISA single entry point',
      kind: 'secondary',
      url: 'https://www.taylorwessing.com.cn/en/global-data-hub/2026/the-digital-omnibus-proposal/gdh---the-digital-omnibus-and-incident-reporting',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: [
      'Digital Omnibus (COM proposal 19 Nov 2025; 96 h + high-risk threshold) not law as far as seen; keep as versioned future rule',
      "Reg. 1182/71 Art. 3(5) ('two days or more includes two working days') is argued by some to extend 72 h: do NOT rely on it",
    ],
  },
}
