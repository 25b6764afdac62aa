import type { Regime } from './regime.ts'

/** United States - New York: N.Y. Gen. Bus. Law 899-aa (amended Dec 2024, Feb 2025). Verified 2026-11-22, confidence high. */
export const usNy: Regime = {
  id: 'US-NY',
  jurisdiction: 'United States - New York',
  country: 'US',
  region: 'US-NY',
  law: 'N.Y. Gen. Bus. Law 899-aa (amended Dec 2024, Feb 2025)',
  authority: 'NY Attorney General; Department of State; State Police; DFS (covered entities only)',
  status: 'in_force',
  effective: '2024-12-21',
  timezone: 'America/New_York',
  trigger: {
    summary: "Unauthorised access to OR acquisition of 'private information'.",
    tests: [
      {
        id: 'ny_pi',
        duty: 'regulator+individual',
        expr: { includesKind: 'us_ny_private_information' },
        summary: 'Statutory elements (medical/health insurance since 2025-03-21)',
        basis: '899-aa(1)(b)',
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
      counting: '30 days after discovery; only law-enforcement delay',
      basis: '899-aa(2)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'agencies',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting: 'without delaying notice to residents; same outer limit used',
      basis: '899-aa(8)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
  ],
  regulatorContent: ['n_persons', 'sample', 'when_occurred'],
  individualContent: ['entity', 'contact', 'data_kinds', 'agencies_info'],
  individualForm: 'Written, electronic (consent), telephone with log.',
  substituteNotice: '> $250,000 / > 500,000 / no contact data: e-mail, website, statewide media.',
  exceptions: [
    {
      id: 'inadvertent',
      effect: 'individual_waived',
      summary:
        'Inadvertent disclosure by authorised persons unlikely to harm; document 5 years; >500 residents -> written determination to AG in 10 days',
      basis: '899-aa(2)(a)',
    },
    { id: 'law_enforcement', effect: 'delay', summary: 'Law enforcement', basis: '899-aa(4)' },
  ],
  languages: ['en'],
  processorDuty: 'Maintainer notifies owner within 30 days.',
  sources: [
    {
      title: 'Byte Back Feb 2025; Norton Rose Fulbright Feb 2025',
      section: '30 days; DFS only covered entities',
      kind: 'secondary',
      url: 'https://www.dataprotectionreport.com/2025/02/new-york-changes-data-breach-law-in-december-and-february/',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: ['30-day limit for agencies is our reading'],
  },
}
