import type { Obligation } from '../model/index.ts'
import type { Clock, Regime } from './regimes/regime.ts'

const SPECIAL: Readonly<Record<string, string>> = {
  'CN-PIPL cac': 'Report to the Cyberspace Administration of China',
  'CN-PIPL cac_summary': 'Send a summary report to the Cyberspace Administration of China',
  'CN-PIPL cac_rel_major': 'Report to the Cyberspace Administration of China',
  'IN-DPDP certin': 'Report to CERT-In',
  'US-HIPAA media': 'Tell the media of the state',
  'US-HIPAA hhs_annual': 'Add it to the yearly report to the HHS',
  'NZ-PA2020 commissioner_guidance': 'Tell the Privacy Commissioner within the time that the guidance expects',
  'JP-APPI prelim': 'Send the preliminary report to the regulator',
  'JP-APPI final_malicious': 'Send the final report to the regulator, where a wrongful purpose is possible',
}

/** What is to be done, in plain words. */
export function titleOf(duty: string, recipient: Obligation['recipient'], stage: Clock['stage'], regime: Regime): string {
  return SPECIAL[`${regime.id} ${duty}`] ?? titleFor(recipient, stage)
}

function titleFor(recipient: Obligation['recipient'], stage: Clock['stage']): string {
  if (recipient === 'individual') return 'Tell the people whose data they are'
  if (recipient === 'public') return 'Tell the public'
  if (recipient === 'internal') return stage === 'retention' ? 'Keep a record of it' : 'Finish the assessment'
  const whom = recipient === 'regulator' ? 'the regulator' : 'the authority'
  if (stage === 'final') return `Send the final report to ${whom}`
  if (stage === 'supplement') return `Send further details to ${whom}`
  if (stage === 'late_with_reason') return `Send the late report to ${whom}, with the reasons`
  return `Tell ${whom}`
}
