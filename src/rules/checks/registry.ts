import { accessToPersonalDataLogged } from './access-to-personal-data-logged.ts'
import type { Check } from './check.ts'
import { inquiryFilesLeave } from './inquiry-files-leave.ts'
import { personalDataNotReachable } from './personal-data-not-reachable.ts'

/** All built-in rules, one line a member. */
export const CHECKS: readonly Check[] = [accessToPersonalDataLogged, inquiryFilesLeave, personalDataNotReachable]
