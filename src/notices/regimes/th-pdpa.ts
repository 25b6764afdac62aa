import type { Regime } from './regime.ts'

/** Thailand: Personal Data Protection Act B.E. 2562 s 37(4); PDPC Notification on Criteria and Methods of Breach Notification B.E. 2565 (15 Dec 2022). Verified 2026-11-22, confidence medium-high. */
export const thPdpa: Regime = {
  id: 'TH-PDPA',
  jurisdiction: 'Thailand',
  country: 'TH',
  law: 'Personal Data Protection Act B.E. 2562 s 37(4); PDPC Notification on Criteria and Methods of Breach Notification B.E. 2565 (15 Dec 2022)',
  authority: 'Office of the Personal Data Protection Committee',
  status: 'in_force',
  effective: '2022-12-15',
  timezone: 'Asia/Bangkok',
  trigger: {
    summary: 'Any breach unless no risk to rights and freedoms; individuals if high risk.',
    tests: [
      {
        id: 'risk',
        duty: 'regulator',
        expr: { not: { judgement: 'no_risk' } },
        summary: 'Notify unless no risk',
        basis: 's 37(4)',
      },
      { id: 'high_risk', duty: 'individual', expr: { judgement: 'high_risk' }, summary: 'High risk', basis: 's 37(4)' },
    ],
  },
  clocks: [
    {
      id: 'office',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting:
        "exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock; 'to the extent feasible'",
      basis: 's 37(4)',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'office_late',
      recipient: 'regulator',
      stage: 'late_with_reason',
      start: 'awareness',
      duration: { value: 15, unit: 'calendar_days' },
      force: 'hard',
      counting: 'if unavoidable necessity: explain and notify within 15 days of awareness',
      basis: 'Notification 2022 cl. 7 (number uncertain)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: null,
      force: 'without_delay',
      counting: 'together with remedial measures',
      basis: 's 37(4)',
      condition: { test: 'high_risk' },
      rule: { kind: 'none' },
    },
  ],
  regulatorContent: ['what', 'n_persons', 'n_records', 'contact', 'harm', 'measures_taken'],
  individualContent: ['what', 'contact', 'harm', 'measures_taken', 'steps'],
  individualForm: 'Written or electronic.',
  substituteNotice: 'If individual contact impossible: public media, social media or other accessible means (Notification 2022).',
  exceptions: [
    { id: 'no_risk', effect: 'not_notifiable', summary: 'No risk; keep the assessment record', basis: 's 37(4); cl. 12 factors' },
    {
      id: 'technical_measures',
      effect: 'factor',
      summary: 'Effective technical/organisational measures count in risk',
      basis: 'cl. 12',
    },
  ],
  languages: ['th', 'en'],
  processorDuty: 'Processor notifies controller without delay, within 72 h where contract/notification so provides (s 40(2)).',
  sources: [
    {
      title: 'DLA Piper Privacy Matters Feb 2025',
      section: '72h, 15 days, s 12 factors',
      kind: 'secondary',
      url: 'https://privacymatters.dlapiper.com/2025/02/thailand-pdpcs-clarification-on-personal-data-breach-notification/',
    },
    {
      title: 'IAPP: PDPC clarifies',
      section: 's 37(4), s 5(3)',
      kind: 'secondary',
      url: 'https://iapp.org/news/a/thailand-s-pdpc-clarifies-data-breach-notification-requirements',
    },
    { title: 'PDPA B.E. 2562', section: 's 37(4)', kind: 'primary' },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'medium-high',
    uncertain: ['Clause numbers of the 2022 Notification'],
  },
}
