import type { History } from '../../history/index.ts'
import {
  compareInstants,
  epochMs,
  type AccessReport,
  type Instant,
  instant,
  type ResourceRef,
  type Window,
  type ZoneOfTrust,
  type ExposureWindow,
} from '../../model/index.ts'
import type { AccessQuery, Lake } from '../../query-engines/index.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Knowledge } from './knowledge.ts'
import type { InvestigateOptions } from './options.ts'
import { remembered } from './remembered.ts'

interface Given {
  readonly history: History
  readonly lake: Lake
  readonly knowledge: Knowledge
  readonly stores: readonly DecidedStore[]
  readonly zone: ZoneOfTrust
}

interface OpenedWindow {
  readonly resource: ResourceRef
  readonly window: ExposureWindow
}

// Raised whenever the same question to the same logs gets another answer.
const STAGE = 'report-access/3'

/** Who came while the door was, or may have been, open; what the logs of that time could have shown. */
export function reportAccess(given: Given, opened: OpenedWindow, options: InvestigateOptions): Promise<AccessReport> {
  const { history, lake } = given
  const query = queryFor(given, opened, options)
  return remembered(history, { stage: STAGE, input: [query, lake.digest()] }, () => lake.accessReport(query))
}

function queryFor({ knowledge, zone }: Given, { resource, window }: OpenedWindow, options: InvestigateOptions): AccessQuery {
  return {
    store: resource.id,
    bucket: resource.type === 'AWS::S3::Bucket' ? resource.name : '',
    windows: [possiblyOpen(window.window, options.asOf)],
    sources: { zone, knownNetworks: options.knownNetworks },
    loggingHistory: knowledge.observations.filter(
      (observation) =>
        observation.resource.type === 'AWS::CloudTrail::Trail' ||
        (observation.resource.id === resource.id && observation.facet === 'logging'),
    ),
    reach: window.audience,
    asOf: options.asOf,
  }
}

/** From the first moment that may have been open to the last. A window without a beginning is asked from its first proof on. */
function possiblyOpen({ opened, closed }: Window, asOf: Instant): { from: Instant; to: Instant } {
  const from = opened.notBefore ?? opened.notAfter ?? asOf
  const to = closed?.notAfter ?? asOf
  // An hour is the least that coverage can be said of.
  return compareInstants(from, to) < 0 ? { from, to } : { from, to: instant(epochMs(from) + 3_600_000) }
}
