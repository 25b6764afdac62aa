import type { Check } from './check.ts'

/** Personal data must not be, and must never have been, readable by strangers; who may change who may read, can read. */
export const personalDataNotReachable: Check = {
  id: 'personal-data-not-reachable',
  yaml: `
rules:
  - id: personal-data-not-reachable
    title: Personal data must not be reachable from outside
    severity: critical
    appliesTo: stores
    parameters:
      audiences: [anyone, any-identity]
    brokenWhen: >-
      data.personal && (ever.read in parameters.audiences || ever.admin in parameters.audiences)
    because:
      - "{store.name} holds personal data ({data.elements}; people: {data.people})."
      - "The widest audience that could ever read it is {ever.read}; at the moment of this answer it is {now.read}."
`,
}
