import type { LogFormat, LogReader } from './log-format.ts'

/** CloudTrail digest files: they hold no requests, but prove that log files are whole; `verifyDigestChains` reads them. */
export const cloudtrailDigestFile: LogFormat = {
  id: 'cloudtrail-digest',
  layout: 'aws-cloudtrail-digest',
  recognises: ({ record }) => record !== null && 'digestStartTime' in record && 'digestS3Bucket' in record,
  open: (): LogReader => ({
    passedOver: 1,
    problem: null,
    push(chunk, _fileOffset, _atEnd, batch) {
      batch.reset(chunk)
      return chunk.length
    },
  }),
}
