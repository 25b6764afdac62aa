import type { Regime } from './regime.ts'

/** New Zealand: Privacy Act 2020 Part 6 subpart 1 (ss 112-122); Privacy Regulations 2020. Verified 2026-11-22, confidence high. */
export const nzPa2020: Regime = {
  id: 'NZ-PA2020',
  jurisdiction: 'New Zealand',
  country: 'NZ',
  law: 'Privacy Act 2020 Part 6 subpart 1 (ss 112-122); Privacy Regulations 2020',
  authority: 'Office of the Privacy Commissioner (OPC)',
  status: 'in_force',
  effective: '2020-12-01',
  timezone: 'Pacific/Auckland',
  trigger: {
    summary:
      'Privacy breach that it is reasonable to believe has caused or is likely to cause serious harm to an affected individual.',
    tests: [
      {
        id: 'serious_harm',
        duty: 'regulator+individual',
        expr: { judgement: 'serious_harm_likely' },
        summary: 's 113 factors: mitigation, sensitivity, nature of harm, recipient, security measure',
        basis: 'ss 112-113',
      },
    ],
  },
  clocks: [
    {
      id: 'commissioner',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness_notifiable',
      duration: null,
      force: 'as_soon_as_practicable',
      counting: 'statute',
      basis: 's 114',
      rule: { kind: 'none' },
    },
    {
      id: 'commissioner_guidance',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness_notifiable',
      duration: { value: 72, unit: 'hours' },
      force: 'guidance',
      counting: 'exact hours elapsed from the start instant; weekends/holidays and DST do not stop the clock',
      basis: 'OPC guidance (non-binding)',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness_notifiable',
      duration: null,
      force: 'as_soon_as_practicable',
      counting: 'statute; public notice if not reasonably practicable',
      basis: 's 115',
      rule: { kind: 'none' },
    },
  ],
  regulatorContent: [
    'what',
    'n_persons',
    'recipient',
    'measures_taken',
    'notified_state',
    'no_notice_reason',
    'others_told',
    'contact',
  ],
  individualContent: ['what', 'recipient', 'measures_taken', 'steps', 'regulator_told', 'complaint', 'contact'],
  individualForm:
    'Direct; must not include information about other affected individuals (s 117). May be given in instalments (s 117(5)).',
  substituteNotice:
    'Public notice on an agency website AND at least one other medium most likely to reach people (Privacy Regulations 2020; s 115(2)).',
  exceptions: [
    {
      id: 's116_security',
      effect: 'individual_waived_or_delayed',
      summary: 'Prejudice to security/defence, law maintenance, safety, trade secret; delay if notice raises security risk',
      basis: 's 116',
    },
    {
      id: 'child_health',
      effect: 'individual_waived',
      summary: 'Under 16 / health prejudice, after consulting',
      basis: 's 116(2)',
    },
  ],
  languages: ['en'],
  processorDuty: "Agent knowledge is treated as the principal's (s 121).",
  sources: [
    { title: 'Privacy Act 2020 (NZ)', section: 'ss 112-118', kind: 'primary' },
    {
      title: 'DLA Piper DPLW NZ',
      section: '72h guidance, factors',
      kind: 'secondary',
      url: 'https://dlapiperdataprotection.com/?c=NZ&t=breach-notification',
    },
    {
      title: 'Russell McVeagh on Privacy Regulations 2020',
      section: 'public notice media',
      kind: 'secondary',
      url: 'https://www.russellmcveagh.com/insights/august-2020/new-privacy-regulations-under-the-privacy-act-2020-communicating-privacy-breaches-publicly',
    },
    {
      title: 'plainlanguagelaw s 117',
      section: 'content list',
      kind: 'secondary',
      url: 'https://plainlanguagelaw.ackama.com/acts/LMS23193/LMS23507.html',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: [],
  },
}
