import type { Migration } from './migration.ts'

/**
 * Evidence and what was read from it. Moments are milliseconds since 1970, exact on both engines and in every zone.
 * Nothing here is updated or deleted once its batch is finished: what is learned later stands beside it.
 */
export const evidence: Migration = {
  number: 1,
  name: 'evidence',
  statements: [
    `create table ajar.batch (
      revision integer primary key,
      name text not null,
      recorded_at_ms bigint not null,
      finished boolean not null default false
    )`,
    // Keys over outside text are digests: a B-tree refuses texts longer than a third of a page.
    `create table ajar.given_file (
      given_key uuid primary key,
      revision integer not null references ajar.batch,
      path text not null,
      sha256 text not null,
      size_bytes bigint not null
    )`,
    'create index given_file_sha256 on ajar.given_file (sha256, revision)',
    `create table ajar.evidence_file (
      evidence_id bigint generated always as identity primary key,
      sha256 text not null unique,
      revision integer not null references ajar.batch,
      path text not null,
      layout text not null,
      size_bytes bigint not null
    )`,
    `create table ajar.resource (
      resource_key uuid primary key,
      id text not null,
      type text not null,
      account text not null,
      region text not null,
      name text not null
    )`,
    'create index resource_id on ajar.resource using hash (id)',
    // The same policy is delivered every day for years: it is kept once, by the digest of its canonical text.
    `create table ajar.configuration_value (
      digest text primary key,
      status text not null,
      body text not null
    )`,
    `create table ajar.observation (
      observation_id bigint generated always as identity primary key,
      evidence_id bigint not null references ajar.evidence_file,
      revision integer not null references ajar.batch,
      resource_key uuid not null references ajar.resource,
      facet text not null,
      kind text not null,
      source text not null,
      valid_from_ms bigint not null,
      digest text not null references ajar.configuration_value,
      evidence_path text,
      evidence_offset bigint,
      evidence_record text
    )`,
    'create index observation_resource on ajar.observation (resource_key, valid_from_ms)',
    `create table ajar.organization_account (
      account_key uuid not null,
      evidence_id bigint not null references ajar.evidence_file,
      revision integer not null references ajar.batch,
      body text not null,
      primary key (account_key, evidence_id)
    )`,
    `create table ajar.object_sighting (
      sighting_id bigint generated always as identity primary key,
      evidence_id bigint not null references ajar.evidence_file,
      revision integer not null references ajar.batch,
      store text not null,
      key text not null,
      version_id text,
      kind text not null,
      at_ms bigint not null,
      last_modified_ms bigint,
      size_bytes bigint,
      evidence_path text,
      evidence_offset bigint,
      evidence_record text
    )`,
    `create table ajar.inventory_mark (
      inventory_id bigint generated always as identity primary key,
      evidence_id bigint not null references ajar.evidence_file,
      revision integer not null references ajar.batch,
      store text not null,
      at_ms bigint not null,
      evidence_path text,
      evidence_offset bigint,
      evidence_record text
    )`,
    `create table ajar.unread (
      unread_key uuid primary key,
      evidence_id bigint references ajar.evidence_file,
      revision integer not null references ajar.batch,
      body text not null
    )`,
    `create table ajar.object_copy (
      copy_key uuid primary key,
      revision integer not null references ajar.batch,
      store text not null,
      key text not null,
      sha256 text not null,
      path text not null,
      size_bytes bigint not null
    )`,
  ],
}
