import type { Regime } from './regime.ts'

/** Vietnam: Law on Personal Data Protection 91/2025/QH15 Art. 23; Decree 356/2025/ND-CP. Verified 2026-11-22, confidence low. */
export const vnPdpl: Regime = {
  id: 'VN-PDPL',
  jurisdiction: 'Vietnam',
  country: 'VN',
  law: 'Law on Personal Data Protection 91/2025/QH15 Art. 23; Decree 356/2025/ND-CP',
  authority: 'Ministry of Public Security (A05)',
  status: 'in_force',
  effective: '2026-01-01',
  timezone: 'Asia/Ho_Chi_Minh',
  trigger: {
    summary:
      'Violation of PDP rules that may harm national defence/security, social order, or life, health, honour, dignity, property of data subjects.',
    tests: [{ id: 'harm', duty: 'regulator', expr: { judgement: 'vn_harm' }, summary: '', basis: 'Art. 23(1)' }],
  },
  clocks: [
    {
      id: 'a05',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting:
        'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock from detection; late report gives reasons',
      basis: 'Art. 23(1)',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'uncertain',
      counting: 'for certain sensitive data (e.g. location, biometrics) by Decree 356',
      basis: 'Decree 356/2025',
      rule: { kind: 'elapsed' },
    },
  ],
  regulatorContent: ['what', 'when_occurred', 'data_kinds', 'n_persons', 'harm', 'measures_taken', 'contact'],
  individualContent: ['what', 'data_kinds', 'harm', 'measures_taken', 'contact'],
  individualForm: '-',
  substituteNotice: '-',
  exceptions: [],
  languages: ['vi'],
  processorDuty: 'Processor informs controller.',
  sources: [
    {
      title: 'LuatVietnam: Decree 356/2025/ND-CP (elaborates Art. 23(5))',
      section: 'scope article',
      kind: 'primary_excerpt',
      url: 'https://english.luatvietnam.vn/decree-no-356-2025-nd-cp-dated-december-31-2025-of-the-government-detailing-a-number-of-articles-and-measures-for-the-implementation-of-the-law-on-p-422896-doc1.html',
    },
    {
      title: 'RecordingLaw VN guide',
      section: 'law effective 2026-01-01',
      kind: 'secondary',
      url: 'https://www.recordinglaw.com/world-laws/world-data-privacy-laws/vietnam-data-privacy-laws/',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'low',
    uncertain: ['72 h and trigger wording from memory; individual notice rule unverified; DLA Piper page is stale (pre-2026)'],
  },
}
