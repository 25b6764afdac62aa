export { countOverall, countPeople, type GroupCount, type OverallCount, type PeopleGroup } from './count-people.ts'
export { type ContentHints, type LinkedContent, type LinkedPeople, linkPeople, type MentionedContent } from './link-people.ts'
