export type { AccessQuery } from './access-query.ts'
export type { IngestedFile, IngestOptions, IngestReport, LogFile } from './ingest/ingest.ts'
export { type DamagedPart, type Delivery, type Lake, type LakeOptions, openLake } from './lake.ts'
