import type { LogFormat } from './log-format.ts'
import { JsonReader } from './reading/json-reader.ts'
import { NO_RECORD } from './reading/line-reader.ts'

/**
 * CloudTrail Insights files: that there were unusually many calls, not which. They are known by name and passed over, so that
 * they are neither unknown nor taken for requests.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-insights-fields-trails.html
 */
export const cloudtrailInsight: LogFormat = {
  id: 'cloudtrail-insight',
  recognises: ({ names, record }) =>
    names[0] === 'Records' && record !== null && (record.eventCategory === 'Insight' || 'insightDetails' in record),
  open: () => new JsonReader(() => NO_RECORD),
}
