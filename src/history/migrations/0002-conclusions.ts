import type { Migration } from './migration.ts'

/** What was worked out from the evidence, and the chain that attests to both. */
export const conclusions: Migration = {
  number: 2,
  name: 'conclusions',
  statements: [
    `create table ajar.content (
      sha256 text primary key,
      report text not null,
      mention_rows bigint not null
    )`,
    `create table ajar.memo (
      stage text not null,
      input_digest text not null,
      value text not null,
      primary key (stage, input_digest)
    )`,
    `create table ajar.setting (
      name text primary key,
      value text not null
    )`,
    `create table ajar.revision (
      revision integer primary key references ajar.batch,
      document text not null
    )`,
    `create table ajar.ledger (
      entry bigint primary key,
      body text not null,
      hash text not null
    )`,
  ],
}
