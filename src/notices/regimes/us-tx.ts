import type { Regime } from './regime.ts'

/** United States - Texas: Tex. Bus. & Com. Code 521.053. Verified 2026-11-22, confidence high. */
export const usTx: Regime = {
  id: 'US-TX',
  jurisdiction: 'United States - Texas',
  country: 'US',
  region: 'US-TX',
  law: 'Tex. Bus. & Com. Code 521.053',
  authority: 'Texas Attorney General',
  status: 'in_force',
  effective: '2023-09-01',
  timezone: 'America/Chicago',
  trigger: {
    summary: "Unauthorised acquisition compromising 'sensitive personal information'.",
    tests: [
      {
        id: 'tx_spi',
        duty: 'individual',
        expr: { includesKind: 'us_tx_sensitive_personal_information' },
        summary: 'Statutory elements',
        basis: '521.002',
      },
      {
        id: 'ag_250',
        requires: 'tx_spi',
        duty: 'regulator',
        expr: { gte: ['affected.countByRegion.US-TX', 250] },
        summary: '>= 250 residents',
        basis: '521.053(i)',
      },
    ],
  },
  clocks: [
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'determination',
      duration: { value: 60, unit: 'calendar_days' },
      force: 'hard',
      counting: '60th day after determining the breach occurred',
      basis: '521.053(b)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'ag',
      recipient: 'regulator',
      stage: 'initial',
      start: 'determination',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting: 'as soon as practicable, not later than 30 days; electronic form',
      basis: '521.053(i)',
      condition: { test: 'ag_250' },
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
  ],
  regulatorContent: ['what', 'n_persons', 'measures_taken', 'measures_planned', 'notified_state', 'others_told'],
  individualContent: ['what', 'data_kinds', 'contact'],
  individualForm: 'Written or electronic (E-SIGN).',
  substituteNotice: '> $250,000 / > 500,000: e-mail, website, statewide media.',
  exceptions: [
    { id: 'encryption', effect: 'not_notifiable', summary: 'Encrypted without key', basis: '521.053(a)' },
    { id: 'law_enforcement', effect: 'delay', summary: 'Law enforcement', basis: '521.053(d)' },
  ],
  languages: ['en'],
  processorDuty: 'Maintainer notifies owner immediately.',
  sources: [
    {
      title: 'ComplyDome on Texas 250',
      section: '30 days AG',
      kind: 'secondary',
      url: 'https://www.complydome.com/compliance-resources/hb300-vs-hipaa-breach-notification-understanding-the-250-resident-threshold-for-texas-clinics',
    },
    { title: 'Tex. Bus. & Com. Code 521.053', section: '(b),(i)', kind: 'primary' },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: [],
  },
}
