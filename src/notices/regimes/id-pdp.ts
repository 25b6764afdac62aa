import type { Regime } from './regime.ts'

/** Indonesia: Law 27/2022 on Personal Data Protection Art. 46. Verified 2026-11-22, confidence medium-high. */
export const idPdp: Regime = {
  id: 'ID-PDP',
  jurisdiction: 'Indonesia',
  country: 'ID',
  law: 'Law 27/2022 on Personal Data Protection Art. 46',
  authority: 'PDP Agency (until formed: Komdigi, BSSN)',
  status: 'in_force',
  effective: '2024-10-17',
  timezone: 'Asia/Jakarta',
  trigger: {
    summary: 'Any failure of personal data protection.',
    tests: [
      { id: 'any', duty: 'regulator+individual', expr: { always: true }, summary: 'Every failure', basis: 'Art. 46(1)' },
      {
        id: 'public',
        duty: 'public',
        expr: { judgement: 'public_service_or_serious_impact' },
        summary: 'In certain cases notify the public',
        basis: 'Art. 46(3)',
      },
    ],
  },
  clocks: [
    {
      id: 'agency',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting: '3 x 24 hours',
      basis: 'Art. 46(1)',
      rule: { kind: 'elapsed' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: { value: 72, unit: 'hours' },
      force: 'hard',
      counting: '3 x 24 hours',
      basis: 'Art. 46(1)',
      rule: { kind: 'elapsed' },
    },
  ],
  regulatorContent: ['data_kinds', 'when_occurred', 'cause', 'measures_taken'],
  individualContent: ['data_kinds', 'when_occurred', 'cause', 'measures_taken'],
  individualForm: 'Written.',
  substituteNotice: 'Public notice in certain cases (Art. 46(3)).',
  exceptions: [],
  languages: ['id'],
  processorDuty: "Processor within controller's responsibility.",
  sources: [
    {
      title: 'SIP Law Firm',
      section: '3x24h, content',
      kind: 'secondary',
      url: 'https://siplawfirm.id/pdp-law-is-eventually-enacted-part-ii/',
    },
    {
      title: 'DLA Piper DPLW ID',
      section: 'authority in interim',
      kind: 'secondary',
      url: 'https://www.dlapiperdataprotection.com/index.html?t=breach-notification&c=ID',
    },
  ],
  verification: {
    lastVerified: '2026-11-22',
    method: 'stored copy of a public page read',
    confidence: 'medium-high',
    uncertain: ['Start of the 72 h is not expressly defined in Art. 46; implementing regulation status not verified'],
  },
}
