export { countOverall, countPeople } from './count-people.ts'
export { linkPeople } from './link-people.ts'
export type { LinkedPeople } from './linked-people.ts'
