import type { Regime } from './regime.ts'

/** Canada (federal): PIPEDA ss 10.1-10.3; Breach of Security Safeguards Regulations SOR/2018-64. Verified 2026-11-22, confidence high. */
export const caPipeda: Regime = {
  id: 'CA-PIPEDA',
  jurisdiction: 'Canada (federal)',
  country: 'CA',
  law: 'PIPEDA ss 10.1-10.3; Breach of Security Safeguards Regulations SOR/2018-64',
  authority: 'Office of the Privacy Commissioner of Canada',
  status: 'in_force',
  effective: '2018-11-01',
  timezone: 'America/Toronto',
  trigger: {
    summary: 'Real risk of significant harm (RROSH).',
    tests: [
      {
        id: 'rrosh',
        duty: 'regulator+individual',
        expr: { judgement: 'rrosh' },
        summary: 'Sensitivity + probability of misuse',
        basis: 's 10.1(1),(3),(8)',
      },
    ],
  },
  clocks: [
    {
      id: 'opc',
      recipient: 'regulator',
      stage: 'initial',
      start: 'determination',
      duration: null,
      force: 'as_soon_as_feasible',
      counting: 'after determining that the breach occurred',
      basis: 's 10.1(2)',
      rule: { kind: 'none' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'determination',
      duration: null,
      force: 'as_soon_as_feasible',
      counting: '',
      basis: 's 10.1(6)',
      rule: { kind: 'none' },
    },
    {
      id: 'records',
      recipient: 'internal',
      stage: 'retention',
      start: 'determination',
      duration: { value: 24, unit: 'months' },
      force: 'hard',
      counting: 'keep record of EVERY breach 24 months',
      basis: 'SOR/2018-64 s 6',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
  ],
  regulatorContent: ['what', 'cause', 'when_occurred', 'data_kinds', 'n_persons', 'measures_taken', 'notified_state', 'contact'],
  individualContent: ['what', 'when_occurred', 'data_kinds', 'measures_taken', 'steps', 'contact'],
  individualForm: 'Direct: in person, phone, mail, e-mail.',
  substituteNotice:
    'Indirect (public communication) if direct would cause further harm, undue hardship, or no contact info (s 5).',
  exceptions: [{ id: 'no_rrosh', effect: 'not_notifiable', summary: 'Record only', basis: 's 10.3' }],
  languages: ['en', 'fr'],
  processorDuty: 'Organisation in control is responsible.',
  sources: [
    {
      title: 'Mondaq/Blakes on SOR/2018-64',
      section: 'content lists',
      kind: 'secondary',
      url: 'http://www.mondaq.com/canada/privacy-protection/695084/canadian-regulations-released-about-breach-notification-and-record-keeping-requirements',
    },
    { title: 'PIPEDA', section: 'ss 10.1-10.3', kind: 'primary' },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: [],
  },
}
