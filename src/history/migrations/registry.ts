import { evidence } from './0001-evidence.ts'
import { conclusions } from './0002-conclusions.ts'
import type { Migration } from './migration.ts'

/** All steps of the store's layout, in the order in which they are run. */
export const MIGRATIONS: readonly Migration[] = [evidence, conclusions]
