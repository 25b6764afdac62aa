import type { RecordDetector } from './record-detector.ts'

/** A place with a time and the vehicle, terminal or customer that was there: a movement profile, one point at a time. */
export const locationTrack: RecordDetector = {
  element: 'location-track',
  holds: (record) => record.hasPlace && record.hasTime && record.hasEntity,
}
