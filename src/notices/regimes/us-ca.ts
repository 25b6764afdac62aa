import type { Regime } from './regime.ts'

/** United States - California: Cal. Civ. Code 1798.82 (as amended by SB 446). Verified 2026-11-22, confidence high. */
export const usCa: Regime = {
  id: 'US-CA',
  jurisdiction: 'United States - California',
  country: 'US',
  region: 'US-CA',
  law: 'Cal. Civ. Code 1798.82 (as amended by SB 446)',
  authority: 'California Attorney General',
  status: 'in_force',
  effective: '2026-01-01',
  timezone: 'America/Los_Angeles',
  trigger: {
    summary:
      "Unauthorised ACQUISITION of unencrypted computerised 'personal information': first name/initial + last name with SSN, DL/ID, account+code, medical, health insurance, biometric, ALPR, genetic data; or username/e-mail + password.",
    tests: [
      {
        id: 'ca_pi',
        duty: 'individual',
        expr: { includesKind: 'us_ca_personal_information' },
        summary: 'Statutory data elements only',
        basis: '1798.82(h)',
      },
      {
        id: 'ag_500',
        requires: 'ca_pi',
        duty: 'regulator',
        expr: { gt: ['affected.countByRegion.US-CA', 500] },
        summary: 'More than 500 CA residents',
        basis: '1798.82(f)',
      },
    ],
  },
  clocks: [
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting:
        '30 calendar days of discovery or notification; delay for law enforcement or to determine scope/restore integrity',
      basis: '1798.82(a)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'ag',
      recipient: 'regulator',
      stage: 'initial',
      start: 'individuals_notified',
      duration: { value: 15, unit: 'calendar_days' },
      force: 'hard',
      counting: 'sample copy within 15 calendar days of notifying individuals',
      basis: '1798.82(f)',
      condition: { test: 'ag_500' },
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
  ],
  regulatorContent: ['sample', 'n_persons'],
  individualContent: [
    'entity',
    'contact',
    'what',
    'when_occurred',
    'data_kinds',
    'measures_taken',
    'steps',
    'agencies_info',
    'assistance',
  ],
  individualForm:
    "Title 'Notice of Data Breach'; headings What Happened / What Information Was Involved / What We Are Doing / What You Can Do / For More Information; >= 10-point type; plain language.",
  substituteNotice:
    '> $250,000 cost, > 500,000 persons or no contact data: e-mail + conspicuous website posting 30 days + major media.',
  exceptions: [
    { id: 'encryption', effect: 'not_notifiable', summary: 'Encrypted and key not acquired', basis: '1798.82(a)' },
    { id: 'law_enforcement', effect: 'delay', summary: 'Law enforcement', basis: '1798.82(c)' },
  ],
  languages: ['en'],
  processorDuty: 'Maintainer notifies owner immediately.',
  sources: [
    {
      title: 'Norton Rose Fulbright Nov 2025 on SB 446',
      section: '30/15 days',
      kind: 'secondary',
      url: 'https://www.dataprotectionreport.com/2025/11/california-tightens-data-breach-notification-timelines-imposes-30-day-notice-requirement/',
    },
    { title: 'Cal. Civ. Code 1798.82', section: '(a),(d),(f),(h),(j)', kind: 'primary' },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: ['Name + address + phone + VIN alone is NOT a trigger'],
  },
}
