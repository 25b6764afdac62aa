import { readEvidence } from '../../connectors/index.ts'
import type { EvidenceLayout, Observation, OrganizationAccount, ResourceRef, Unread } from '../../model/index.ts'
import type { AccessOptions } from './options.ts'
import type { DigestedFile } from './given-logs.ts'

/** What files beside the logs tell of the logging configuration and of whose accounts these are. */
export interface LoggingKnowledge {
  /** Observations of buckets' logging and of trails, and no others. */
  readonly loggingHistory: readonly Observation[]
  readonly accounts: readonly OrganizationAccount[]
  /** One resource of each account that evidence speaks of. */
  readonly resources: readonly ResourceRef[]
  readonly unread: readonly Unread[]
}

const LAYOUTS: readonly EvidenceLayout[] = ['aws-config', 'aws-cloudtrail', 'aws-organizations', 'aws-cli']

/** Reads AWS Config and CloudTrail files, saved command-line output and the organisation's list for the history of the logging configuration. */
export async function loggingKnowledge(files: readonly DigestedFile[], options: AccessOptions): Promise<LoggingKnowledge> {
  const described = files.filter(({ layout }) => LAYOUTS.includes(layout))
  const byPath = new Map(files.map((file) => [file.path, file]))
  const loggingHistory: Observation[] = []
  const accounts: OrganizationAccount[] = []
  const resources = new Map<string, ResourceRef>()
  const unread: Unread[] = []
  for (const [done, file] of described.entries()) {
    options.onProgress?.({
      stage: 'Reading the history of the logging configuration',
      done,
      total: described.length,
      unit: 'files',
    })
    const reading = readEvidence(file, {
      related: (path) => byPath.get(path),
      takenAt: options.asOf,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    for await (const item of reading) {
      if (item.kind === 'account') accounts.push(item.account)
      else if (item.kind === 'unread') unread.push(item.unread)
      else if (item.kind === 'observation') {
        const { resource, facet } = item.observation
        if (/^\d{12}$/.test(resource.account)) resources.set(resource.account, resource)
        if (resource.type === 'AWS::CloudTrail::Trail' || facet === 'logging') loggingHistory.push(item.observation)
      }
    }
  }
  return { loggingHistory, accounts, resources: [...resources.values()], unread }
}
