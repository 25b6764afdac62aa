import { sampleCase } from './sample-case.ts'
import { emptyCase, hostileCase, hugeCase, manyFilesCase, threeHoursCase, undecidedCase, unreadCase } from './sample-states.ts'

/** Every case that the page and the terminal must be able to show. */
export const ALL_CASES = [
  { name: 'the sample', make: sampleCase },
  { name: 'nothing open', make: emptyCase },
  { name: 'only an undecided store', make: undecidedCase },
  { name: 'open stores nobody read', make: unreadCase },
  { name: 'three hours', make: threeHoursCase },
  { name: 'more of everything than fits', make: hugeCase },
  { name: '1,800 files', make: manyFilesCase },
  { name: 'hostile names', make: hostileCase },
] as const
