/** The kinds of information that detectors look for. The position in this list is the element's bit in a mention table. */
export const ELEMENTS = [
  'vin',
  'chassis-number',
  'terminal-id',
  'location',
  'location-track',
  'number-plate',
  'customer-id',
  'person-name',
  'postal-address',
  'phone-number',
  'email-address',
  'date-of-birth',
  'payment-card',
  'bank-account',
  'iban',
  'tax-file-number',
  'medicare-number',
  'my-number',
  'driver-licence',
  'passport',
  'national-id',
  'social-security-number',
  'ip-address',
  'mac-address',
  'imei',
  'health-term',
  'password-hash',
  'secret-key',
  'json-web-token',
  'private-key',
  'free-text-with-person',
] as const
export type DataElement = (typeof ELEMENTS)[number]

/** What can tie two records to one person or vehicle. The position in this list is the code in a mention table. */
export const IDENTIFIER_KINDS = [
  'customer-id',
  'vin',
  'chassis-number',
  'terminal-id',
  'email-address',
  'phone-number',
  'person-name',
  'number-plate',
] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** What a market was concluded from, strongest first. */
export const MARKET_BASES = ['number-plate', 'phone-number', 'postal-address', 'chassis-number', 'path', 'store-region'] as const
export type MarketBasis = (typeof MARKET_BASES)[number]

/**
 * Keyed one-way fingerprint: the first 16 bytes of HMAC-SHA-256(key, kind + 0x00 + normalised value).
 * The raw value never leaves the reader that saw it.
 */
export type Fingerprint = (kind: IdentifierKind, normalised: string) => Uint8Array

export interface ElementFinding {
  readonly element: DataElement
  /** Distinct values and records with at least one value. */
  readonly values: number
  readonly records: number
  /** 0 to 1: structure × check digit × issuer table × header or keyword × the column's hit rate. */
  readonly confidence: number
  /** Column names or key paths; `text` for prose. */
  readonly where: readonly string[]
}

/** What one object's bytes hold, whoever stored them and wherever; keyed by their digest. Counts only, no values. */
export interface ContentReport {
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  readonly format: string
  readonly encoding: string | null
  readonly sizeBytes: number
  /** Bytes of the object that were examined; less than `sizeBytes` where reading stopped early. */
  readonly bytesRead: number
  readonly recordCount: number
  readonly elements: readonly ElementFinding[]
  readonly problems: readonly { readonly code: string; readonly detail: string; readonly offset?: number }[]
}

/**
 * Who is mentioned in one content: a row for each distinct combination of identifiers, elements and market, in the
 * order of first appearance. Columnar, because a content may hold millions of records.
 */
export interface MentionTable {
  readonly rowCount: number
  /** Row r's identifiers are `identifiers[start[r]] … identifiers[start[r + 1] - 1]`; length rowCount + 1. */
  readonly start: Uint32Array
  /** Indexes into `kinds` and `fingerprints`. */
  readonly identifiers: Uint32Array
  /** Index into IDENTIFIER_KINDS, one for each distinct identifier of this content. */
  readonly kinds: Uint8Array
  /** 16 bytes for each distinct identifier of this content. */
  readonly fingerprints: Uint8Array
  /** Per row: bit e is set when the record holds ELEMENTS[e]. */
  readonly elements: Uint32Array
  /** Per row: index into `markets`, or 255 where the record itself tells none. */
  readonly market: Uint8Array
  /** Per row: index into MARKET_BASES; meaningful where `market` is not 255. */
  readonly marketBasis: Uint8Array
  /** ISO 3166-1 alpha-2 codes. */
  readonly markets: readonly string[]
  /** Per row: how many records of the content it stands for. */
  readonly records: Uint32Array
}
