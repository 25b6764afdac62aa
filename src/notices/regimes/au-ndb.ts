import type { Regime } from './regime.ts'

/** Australia: Privacy Act 1988 (Cth) Part IIIC (Notifiable Data Breaches). Verified 2026-11-22, confidence high. */
export const auNdb: Regime = {
  id: 'AU-NDB',
  jurisdiction: 'Australia',
  country: 'AU',
  law: 'Privacy Act 1988 (Cth) Part IIIC (Notifiable Data Breaches)',
  authority: 'Office of the Australian Information Commissioner (OAIC)',
  status: 'in_force',
  effective: '2018-02-22',
  timezone: 'Australia/Sydney',
  trigger: {
    summary:
      'Eligible data breach: unauthorised access/disclosure/loss of personal information AND a reasonable person would conclude likely serious harm to any individual, not prevented by remedial action.',
    tests: [
      {
        id: 'serious_harm',
        duty: 'regulator+individual',
        expr: { judgement: 'serious_harm_likely' },
        summary:
          'Likely serious harm to at least one individual; factors incl. kind, sensitivity, security measures, who could obtain',
        basis: 's 26WE(2), s 26WG',
      },
    ],
  },
  clocks: [
    {
      id: 'assess',
      recipient: 'internal',
      stage: 'assessment',
      start: 'grounds_to_suspect',
      duration: { value: 30, unit: 'calendar_days' },
      force: 'hard',
      counting: '30 days after becoming aware of grounds to SUSPECT; take all reasonable steps to finish',
      basis: 's 26WH(2)',
      rule: { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' },
    },
    {
      id: 'statement',
      recipient: 'regulator',
      stage: 'initial',
      start: 'grounds_to_believe',
      duration: null,
      force: 'as_soon_as_practicable',
      counting: 'no number in statute',
      basis: 's 26WK(2)',
      rule: { kind: 'none' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'statement_prepared',
      duration: null,
      force: 'as_soon_as_practicable',
      counting: 'after completion of the statement',
      basis: 's 26WL(3)',
      rule: { kind: 'none' },
    },
  ],
  regulatorContent: ['entity', 'contact', 'what', 'data_kinds', 'steps', 'others_told'],
  individualContent: ['entity', 'contact', 'what', 'data_kinds', 'steps'],
  individualForm:
    'Usual method of communication with the individual (s 26WL(4)). Three options: (a) all individuals to whom the information relates, (b) only those at risk, (c) if neither practicable publish + publicise.',
  substituteNotice: "Publish the statement on the entity's website and take reasonable steps to publicise it (s 26WL(2)(c)).",
  exceptions: [
    {
      id: 'remedial_action',
      effect: 'not_notifiable',
      summary:
        'Action taken before serious harm so that access/disclosure is not likely to result in serious harm (may apply to some individuals only)',
      basis: 's 26WF',
    },
    {
      id: 'other_entity',
      effect: 'discharged',
      summary: 'Another entity holding the same information complied',
      basis: 's 26WM',
    },
    {
      id: 'enforcement',
      effect: 'individual_waived',
      summary: 'Enforcement body: notice would prejudice enforcement',
      basis: 's 26WN',
    },
    { id: 'secrecy', effect: 'waived', summary: 'Inconsistent secrecy provision', basis: 's 26WP' },
    { id: 'declaration', effect: 'waived_or_delayed', summary: 'Commissioner declaration', basis: 's 26WQ' },
    {
      id: 'encryption',
      effect: 'factor',
      summary: 'Security measures and key availability are s 26WG factors, not an automatic exemption',
      basis: 's 26WG',
    },
  ],
  languages: ['en'],
  processorDuty: 'Joint holders: only one needs to notify (s 26WM); overseas recipients under APP 8 deemed held (s 26WC).',
  sources: [
    { title: 'Privacy Act 1988 (Cth)', section: 'ss 26WA-26WT', kind: 'primary' },
    {
      title: 'OAIC: What to include in an eligible data breach statement',
      section: 's 26WK(3) items',
      kind: 'regulator_guidance',
      url: 'https://www.oaic.gov.au/privacy-law/privacy-act/notifiable-data-breaches-scheme/what-to-include-in-an-eligible-data-breach-statement',
    },
    {
      title: 'OAIC: Notifying individuals about an eligible data breach',
      section: 'three options',
      kind: 'regulator_guidance',
      url: 'https://www.oaic.gov.au/engage-with-us/consultations/notifiable-data-breaches/draft-notifying-individuals-about-an-eligible-data-breach',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'public page read, details from general knowledge',
    confidence: 'high',
    uncertain: [
      "No fixed 72h: some public projects wrongly encode '72h to OAIC'",
      'Whether Acts Interpretation Act s 36 rolls the 30 days over a weekend is not relied on: use the earlier date',
      'Later reform tranches after 2024 not checked',
    ],
  },
  notes:
    "OAIC treats making data accessible/visible to outsiders as 'disclosure', so 'no evidence of access' lowers likelihood of harm but is not an exemption.",
}
