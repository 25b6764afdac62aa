import type { Regime } from './regime.ts'

/** Hong Kong: Personal Data (Privacy) Ordinance Cap. 486; PCPD Guidance on Data Breach Handling and Data Breach Notifications (Jun 2023). Verified 2026-11-22, confidence high. */
export const hkPdpo: Regime = {
  id: 'HK-PDPO',
  jurisdiction: 'Hong Kong',
  country: 'HK',
  law: 'Personal Data (Privacy) Ordinance Cap. 486; PCPD Guidance on Data Breach Handling and Data Breach Notifications (Jun 2023)',
  authority: 'Privacy Commissioner for Personal Data (PCPD)',
  status: 'voluntary',
  effective: '2023-06-30',
  timezone: 'Asia/Hong_Kong',
  trigger: {
    summary:
      'No statutory duty; PCPD recommends notifying PCPD and individuals where real risk of harm is reasonably foreseeable.',
    tests: [
      {
        id: 'real_risk',
        duty: 'regulator+individual',
        expr: { judgement: 'real_risk_of_harm' },
        summary: 'Recommended',
        basis: 'PCPD Guidance',
      },
    ],
  },
  clocks: [
    {
      id: 'pcpd',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: null,
      force: 'guidance',
      counting: 'as soon as practicable',
      basis: 'PCPD Guidance',
      rule: { kind: 'none' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: null,
      force: 'guidance',
      counting: 'as soon as practicable',
      basis: 'PCPD Guidance',
      rule: { kind: 'none' },
    },
  ],
  regulatorContent: [
    'what',
    'when_occurred',
    'when_discovered',
    'cause',
    'data_kinds',
    'n_persons',
    'harm',
    'measures_taken',
    'contact',
    'notified_state',
  ],
  individualContent: ['what', 'when_occurred', 'cause', 'data_kinds', 'harm', 'measures_taken', 'steps', 'contact'],
  individualForm: 'Phone, writing, e-mail, in person.',
  substituteNotice: 'Public notices, newspapers, website.',
  exceptions: [],
  languages: ['en', 'zh-Hant'],
  processorDuty: 'DPP 4(2): contractual means with processors.',
  sources: [
    {
      title: 'PCPD column Jul 2023',
      section: 'definition; five steps',
      kind: 'regulator_guidance',
      url: 'https://www.pcpd.org.hk/english/news_events/newspaper/newspaper_202307.html',
    },
    {
      title: 'Linklaters 2023',
      section: 'non-binding',
      kind: 'secondary',
      url: 'https://techinsights.linklaters.com/post/102iijw/hong-kongs-privacy-commissioner-updated-data-breach-guidance-a-step-closer-to',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'stored copy of a public page read',
    confidence: 'high',
    uncertain: ['Mandatory scheme proposed since 2023; status after mid-2025 not verified'],
  },
}
