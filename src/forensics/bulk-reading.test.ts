import { expect, it } from 'vitest'
import { BULK_THRESHOLDS, describePattern, takenOf } from './bulk-reading.ts'

it.each([
  { name: 'one answer as long as the object', sizeBytes: 100, largestAnswer: 100, allAnswers: 100, is: 'whole' },
  { name: 'an answer that holds more, as multipart ones do', sizeBytes: 100, largestAnswer: 180, allAnswers: 180, is: 'whole' },
  { name: 'a range', sizeBytes: 100, largestAnswer: 10, allAnswers: 20, is: 'part' },
  { name: 'ranges that add up', sizeBytes: 100, largestAnswer: 60, allAnswers: 120, is: 'pieces' },
  { name: 'an empty object', sizeBytes: 0, largestAnswer: 0, allAnswers: 0, is: 'whole' },
  { name: 'a log without sizes', sizeBytes: null, largestAnswer: 10, allAnswers: 10, is: 'unknown' },
  { name: 'a log without bytes', sizeBytes: 100, largestAnswer: null, allAnswers: null, is: 'unknown' },
])('$name is $is', ({ is, ...bytes }) => {
  expect(takenOf(bytes)).toBe(is)
})

it('states the threshold with every pattern', () => {
  expect(describePattern('bulk-reading', 150)).toContain(`from ${BULK_THRESHOLDS.keysReadInAnHour}`)
  expect(describePattern('key-guessing', 60)).toContain(`from ${BULK_THRESHOLDS.keysMissedInAnHour}`)
  expect(describePattern('sequential-keys', 30)).toContain(`from ${BULK_THRESHOLDS.sequentialKeys}`)
  expect(describePattern('listed-then-read', 12)).toContain(`from ${BULK_THRESHOLDS.keysReadAfterListing}`)
})
