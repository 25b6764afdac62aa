import { sql, type Transaction } from 'kysely'
import { compareText, epochMs, instant, type Instant, type Observation } from '../model/index.ts'
import { fromColumn, toColumn } from './column-text.ts'
import { placeAt, readingOf, resourceOf, type PlaceRow, type ResourceRow } from './read-evidence.ts'
import type { Tables } from './tables.ts'

/** A facet of a resource as one source saw it, with both times: when it held, and since when Ajar knows. */
export interface ConfigurationItem extends Observation {
  /** When the same source's next item of this facet begins, as far as was known; null while there is none. */
  readonly validTo: Instant | null
  readonly recordedAt: Instant
  readonly revision: number
  /** SHA-256 of the value's canonical text. */
  readonly digest: string
}

/**
 * What was true of a resource at one moment, as known up to a revision: for each facet and source the item that held.
 * Of two items of one source and facet that begin at the same moment, the one learned later counts; within one batch,
 * the one that stands later in the evidence.
 */
export async function readConfigurationAsOf(
  trx: Transaction<Tables>,
  resourceId: string,
  validAt: Instant,
  revision: number,
): Promise<ConfigurationItem[]> {
  const { rows } = await sql<ItemRow>`
    with mine as materialized (
      select o.*, r.id, r.type, r.account, r.region, r.name
      from ajar.resource as r join ajar.observation as o using (resource_key)
      where r.id = ${toColumn(resourceId)} and o.revision <= ${revision}
    ), placed as materialized (
      select mine.*, coalesce(evidence_path, (
        select min(given.path collate "C") from ajar.evidence_file as file
        join ajar.given_file as given on given.sha256 = file.sha256 and given.revision = file.revision
        where file.evidence_id = mine.evidence_id
      )) as path
      from mine
    ), known as (
      select placed.*, row_number() over (
        partition by facet, source, valid_from_ms
        order by revision desc, path collate "C" desc, coalesce(evidence_offset, -1) desc,
          evidence_record collate "C" desc nulls last, digest collate "C" desc
      ) as superseded_by
      from placed
    ), spans as (
      select known.*, lead(valid_from_ms) over (partition by facet, source order by valid_from_ms) as valid_to_ms
      from known where superseded_by = 1
    )
    select spans.*, value.status, value.body, batch.recorded_at_ms
    from spans
    join ajar.configuration_value as value using (digest)
    join ajar.batch as batch on batch.revision = spans.revision
    where valid_from_ms <= ${epochMs(validAt)}::bigint and (valid_to_ms is null or valid_to_ms > ${epochMs(validAt)}::bigint)
  `.execute(trx)
  return rows.map(itemOf).sort((left, right) => compareText(left.facet, right.facet) || compareText(left.source, right.source))
}

function itemOf(row: ItemRow): ConfigurationItem {
  return {
    resource: resourceOf(row),
    facet: fromColumn(row.facet),
    kind: row.kind as Observation['kind'],
    validFrom: instant(Number(row.valid_from_ms)),
    validTo: row.valid_to_ms === null ? null : instant(Number(row.valid_to_ms)),
    value: readingOf(row.status, row.body),
    source: row.source as Observation['source'],
    evidence: placeAt(fromColumn(row.path), row),
    recordedAt: instant(Number(row.recorded_at_ms)),
    revision: row.revision,
    digest: row.digest,
  }
}

interface ItemRow extends PlaceRow, ResourceRow {
  path: string
  revision: number
  facet: string
  kind: string
  source: string
  valid_from_ms: string | number
  valid_to_ms: string | number | null
  digest: string
  status: string
  body: string
  recorded_at_ms: string | number
}
