import { LATITUDE, LONGITUDE } from '../detectors/location.ts'

/** Columns that tell something only together with others of the same row. */
export type ColumnPart = 'latitude' | 'longitude' | 'time' | 'given-name' | 'family-name' | 'country' | 'state' | 'postcode'

const PARTS: readonly { readonly part: ColumnPart; readonly header: RegExp }[] = [
  { part: 'latitude', header: LATITUDE },
  { part: 'longitude', header: LONGITUDE },
  { part: 'given-name', header: /\b(first|given|fore) ?names?$|^名$|名前?\(名\)|ファーストネーム/ },
  { part: 'family-name', header: /\b(last|family|sur) ?names?$|^姓$|苗字|ラストネーム/ },
  { part: 'country', header: /\bcountry( code| name)?$|国名|国コード|^国$/ },
  { part: 'state', header: /\b(state|province|prefecture)( code)?$|都道府県/ },
  { part: 'postcode', header: /\b(post ?code|postal code|zip( code)?)$|郵便番号/ },
  {
    part: 'time',
    header:
      /\b(time|timestamp|datetime|date time|recorded at|measured at|observed at|captured at|sent at|received at|created at|logged at|event time|ts|utc|date|at)$|\b(time ?stamp|date)\b|日時|時刻|取得日|測位日|^日付/,
  },
]

/** The part that a header (in words) names, or null. */
export function partOf(header: string): ColumnPart | null {
  return PARTS.find(({ header: pattern }) => pattern.test(header))?.part ?? null
}

const TIME =
  /^\d{4}[-/.]?\d{2}[-/.]?\d{2}([T ]?\d{1,2}(:?\d{2}){1,2}.*)?$|^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}( \d{1,2}:\d{2}.*)?$|^1\d{9}(\d{3})?(\.\d+)?$|^\d{4}年/

/** Whether the text is a date or a time in a form that machines write, or seconds or milliseconds since 1970. */
export function isTime(value: string): boolean {
  return TIME.test(value)
}
