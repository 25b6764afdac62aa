import type { Obligation, Plan, RegimeStanding, Violation } from '../../src/model/index.ts'

const DEALERS = 'arn:aws:s3:::overseas-dealer-mx'

/** Rules broken in the sample. */
export const RULES: readonly Violation[] = [
  {
    rule: 'personal-data-not-reachable',
    title: 'Personal data must not be reachable from outside',
    severity: 'critical',
    resource: DEALERS,
    outcome: 'violated',
    because: ['Anyone could read it until May 2023.'],
    evidence: [],
  },
  {
    rule: 'personal-data-logs-access',
    title: 'Stores with personal data must log access',
    severity: 'high',
    resource: 'arn:aws:s3:::telematics-archive',
    outcome: 'violated',
    because: ['Logging was not configured before 2022.'],
    evidence: [],
  },
  {
    rule: 'inquiry-files-leave',
    title: 'Inquiry files leave after 90 days',
    severity: 'medium',
    resource: 'arn:aws:s3:::overseas-dealer-mx-copy',
    outcome: 'undecided',
    because: ['Its objects could not be listed.'],
    evidence: [],
  },
]

export const PLANS: readonly Plan[] = [
  plan('plan-31', 'telematics-archive', 'Block public access on telematics-archive', 'already-shut', []),
  plan('plan-35', 'mapdata-distribution', 'Shut mapdata-distribution, keep a sealed copy for evidence', 'already-shut', []),
  plan('plan-38', 'overseas-dealer-mx', 'Remove statement 1 of policy v3 on overseas-dealer-mx', 'already-shut', [
    { who: 'arn:aws:iam::444455556666:role/partner-export', requests: 2 },
  ]),
  plan('plan-39', 'dashcam-corporate', 'Remove the public grant of the ACL of dashcam-corporate', 'already-shut', []),
  plan(
    'plan-41',
    'overseas-dealer-mx-copy',
    'Read the policy of overseas-dealer-mx-copy (GetBucketPolicy was refused)',
    'read-first',
    [],
  ),
]

function plan(id: string, name: string, summary: string, state: Plan['state'], breaks: Plan['breaks']): Plan {
  return {
    id,
    resource: `arn:aws:s3:::${name}`,
    summary,
    state,
    breaks,
    steps: [
      {
        action: 'block-public-access',
        title: 'Turn on the block of public access',
        resource: `arn:aws:s3:::${name}`,
        command: `aws s3api put-public-access-block --bucket ${name} --public-access-block-configuration BlockPublicPolicy=true,RestrictPublicBuckets=true`,
        verify: 'The witness request is refused.',
        wayBack: 'Put the block back as it was.',
      },
    ],
  }
}

export const DUTIES: readonly Obligation[] = [
  duty(
    'JP-APPI',
    'Japan',
    'JP',
    'prelim',
    'regulator',
    'preliminary report',
    '2023-05-12T00:00:00Z',
    '2023-05-17T14:59:59Z',
    'guidance',
  ),
  duty('JP-APPI', 'Japan', 'JP', 'final', 'regulator', 'full report', '2023-05-19T00:00:00Z', '2023-06-18T14:59:59Z', 'hard'),
  duty(
    'JP-APPI',
    'Japan',
    'JP',
    'individuals',
    'individual',
    'each person',
    '2023-04-14T00:00:00Z',
    null,
    'promptly_by_situation',
  ),
  duty('AU-NDB', 'Australia', 'AU', 'assess', 'internal', 'assessment', '2023-05-19T00:00:00Z', '2023-06-18T13:59:59Z', 'hard'),
  duty(
    'AU-NDB',
    'Australia',
    'AU',
    'statement',
    'regulator',
    'statement to the regulator',
    '2023-05-30T00:00:00Z',
    null,
    'as_soon_as_practicable',
  ),
  duty(
    'AU-NDB',
    'Australia',
    'AU',
    'individuals',
    'individual',
    'each person',
    '2023-05-30T00:00:00Z',
    null,
    'as_soon_as_practicable',
  ),
]

function duty(
  regime: string,
  jurisdiction: string,
  market: string,
  id: string,
  recipient: Obligation['recipient'],
  title: string,
  start: string,
  due: string | null,
  force: string,
): Obligation {
  return {
    regime,
    jurisdiction,
    market,
    duty: id,
    recipient,
    title,
    start,
    startLabel: 'aware',
    due,
    force,
    basis: 'the law',
    because: ['More than 1,000 people.'],
    needsJudgement: [],
    confidence: 'high',
  }
}

const STANDINGS: readonly (readonly [string, string, RegimeStanding['standing']])[] = [
  ['JP-APPI', 'Japan', 'owed'],
  ['AU-NDB', 'Australia', 'owed'],
  ['NZ-PA2020', 'New Zealand', 'none-affected'],
  ['SG-PDPA', 'Singapore', 'not-assessed'],
  ['TH-PDPA', 'Thailand', 'not-assessed'],
  ['PH-DPA', 'Philippines', 'not-assessed'],
  ['ID-PDP', 'Indonesia', 'not-assessed'],
  ['TW-PDPA', 'Taiwan', 'not-assessed'],
  ['KR-PIPA', 'South Korea', 'no-residents'],
  ['HK-PDPO', 'Hong Kong', 'voluntary'],
  ['CN-PIPL', 'China', 'no-residents'],
  ['MY-PDPA', 'Malaysia', 'not-in-force'],
  ['VN-PDPL', 'Vietnam', 'not-in-force'],
  ['IN-DPDP', 'India', 'not-in-force'],
  ['EU-GDPR', 'European Union', 'no-residents'],
  ['UK-GDPR', 'United Kingdom', 'no-residents'],
  ['CH-FADP', 'Switzerland', 'no-residents'],
  ['BR-LGPD', 'Brazil', 'no-residents'],
  ['CA-PIPEDA', 'Canada', 'no-residents'],
  ['CA-QC', 'Quebec', 'no-residents'],
  ['US-CA', 'California', 'no-residents'],
  ['US-NY', 'New York', 'no-residents'],
  ['US-TX', 'Texas', 'no-residents'],
  ['US-FL', 'Florida', 'no-residents'],
  ['US-CO', 'Colorado', 'no-residents'],
  ['US-WA', 'Washington', 'no-residents'],
  ['US-HIPAA', 'United States', 'no-residents'],
]

export const REGIMES: readonly RegimeStanding[] = STANDINGS.map(([regime, jurisdiction, standing]) => ({
  regime,
  jurisdiction,
  standing,
  because: `The evidence says: ${standing}.`,
}))
