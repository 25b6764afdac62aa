export { assessRegimes } from './assess-regimes.ts'
export { draftNotices } from './draft-notices.ts'
export type { NoticeOccasion } from './letter.ts'
export type { NoticeFacts } from './notice-facts.ts'
