import type { Regime } from './regime.ts'

/** Switzerland: Federal Act on Data Protection Art. 24; DPO Art. 15. Verified 2026-11-22, confidence medium. */
export const chFadp: Regime = {
  id: 'CH-FADP',
  jurisdiction: 'Switzerland',
  country: 'CH',
  law: 'Federal Act on Data Protection Art. 24; DPO Art. 15',
  authority: 'FDPIC',
  status: 'in_force',
  effective: '2023-09-01',
  timezone: 'Europe/Zurich',
  trigger: {
    summary: 'High risk to personality or fundamental rights.',
    tests: [
      { id: 'high_risk', duty: 'regulator', expr: { judgement: 'high_risk' }, summary: '', basis: 'Art. 24(1)' },
      {
        id: 'protect',
        duty: 'individual',
        expr: { judgement: 'needed_for_protection_or_ordered' },
        summary: '',
        basis: 'Art. 24(4)',
      },
    ],
  },
  clocks: [
    {
      id: 'fdpic',
      recipient: 'regulator',
      stage: 'initial',
      start: 'awareness',
      duration: null,
      force: 'as_soon_as_possible',
      counting: '',
      basis: 'Art. 24(1)',
      rule: { kind: 'none' },
    },
    {
      id: 'individuals',
      recipient: 'individual',
      stage: 'initial',
      start: 'awareness',
      duration: null,
      force: 'as_needed',
      counting: '',
      basis: 'Art. 24(4)',
      rule: { kind: 'none' },
    },
  ],
  regulatorContent: ['what', 'when_occurred', 'data_kinds', 'n_persons', 'harm', 'measures_taken', 'contact'],
  individualContent: ['what', 'harm', 'measures_taken', 'contact'],
  individualForm: 'Simple and understandable.',
  substituteNotice: 'Public communication if equivalent.',
  exceptions: [
    {
      id: 'disproportionate',
      effect: 'individual_limited',
      summary: 'Impossible / disproportionate / public communication suffices',
      basis: 'Art. 24(5)',
    },
  ],
  languages: ['de', 'fr', 'it'],
  processorDuty: 'Processor informs controller asap (24(3)).',
  sources: [{ title: 'FADP', section: 'Art. 24', kind: 'primary' }],
  verification: {
    lastVerified: '2026-11-22',
    method: 'prior knowledge; not re-read',
    confidence: 'medium',
    uncertain: ['Not re-read'],
  },
}
