import type { Regime } from './regime.ts'

/** South Korea: Personal Information Protection Act Art. 34; Enforcement Decree Arts. 39-40. Verified 2026-11-22, confidence medium-high. */
export const krPipa: Regime = {
  id: 'KR-PIPA',
  jurisdiction: 'South Korea',
  country: 'KR',
  law: 'Personal Information Protection Act Art. 34; Enforcement Decree Arts. 39-40',
  authority: 'Personal Information Protection Commission (PIPC) / KISA',
  status: 'in_force',
  effective: '2023-09-15',
  timezone: 'Asia/Seoul',
  trigger: {
    summary:
      "Individuals: any loss/theft/leak (2026 amendment: also forgery/alteration/damage, and 'possibility' of breach). Regulator: >=1,000 persons, or sensitive/unique-ID data, or illegal external access.",
    tests: [
      { id: 'any', duty: 'individual', expr: { always: true }, summary: 'Every leak', basis: 'Art. 34(1)' },
      {
        id: 'n1000',
        duty: 'regulator',
        expr: { gte: ['affected.count', 1000] },
        summary: '>= 1,000',
        basis: 'Decree Art. 40(1)1',
      },
      {
        id: 'kind',
        duty: 'regulator',
        expr: { any: [{ includesKind: 'sensitive' }, { includesKind: 'unique_id' }] },
        summary: 'Sensitive or unique identification information',
        basis: 'Decree Art. 40(1)2',
      },
      {
        id: 'external',
        duty: 'regulator',
        expr: { eq: ['cause.illegalExternalAccess', true] },
        summary: 'Illegal external access',
        basis: 'Decree Art. 40(1)3',
      },
    ],
  },
  clocks: [
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting: 'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock',
      basis: 'Decree Art. 39(1)',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'pipc',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting: 'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock',
      basis: 'Decree Art. 40(1)',
      rule: { kind: 'elapsed' },
    },
  ],
  regulatorContent: ['data_kinds', 'when_occurred', 'cause', 'steps', 'measures_taken', 'complaint', 'contact', 'n_persons'],
  individualContent: ['data_kinds', 'when_occurred', 'cause', 'steps', 'measures_taken', 'complaint', 'contact'],
  individualForm: 'Written incl. e-mail, text, phone, fax. If facts not confirmed: notify what is known, then supplement.',
  substituteNotice: 'No contact data: post on homepage >= 30 days (Decree Art. 39(3)).',
  exceptions: [
    {
      id: 'recovered',
      effect: 'regulator_waived',
      summary: 'Path identified and data recovered/deleted so that infringement is significantly less likely',
      basis: 'Decree Art. 40(1) proviso',
    },
    {
      id: 'urgent_containment',
      effect: 'delay',
      summary: 'Urgent measures to prevent spread, natural disaster',
      basis: 'Decree Art. 39(1)',
    },
  ],
  languages: ['ko'],
  processorDuty: 'Processor informs controller; same rules mutatis mutandis (Art. 26(8)).',
  sources: [
    {
      title: 'PIPA Art. 34 (English)',
      section: 'content items',
      kind: 'primary',
      url: 'https://prighter.com/resources/laws/korean-pipa/main/articles/article-34',
    },
    {
      title: 'DLA Piper DPLW KR',
      section: 'thresholds; 2026 amendment',
      kind: 'secondary',
      url: 'https://www.dlapiperdataprotection.com/?c=KR&t=breach-notification',
    },
    {
      title: 'Hunton on 2026 amendment (passed 12 Feb 2026, effect 6 months after enactment)',
      section: 'forgery; possibility',
      kind: 'secondary',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'medium-high',
    uncertain: [
      "2026 amendment: promulgated Mar 2026, so in force about Sep 2026; exact date and decree criteria for 'possibility' not verified",
    ],
  },
}
