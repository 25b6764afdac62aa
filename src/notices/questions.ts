const QUESTIONS: Readonly<Record<string, string>> = {
  serious_harm_likely: 'Is serious harm to any of these people likely?',
  no_risk: 'Can any risk to the rights and freedoms of these people be excluded?',
  risk_unlikely: 'Is a risk to the rights and freedoms of these people unlikely?',
  high_risk: 'Is there a high risk to these people?',
  significant_harm: 'Is significant harm to any of these people likely?',
  acquired_by_unauthorised: 'Is it reasonable to believe that somebody without authority acquired the data?',
  real_risk_serious_harm: 'Is there a real risk of serious harm to any of these people?',
  real_risk_of_harm: 'Is there a real risk of harm to any of these people?',
  public_service_or_serious_impact: 'Does it disturb a public service, or have a serious impact on the public?',
  rrosh: 'Is there a real risk of significant harm to any of these people?',
  risk_of_serious_injury: 'Is there a risk of serious injury to any of these people?',
  significantly_affects: 'Does it significantly affect interests or rights of these people?',
  large_scale: 'Is this processing on a large scale?',
  vn_harm: 'May it harm national security, public order, or the life, health, honour, dignity or property of these people?',
  needed_for_protection_or_ordered: 'Do these people need to be told for their protection, or was it ordered?',
  'cause.wrongfulPurposeSuspected': 'May somebody have acted for a wrongful purpose?',
  'cause.illegalExternalAccess': 'Did somebody from outside get in illegally?',
  'entity.hipaaCovered': 'Is the organisation covered by HIPAA?',
}

const KINDS: Readonly<Record<string, string>> = {
  special_care_required: 'data that require special care',
  financial_misuse: 'data whose misuse could cost money',
  sg_prescribed_schedule: 'names or identity numbers with data that the Schedule lists',
  account_credentials: 'account names with what opens them',
  sensitive: 'sensitive data',
  special_category: 'special categories of data',
  unique_id: 'unique identification numbers',
  identity_fraud_combination: 'combinations of data that enable identity fraud',
  us_ca_personal_information: 'data elements that the statute lists',
  us_ny_private_information: 'data elements that the statute lists',
  us_tx_sensitive_personal_information: 'data elements that the statute lists',
  us_state_personal_information: 'data elements that the statute lists',
  phi: 'unsecured health data',
  minors_or_elderly: 'data of minors or of the elderly',
  financial: 'financial data',
  authentication: 'passwords or keys',
  secrecy: 'data under a duty of secrecy',
}

/** The question that a trigger's judgement asks, in plain words. */
export function questionOf(judgement: string): string {
  return QUESTIONS[judgement] ?? `Does this hold: ${judgement.replace(/[._]/g, ' ')}?`
}

// Questions to which access logs have something to say, though they do not answer them.
const ABOUT_ACCESS: ReadonlySet<string> = new Set([
  'acquired_by_unauthorised',
  'cause.wrongfulPurposeSuspected',
  'cause.illegalExternalAccess',
])

/** What the access logs say to whoever has to judge; null for questions that are not about access. */
export function hintFor(judgement: string, outsiderReads: boolean | 'unknown'): string | null {
  if (!ABOUT_ACCESS.has(judgement)) return null
  if (outsiderReads === 'unknown') return 'The access logs do not settle whether anybody from outside read the data.'
  return outsiderReads
    ? 'The access logs show reads from outside.'
    : 'The access logs cover the whole time and show no read from outside.'
}

/** A kind of data in plain words, as a plural. */
export function wordsOfKind(kind: string): string {
  return KINDS[kind] ?? `data of the kind "${kind.replace(/_/g, ' ')}"`
}
