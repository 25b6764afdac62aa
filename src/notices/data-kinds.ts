import type { DataElement } from '../model/index.ts'

/** Whether the elements found are data of a kind that a law names; `maybe` where only a person can tell. */
export type Match = 'yes' | 'maybe' | 'no'

type KindTest = (has: (...elements: readonly DataElement[]) => boolean) => Match

const IDENTITY_DOCUMENTS = ['passport', 'driver-licence', 'national-id', 'social-security-number'] as const
const SECRETS = ['password-hash', 'secret-key', 'json-web-token', 'private-key'] as const
const ACCOUNTS = ['payment-card', 'bank-account', 'iban'] as const

/** Names with what the state statutes of the USA list; account numbers count there only with a code that opens them. */
const usStatutory: KindTest = (has) => {
  if (has('person-name') && has(...IDENTITY_DOCUMENTS)) return 'yes'
  const withName = has('person-name') && has(...ACCOUNTS, 'health-term', 'tax-file-number', 'medicare-number')
  return withName || (has('email-address') && has('password-hash')) ? 'maybe' : 'no'
}

/** Words of health are a hint at medical data, and no more: a person has to look. */
const healthOnly: KindTest = (has) => (has('health-term') ? 'maybe' : 'no')

const KINDS: Readonly<Record<string, KindTest>> = {
  special_care_required: healthOnly,
  // A card number suffices; an account number does with the password to it.
  financial_misuse: (has) => (has('payment-card') ? 'yes' : has('bank-account', 'iban', 'password-hash') ? 'maybe' : 'no'),
  sg_prescribed_schedule: (has) => {
    if (!has('person-name', 'national-id', 'passport')) return 'no'
    return has(...ACCOUNTS, 'private-key', 'secret-key') ? 'yes' : has('health-term') ? 'maybe' : 'no'
  },
  account_credentials: (has) => {
    if (!has(...SECRETS)) return 'no'
    return has('customer-id', 'email-address', 'bank-account', 'payment-card') ? 'yes' : 'maybe'
  },
  sensitive: healthOnly,
  special_category: healthOnly,
  unique_id: (has) => (has('passport', 'driver-licence', 'national-id') ? 'yes' : 'no'),
  identity_fraud_combination: (has) => {
    if (!has('person-name')) return 'no'
    if (has(...IDENTITY_DOCUMENTS, ...ACCOUNTS, 'tax-file-number', 'my-number', 'date-of-birth')) return 'yes'
    return has('postal-address', 'phone-number', 'email-address') ? 'maybe' : 'no'
  },
  us_ca_personal_information: usStatutory,
  us_tx_sensitive_personal_information: usStatutory,
  us_state_personal_information: usStatutory,
  // New York counts an account or card number without its code where it alone could be used.
  us_ny_private_information: (has) => (has('person-name') && has('payment-card') ? 'yes' : usStatutory(has)),
  phi: healthOnly,
  // Ages are seldom among the data, and customers of every age are.
  minors_or_elderly: () => 'maybe',
  financial: (has) => (has(...ACCOUNTS) ? 'yes' : 'no'),
  authentication: (has) => (has(...SECRETS) ? 'yes' : 'no'),
  secrecy: (has) => (has('free-text-with-person', 'health-term') ? 'maybe' : 'no'),
}

// The Philippine Act names age, health, and what government agencies issue to one person; section 3(l).
const IN_REGIME: Readonly<Record<string, KindTest>> = {
  'PH-DPA sensitive': (has) => (has(...IDENTITY_DOCUMENTS, 'date-of-birth', 'tax-file-number') ? 'yes' : healthOnly(has)),
}

/** Whether these elements are data of that kind under that regime. A kind that is not known is `maybe`: a person must look. */
export function matchKind(kind: string, regime: string, elements: readonly DataElement[]): Match {
  const test = IN_REGIME[`${regime} ${kind}`] ?? KINDS[kind]
  return test ? test((...wanted) => wanted.some((element) => elements.includes(element))) : 'maybe'
}
