import type { RecordDetector } from './record-detector.ts'

/** Where a record's place is said: one column for each coordinate, or one for both. */
export const LATITUDE = /(^|\b)(lat|latitude|gps lat|緯度)( deg| degrees| wgs84)?$|緯度/
export const LONGITUDE = /(^|\b)(lon|lng|long|longitude|gps lon)( deg| degrees| wgs84)?$|経度/
export const COMBINED =
  /\b(location|position|coord(inate)?s?|gps|lat ?l(o?n|ng|ong)|geo( ?point)?|geometry coordinates)\b|位置|座標/

const PAIR = /^[[(]?\s*(-?\d{1,3}\.\d{3,})\s*[,; ]\s*(-?\d{1,3}\.\d{3,})\s*[\])]?$/
// Three decimals are about a hundred metres: less names a town, not a place.
const SEVERAL_DECIMALS = /^-?\d{1,3}\.\d{3,}$/

/** Whether the text is a coordinate in range with several decimals. Zero is what a receiver without a fix writes. */
export function isCoordinate(value: string, limitDegrees: number): boolean {
  return SEVERAL_DECIMALS.test(value) && Math.abs(Number(value)) <= limitDegrees && Number(value) !== 0
}

/** Whether one text holds a pair of coordinates, in either order. */
export function isCoordinatePair(value: string): boolean {
  const match = PAIR.exec(value)
  if (match === null) return false
  const [a, b] = [Math.abs(Number(match[1])), Math.abs(Number(match[2]))]
  return Math.min(a, b) <= 90 && Math.max(a, b) <= 180 && a + b > 0
}

/** A place: latitude and longitude in range with several decimals. */
export const location: RecordDetector = { element: 'location', holds: (record) => record.hasPlace }
