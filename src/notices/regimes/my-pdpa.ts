import type { Regime } from './regime.ts'

/** Malaysia: Personal Data Protection Act 2010 s 12B (inserted by Act A1727, 2024); Guideline on Data Breach Notification (25 Feb 2025). Verified 2026-11-22, confidence medium-high. */
export const myPdpa: Regime = {
  id: 'MY-PDPA',
  jurisdiction: 'Malaysia',
  country: 'MY',
  law: 'Personal Data Protection Act 2010 s 12B (inserted by Act A1727, 2024); Guideline on Data Breach Notification (25 Feb 2025)',
  authority: 'Personal Data Protection Commissioner (JPDP)',
  status: 'in_force',
  effective: '2025-06-01',
  timezone: 'Asia/Kuala_Lumpur',
  trigger: {
    summary: 'Breach that causes/likely causes significant harm, incl. significant scale (>1,000 data subjects).',
    tests: [
      {
        id: 'harm',
        duty: 'regulator+individual',
        expr: {
          any: [{ judgement: 'significant_harm' }, { includesKind: 'sensitive' }, { includesKind: 'identity_fraud_combination' }],
        },
        summary:
          'Physical harm, financial loss, credit record, property; illegal misuse; sensitive data; identity-fraud combination',
        basis: 's 12B; Guideline',
      },
      {
        id: 'scale',
        duty: 'regulator',
        expr: { gt: ['affected.count', 1000] },
        summary: 'More than 1,000: Commissioner only unless harm',
        basis: 'Guideline',
      },
    ],
  },
  clocks: [
    {
      id: 'commissioner',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting:
        'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock (text: from occurrence / when informed)',
      basis: 'Guideline',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'supplement',
      recipient: 'regulator',
      stage: 'supplement',
      start: 'regulator_notified',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting: 'further particulars in phases',
      basis: 'Guideline (30 days; medium confidence)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'regulator_notified',
      duration: { value: 7, unit: 'calendar_days' },
      force: 'hard',
      counting: 'without unnecessary delay, within 7 days after the initial notification to the Commissioner',
      basis: 's 12B(2); Guideline',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
  ],
  regulatorContent: [
    'what',
    'when_occurred',
    'when_discovered',
    'data_kinds',
    'n_persons',
    'cause',
    'harm',
    'chronology',
    'measures_taken',
    'measures_planned',
    'contact',
  ],
  individualContent: ['what', 'harm', 'measures_taken', 'steps', 'contact'],
  individualForm: 'Direct and individual; plain.',
  substituteNotice: 'If direct notice impracticable or disproportionate: public communication.',
  exceptions: [
    { id: 'not_significant', effect: 'not_notifiable', summary: 'No significant harm and <=1,000', basis: 'Guideline' },
  ],
  languages: ['ms', 'en'],
  processorDuty: 'Processor not directly bound; contract must require prompt notice.',
  sources: [
    {
      title: 'CMS Law-Now Apr 2025',
      section: '72h; thresholds',
      kind: 'secondary',
      url: 'https://cms-lawnow.com/en/ealerts/2025/04/new-guidelines-on-mandatory-breach-notifications-under-malaysia-s-personal-data-protection-act-2010',
    },
    {
      title: 'HHQ legal guide June 2025',
      section: 's 12B text',
      kind: 'secondary',
      url: 'https://hhq.com.my/posts/complete-legal-guide-to-data-breach-notification-compliance-under-the-personal-data-protection-amendment-act-2024',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'medium-high',
    uncertain: [
      'Whether the clock starts at occurrence or at being informed: we use awareness and show occurrence as warning',
      '7-day and 30-day rules from memory of the Guideline',
    ],
  },
}
