import type { Check } from './check.ts'

/** Where nobody writes down who comes, nobody can say afterwards that no one came. */
export const accessToPersonalDataLogged: Check = {
  id: 'access-to-personal-data-logged',
  yaml: `
rules:
  - id: access-to-personal-data-logged
    title: Stores with personal data must log access
    severity: high
    appliesTo: stores
    brokenWhen: data.personal && !logging.on
    because:
      - "{store.name} holds personal data ({data.elements}; people: {data.people})."
      - "Access logging is on: {logging.on}."
`,
}
