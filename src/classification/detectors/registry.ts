import type { DataElement } from '../../model/index.ts'
import { chassisNumber } from './chassis-number.ts'
import { customerId } from './customer-id.ts'
import type { Detector } from './detector.ts'
import { emailAddress } from './email-address.ts'
import { locationTrack } from './location-track.ts'
import { location } from './location.ts'
import { numberPlate } from './number-plate.ts'
import { paymentCard } from './payment-card.ts'
import { personName } from './person-name.ts'
import { phoneNumber } from './phone-number.ts'
import { postalAddress } from './postal-address.ts'
import type { RecordDetector } from './record-detector.ts'
import { terminalId } from './terminal-id.ts'
import { vin } from './vin.ts'

/** Detectors of single values, the more certain before the less: the first whose check accepts a value has it. */
export const DETECTORS: readonly Detector[] = [
  emailAddress,
  vin,
  chassisNumber,
  paymentCard,
  phoneNumber,
  numberPlate,
  terminalId,
  customerId,
  postalAddress,
  personName,
]

/** Detectors of whole records. */
export const RECORD_DETECTORS: readonly RecordDetector[] = [location, locationTrack]

/** Every element that some detector looks for: what is not among them cannot be said to be absent. */
export const LOOKED_FOR: readonly DataElement[] = [...DETECTORS, ...RECORD_DETECTORS].map(({ element }) => element)
