export type { OutsideReader } from './exposed-store.ts'
export { planFor } from './plan-for.ts'
