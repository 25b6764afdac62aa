export { countOverall, countPeople } from './count-people.ts'
export { type LinkedPeople, linkPeople } from './link-people.ts'
