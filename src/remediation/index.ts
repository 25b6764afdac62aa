export type { ExposedStore, OutsideReader, RemediationFacts } from './exposed-store.ts'
export { planFor } from './plan-for.ts'
