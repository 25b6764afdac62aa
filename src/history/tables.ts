import type { ColumnType, GeneratedAlways } from 'kysely'

/** A 64-bit whole number: one engine hands it out as text, the other as a number. Read it with `Number`. */
export type Whole = ColumnType<string | number, number, number>
/** As `Whole`, where it may be missing. */
export type MaybeWhole = ColumnType<string | number | null, number | null, number | null>

/** The columns of every table of the schema `ajar`, as the migrations make them. */
export interface Tables {
  batch: { revision: number; name: string; recorded_at_ms: Whole; finished: boolean }
  given_file: { given_key: string; revision: number; path: string; sha256: string; size_bytes: Whole }
  evidence_file: {
    evidence_id: GeneratedAlways<string | number>
    sha256: string
    revision: number
    path: string
    layout: string
    size_bytes: Whole
  }
  resource: { resource_key: string; id: string; type: string; account: string; region: string; name: string }
  configuration_value: { digest: string; status: string; body: string }
  observation: EvidencePlace & {
    observation_id: GeneratedAlways<string | number>
    resource_key: string
    facet: string
    kind: string
    source: string
    valid_from_ms: Whole
    digest: string
  }
  organization_account: { account_key: string; evidence_id: Whole; revision: number; body: string }
  object_sighting: EvidencePlace & {
    sighting_id: GeneratedAlways<string | number>
    store: string
    key: string
    version_id: string | null
    kind: string
    at_ms: Whole
    last_modified_ms: MaybeWhole
    size_bytes: MaybeWhole
  }
  inventory_mark: EvidencePlace & { inventory_id: GeneratedAlways<string | number>; store: string; at_ms: Whole }
  unread: { unread_key: string; evidence_id: MaybeWhole; revision: number; body: string }
  object_copy: { copy_key: string; revision: number; store: string; key: string; sha256: string; path: string; size_bytes: Whole }
  content: { sha256: string; report: string; mention_rows: Whole }
  memo: { stage: string; input_digest: string; value: string }
  setting: { name: string; value: string }
  revision: { revision: number; document: string }
  ledger: { entry: Whole; body: string; hash: string }
}

/** Where in the evidence a row comes from; the path is null where it is the evidence file's own. */
export interface EvidencePlace {
  evidence_id: Whole
  revision: number
  evidence_path: string | null
  evidence_offset: MaybeWhole
  evidence_record: string | null
}
