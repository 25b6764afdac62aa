import { afterAll, beforeAll } from 'vitest'
import { postgresPrograms, startPostgresCluster, type PostgresCluster } from './postgres-cluster.ts'

const given = process.env.AJAR_TEST_POSTGRES_URL

/**
 * Whether tests have a PostgreSQL server: the one of AJAR_TEST_POSTGRES_URL (whose user may create databases), or with
 * AJAR_TEST_SERVERS=1 a private one of the installed programs.
 */
export const hasServer = given !== undefined || (isWanted('postgresql') && postgresPrograms() !== undefined)

/** AJAR_TEST_SERVERS is 1 for all that are installed, or lists them by name. */
function isWanted(name: string): boolean {
  const wish = process.env.AJAR_TEST_SERVERS ?? ''
  return wish === '1' || wish.split(',').includes(name)
}

/** Has a server while the tests of a `describe` run, and gives its address. */
export function provideServer(): () => string {
  let cluster: PostgresCluster | undefined
  beforeAll(async () => {
    if (given === undefined) cluster = await startPostgresCluster()
  })
  afterAll(async () => {
    await cluster?.stop()
  })
  return () => given ?? (cluster as PostgresCluster).url
}
