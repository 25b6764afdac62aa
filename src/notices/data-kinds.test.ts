import { describe, expect, it } from 'vitest'
import type { DataElement } from '../model/index.ts'
import { matchKind } from './data-kinds.ts'

describe('matchKind', () => {
  it.each<[kind: string, regime: string, elements: DataElement[], match: string]>([
    ['financial_misuse', 'JP-APPI', ['payment-card'], 'yes'],
    ['financial_misuse', 'JP-APPI', ['bank-account'], 'maybe'],
    ['special_care_required', 'JP-APPI', ['location', 'location-track', 'my-number'], 'no'],
    ['special_care_required', 'JP-APPI', ['health-term'], 'maybe'],
    ['sg_prescribed_schedule', 'SG-PDPA', ['payment-card'], 'no'],
    ['sg_prescribed_schedule', 'SG-PDPA', ['payment-card', 'person-name'], 'yes'],
    ['sensitive', 'MY-PDPA', ['date-of-birth'], 'no'],
    ['sensitive', 'PH-DPA', ['date-of-birth'], 'yes'],
    ['us_ca_personal_information', 'US-CA', ['person-name', 'vin', 'number-plate', 'phone-number'], 'no'],
    ['us_ca_personal_information', 'US-CA', ['person-name', 'payment-card'], 'maybe'],
    ['us_ny_private_information', 'US-NY', ['person-name', 'payment-card'], 'yes'],
    ['us_state_personal_information', 'US-FL', ['social-security-number'], 'no'],
    ['us_state_personal_information', 'US-FL', ['social-security-number', 'person-name'], 'yes'],
    ['identity_fraud_combination', 'MY-PDPA', ['person-name', 'vin'], 'no'],
    ['unique_id', 'KR-PIPA', ['driver-licence'], 'yes'],
    ['a kind of tomorrow', 'JP-APPI', [], 'maybe'],
  ])('%s under %s with %j: %s', (kind, regime, elements, match) => {
    expect(matchKind(kind, regime, elements)).toBe(match)
  })
})
