import { compareText, type Plan } from '../model/index.ts'
import { ACTIONS } from './actions/registry.ts'
import { withoutOpenStatements, partnerArns } from './bucket-policy.ts'
import type { ExposedStore, OutsideReader, RemediationFacts } from './exposed-store.ts'

// A store on the open internet may have had thousands of visitors; those with the most requests say enough.
const MAX_BREAKS = 20

/**
 * How to shut one exposure: named steps with the provider's command, a check and the way back. Nothing is applied here.
 * `read-first` while it is undecided, `already-shut` where the evidence shows its end.
 */
export function planFor(exposure: ExposedStore, facts: RemediationFacts = {}): Plan {
  const state = stateOf(exposure)
  const steps = ACTIONS.filter(({ when }) => when.includes(state)).flatMap((action) =>
    action.steps(exposure, facts).map((step) => ({ action: action.id, resource: exposure.resource, ...step })),
  )
  return {
    id: facts.id ?? `plan-${exposure.account}-${exposure.name}`,
    resource: exposure.resource,
    summary: summaryOf(exposure, state),
    steps,
    breaks: state === 'proposed' ? breaksOf(exposure, facts) : [],
    state,
  }
}

function stateOf({ audience, window }: ExposedStore): Plan['state'] {
  // An end that nothing bounds on the far side may not have come yet.
  if (window.closed !== null && window.closed.notAfter !== null) return 'already-shut'
  return audience === 'undecided' ? 'read-first' : 'proposed'
}

const AUDIENCE_WORDS = {
  anyone: 'anyone',
  'any-identity': 'any account of the provider',
  named: 'particular outsiders',
  undecided: 'nobody knows whom',
} as const

function summaryOf({ name, audience, window }: ExposedStore, state: Plan['state']): string {
  if (state === 'already-shut')
    return `${name} was open to ${AUDIENCE_WORDS[audience]} and was shut by ${window.closed?.notAfter}: check that it is.`
  if (state === 'read-first') return `Whether outsiders get into ${name} is undecided: read what was not read, then decide again.`
  return `${name} is open to ${AUDIENCE_WORDS[audience]}: shut it, step by step, each with a check and a way back.`
}

/** Who would be refused: everybody from outside that came, but the partners that the new policy names. */
function breaksOf(exposure: ExposedStore, facts: RemediationFacts): OutsideReader[] {
  const isBucket = exposure.type === 'AWS::S3::Bucket'
  const named = new Set(isBucket && withoutOpenStatements(exposure, facts) ? partnerArns(facts) : [])
  return [...(facts.outsideReaders ?? []), ...(facts.partners ?? []).filter(({ who }) => !named.has(who))]
    .sort((left, right) => right.requests - left.requests || compareText(left.who, right.who))
    .slice(0, MAX_BREAKS)
}
