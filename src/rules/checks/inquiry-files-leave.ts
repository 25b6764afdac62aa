import type { Check } from './check.ts'

/** Files that answer an inquiry are done with when the inquiry is; what stays longer is there to be lost. */
export const inquiryFilesLeave: Check = {
  id: 'inquiry-files-leave',
  yaml: `
rules:
  - id: inquiry-files-leave
    title: Inquiry files with personal data must leave in time
    severity: medium
    appliesTo: objects
    scope:
      names: ['*inquir*', '*enquir*', '*investigat*', '*maintenance*', '*dealer*', '*support-case*']
    parameters:
      days: 90
    brokenWhen: object.personal && object.present && object.ageDays > parameters.days
    because:
      - "{object.key} has been there for {object.ageDays} days; {parameters.days} are allowed."
`,
}
