import type { CaseExposure, ClaimCheck, DataElement } from '../../model/index.ts'

const NAMING: readonly DataElement[] = ['person-name', 'postal-address', 'phone-number', 'email-address']
const SINGLING_OUT: readonly DataElement[] = [
  'location-track',
  'vin',
  'chassis-number',
  'terminal-id',
  'customer-id',
  'number-plate',
]
const FINANCIAL: readonly DataElement[] = ['payment-card', 'bank-account', 'iban']

/** Three statements that companies make after an exposure, each held against the evidence of this case. */
export function checkClaims(exposures: readonly CaseExposure[], lookedFor: readonly DataElement[]): ClaimCheck[] {
  const readable = exposures.filter((exposure) => exposure.audience !== 'named' && mayHoldPeople(exposure))
  if (readable.length === 0) return []
  return [checkAccess(readable), checkIdentifiability(readable), checkFinancial(readable, lookedFor)]
}

/** A public website without personal data bears on no statement about personal data. */
function mayHoldPeople({ people, objectsNotRead, type }: CaseExposure): boolean {
  return people.total > 0 || objectsNotRead > 0 || type !== 'AWS::S3::Bucket'
}

function checkAccess(exposures: readonly CaseExposure[]): ClaimCheck {
  const claim = 'no-evidence-of-access'
  const came = exposures.filter(({ access }) => access.conclusion === 'read' || access.conclusion === 'listed')
  if (came.length > 0)
    return { claim, verdict: 'contradicted', because: came.map(({ name, access }) => `${name}: ${access.sentence}`) }
  const silentThroughout = exposures.every(({ access }) => access.conclusion === 'silent-full')
  if (silentThroughout)
    return {
      claim,
      verdict: 'supported',
      because: ['Two independent sources cover every open hour of every store, and show nobody.'],
    }
  return {
    claim,
    verdict: 'not-supported',
    because: exposures
      .filter(({ access }) => access.conclusion !== 'silent-full')
      .map(({ name, access }) => `${name}: ${access.sentence}`),
  }
}

function checkIdentifiability(exposures: readonly CaseExposure[]): ClaimCheck {
  const claim = 'cannot-identify-an-individual'
  const found = new Set(exposures.flatMap((exposure) => exposure.elements.map(({ element }) => element)))
  const naming = NAMING.filter((element) => found.has(element))
  if (naming.length > 0)
    return {
      claim,
      verdict: 'contradicted',
      because: [`Found and exposed: ${naming.join(', ')}. These name or reach a person directly.`],
    }
  const singling = SINGLING_OUT.filter((element) => found.has(element))
  if (singling.length > 0)
    return {
      claim,
      verdict: 'not-supported',
      because: [
        `Found and exposed: ${singling.join(', ')}. These single one person or vehicle out, and tie to a name wherever the two are held together.`,
      ],
    }
  const unread = unreadIn(exposures)
  if (unread !== null) return { claim, verdict: 'undecided', because: [unread] }
  return {
    claim,
    verdict: 'supported',
    because: ['No element that names, reaches or singles out a person was found in what was exposed.'],
  }
}

function checkFinancial(exposures: readonly CaseExposure[], lookedFor: readonly DataElement[]): ClaimCheck {
  const claim = 'no-financial-details'
  const found = FINANCIAL.filter((element) =>
    exposures.some((exposure) => exposure.elements.some((finding) => finding.element === element)),
  )
  if (found.length > 0) return { claim, verdict: 'contradicted', because: [`Found and exposed: ${found.join(', ')}.`] }
  const examined = exposures.reduce((sum, exposure) => sum + exposure.bytesExamined, 0)
  const none = `No payment card was found in ${examined} bytes examined.`
  const reasons = [
    ...FINANCIAL.filter((element) => !lookedFor.includes(element)).map((element) => `Nothing looks for ${element} yet.`),
    ...[unreadIn(exposures)].filter((sentence) => sentence !== null),
  ]
  return reasons.length > 0
    ? { claim, verdict: 'undecided', because: [none, ...reasons] }
    : { claim, verdict: 'supported', because: [none] }
}

function unreadIn(exposures: readonly CaseExposure[]): string | null {
  const unread = exposures.reduce((sum, exposure) => sum + exposure.objectsNotRead, 0)
  const databases = exposures.filter((exposure) => exposure.type !== 'AWS::S3::Bucket').length
  if (unread === 0 && databases === 0) return null
  return `Not examined: ${unread} exposed objects${databases > 0 ? ` and the contents of ${databases} exposed databases` : ''}.`
}
