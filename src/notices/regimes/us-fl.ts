import type { Regime } from './regime.ts'

/** United States - Florida: Fla. Stat. 501.171. Verified 2026-11-22, confidence medium. */
export const usFl: Regime = {
  id: 'US-FL',
  jurisdiction: 'United States - Florida',
  country: 'US',
  region: 'US-FL',
  law: 'Fla. Stat. 501.171',
  authority: 'State Attorney General / Legal Affairs',
  status: 'in_force',
  effective: '2020-03-01',
  timezone: 'America/New_York',
  trigger: {
    summary: 'Statutory data elements of residents.',
    tests: [
      {
        id: 'pi',
        duty: 'individual',
        expr: { includesKind: 'us_state_personal_information' },
        summary: 'Statutory elements',
        basis: '501.171(3)-(4)',
      },
      {
        id: 'ag',
        requires: 'pi',
        duty: 'regulator',
        expr: { gte: ['affected.countByRegion.US-FL', 500] },
        summary: '>= 500 residents',
        basis: '501.171(3)-(4)',
      },
    ],
  },
  clocks: [
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'determination',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting: 'calendar days',
      basis: '501.171(3)-(4)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'ag',
      recipient: 'regulator',
      stage: 'initial',
      start: 'determination',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting: 'calendar days',
      basis: '501.171(3)-(4)',
      condition: { test: 'ag' },
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
  ],
  regulatorContent: ['what', 'n_persons', 'sample', 'measures_taken', 'when_occurred'],
  individualContent: ['when_occurred', 'data_kinds', 'contact', 'agencies_info'],
  individualForm: 'Written or e-mail.',
  substituteNotice: 'Website + media if costly / no contact data.',
  exceptions: [
    {
      id: 'no_harm',
      effect: 'waived',
      summary:
        'no-harm determination after consulting law enforcement, in writing to the Department in 30 days; +15 days for good cause',
      basis: '501.171(3)-(4)',
    },
    { id: 'encryption', effect: 'not_notifiable', summary: 'Encrypted, key not taken', basis: '501.171(3)-(4)' },
  ],
  languages: ['en'],
  processorDuty: 'Third-party agent notifies owner (FL: 10 days).',
  sources: [{ title: 'Fla. Stat. 501.171', section: '', kind: 'primary' }],
  verification: {
    lastVerified: '2026-11-22',
    method: 'prior knowledge; not re-read',
    confidence: 'medium',
    uncertain: ['Not re-read'],
  },
}
