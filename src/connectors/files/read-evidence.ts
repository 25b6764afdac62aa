import type { EvidenceFile, EvidenceLayout } from '../../model/index.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from './evidence-item.ts'
import { readAwsCli } from './readers/aws-cli.ts'
import { readAwsConfig } from './readers/aws-config.ts'
import { readCloudTrail } from './readers/cloudtrail.ts'
import { readInventory } from './readers/inventory.ts'
import { readOrganizations } from './readers/organizations.ts'

type Reader = (file: EvidenceFile, options: ReadEvidenceOptions) => AsyncIterable<EvidenceItem>

/**
 * The layouts that hold typed values. Objects and access logs are read by the stages that they are for; an inventory's data
 * files by way of their manifest; digests prove integrity and say nothing of the estate; unknown files are named by discovery.
 */
const READERS: Readonly<Record<EvidenceLayout, Reader | null>> = {
  'aws-config': readAwsConfig,
  'aws-cloudtrail': readCloudTrail,
  'aws-cloudtrail-digest': null,
  'aws-organizations': readOrganizations,
  'aws-cli': readAwsCli,
  's3-access-log': null,
  's3-inventory-manifest': readInventory,
  's3-inventory-data': null,
  object: null,
  unknown: null,
}

/**
 * What a file of evidence says, in the order of the file. Bad content never throws: it gives an `unread` item that names the
 * file, the place and what was lost, and what stood before it is used. Only an abort throws.
 */
export async function* readEvidence(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  const reader = READERS[file.layout]
  if (reader === null) return
  try {
    for await (const item of reader(file, options)) {
      options.signal?.throwIfAborted()
      yield item
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    // No reader should come here. A file that finds a way is named like any other, so that the run goes on.
    const name = error instanceof Error ? error.name : 'unknown error'
    yield unreadPart(file, 'malformed', `Reading stopped at something unforeseen (${name}).`, 'The rest of what the file says.')
  }
}
