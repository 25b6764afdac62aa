import type { Regime } from './regime.ts'

/** Philippines: Data Privacy Act 2012 (RA 10173) s 20(f); NPC Circular 16-03; NPC Advisory 2026-02. Verified 2026-11-22, confidence high. */
export const phDpa: Regime = {
  id: 'PH-DPA',
  jurisdiction: 'Philippines',
  country: 'PH',
  law: 'Data Privacy Act 2012 (RA 10173) s 20(f); NPC Circular 16-03; NPC Advisory 2026-02',
  authority: 'National Privacy Commission (NPC)',
  status: 'in_force',
  effective: '2016-09-09',
  timezone: 'Asia/Manila',
  trigger: {
    summary:
      'Sensitive PI or information enabling identity fraud, reasonably believed acquired by an unauthorised person, with real risk of serious harm.',
    tests: [
      {
        id: 'three_part',
        duty: 'regulator+individual',
        expr: {
          all: [
            { any: [{ includesKind: 'sensitive' }, { includesKind: 'identity_fraud_combination' }] },
            { judgement: 'acquired_by_unauthorised' },
            { judgement: 'real_risk_serious_harm' },
          ],
        },
        summary: 'All three limbs',
        basis: 'Circular 16-03 s 11',
      },
    ],
  },
  clocks: [
    {
      id: 'npc',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting:
        'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock; no delay allowed if >=100 data subjects or sensitive PI harms',
      basis: 'Circular 16-03 s 17',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'full',
      recipient: 'regulator',
      stage: 'final',
      start: 'awareness',
      duration: { value: 5, unit: 'calendar_days' },
      force: 'hard',
      counting: 'within 5 days of knowledge/discovery unless extended',
      basis: 'Circular 16-03 s 17(C); Advisory 2026-02',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting: 'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock',
      basis: 'Circular 16-03 s 18',
      rule: { kind: 'elapsed' },
    },
  ],
  regulatorContent: [
    'what',
    'when_occurred',
    'n_persons',
    'data_kinds',
    'cause',
    'chronology',
    'measures_taken',
    'measures_planned',
    'contact',
    'assistance',
    'harm',
  ],
  individualContent: ['what', 'data_kinds', 'measures_taken', 'steps', 'contact', 'assistance'],
  individualForm: 'Individually, secure means, written or electronic.',
  substituteNotice: 'Alternative means (public communication) only with NPC approval (DBNMS request).',
  exceptions: [
    {
      id: 'exemption',
      effect: 'individual_waived',
      summary:
        'NPC may exempt where not in public interest / measures taken; requests are mutually exclusive and do not suspend duties',
      basis: 'Circular 16-03 s 19; Advisory 2026-02',
    },
  ],
  languages: ['en', 'fil'],
  processorDuty: 'PIC stays responsible; PIP reports to PIC.',
  sources: [
    {
      title: 'NPC Circular 16-03',
      section: 'ss 11, 13, 15, 17, 18, 19',
      kind: 'primary',
      url: 'https://www.privacy.gov.ph/memorandum-circulars/npc-circular-16-03-personal-data-breach-management/',
    },
    {
      title: 'Quisumbing Torres, 4 Jun 2026, on Advisory 2026-02',
      section: '5 days from discovery; mutually exclusive requests',
      kind: 'secondary',
      url: 'https://www.quisumbingtorres.com/en/alerts/2026/06/philippine-data-breach-notification-procedure-clarified',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: [],
  },
}
