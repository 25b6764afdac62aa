import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare, type Comparison, type Question } from './compare.ts'
import { createBucket } from './configure.ts'
import { explanationOf, KNOWN_DIFFERENCES } from './known-differences.ts'
import { dialectQuestions, listQuestions, randomQuestions, trickyQuestions } from './material.ts'
import { type Rules, type Server, type ServerName, startServer, wantedServers } from './server.ts'

const names = await wantedServers()
const RANDOM = process.env.AJAR_NIGHTLY ? 2_000 : 150
// Ceph takes a second for each new policy.
const SLOWLY = 60
// Fewer than these, and the servers were not really asked.
const LEAST_COMPARED: Readonly<Record<ServerName, number>> = { ministack: 1_000, minio: 500, versitygw: 800, ceph: 200 }

// Needs servers: `node scripts/servers/install.mjs`, then AJAR_TEST_SERVERS=1.
describe.skipIf(names.length === 0)('verdicts against real servers', { timeout: 1_800_000 }, () => {
  const servers: Server[] = []
  const told = new Map<ServerName, readonly Comparison[]>()
  const toldByDialect = new Map<ServerName, readonly Comparison[]>()

  beforeAll(async () => {
    for (const name of names) servers.push(await startServer(name))
    for (const server of servers) {
      const count = server.name === 'ceph' ? SLOWLY : RANDOM
      const questions = [...trickyQuestions(), ...listQuestions(), ...randomQuestions(count)]
      const corners = dialectQuestions(count)
      await createBucket(server)
      told.set(server.name, await compareAll(server, questions, 'aws'))
      if (hasDialect(server.name)) toldByDialect.set(server.name, await compareAll(server, [...questions, ...corners], 'own'))
    }
  }, 1_800_000)
  afterAll(async () => {
    for (const server of servers) await server.stop()
  })

  it.each(names)('%s differs only where it is known to differ from AWS', (name) => {
    const surprises = told.get(name)!.filter((comparison) => differs(comparison) && !explanationOf(name, comparison))
    expect(surprises.map(described)).toEqual([])
    expect(told.get(name)!.filter(({ outcome }) => outcome === 'agrees').length).toBeGreaterThan(LEAST_COMPARED[name])
  })

  it.each(names.filter(hasDialect))('%s does what the verdicts of its own dialect say, without exception', (name) => {
    const comparisons = toldByDialect.get(name)!
    expect(comparisons.filter(differs).map(described)).toEqual([])
    expect(comparisons.filter(({ outcome }) => outcome === 'agrees').length).toBeGreaterThan(LEAST_COMPARED[name])
  })

  it.runIf(names.length > 1)('each verdict that two servers can express agrees with two, or with all but what is known', () => {
    const answers = new Map<string, Comparison['outcome'][]>()
    for (const [name, comparisons] of told) {
      for (const comparison of comparisons) {
        if (comparison.outcome === 'beyond' || explanationOf(name, comparison)) continue
        const key = `${comparison.question.name} ${comparison.access}`
        answers.set(key, [...(answers.get(key) ?? []), comparison.outcome])
      }
    }
    const twice = [...answers].filter(([, outcomes]) => outcomes.length > 1)
    const agreeing = twice.filter(([, outcomes]) => outcomes.filter((outcome) => outcome === 'agrees').length > 1)
    console.log(`${agreeing.length} of ${twice.length} verdicts that two servers can express agree with two; ${summary(told)}`)
    expect(twice.filter((entry) => !agreeing.includes(entry)).map(([key]) => key)).toEqual([])
    expect(twice.length).toBeGreaterThan(500)
  })

  it.each(KNOWN_DIFFERENCES.filter(({ server }) => names.includes(server)))('$server still $reason', (known) => {
    const seen = told.get(known.server)!.filter((comparison) => differs(comparison) && known.explains(comparison))
    expect(seen.length).toBeGreaterThan(0)
  })
})

/** ministack stands in for AWS itself. */
function hasDialect(name: ServerName): boolean {
  return name !== 'ministack'
}

async function compareAll(server: Server, questions: readonly Question[], rules: Rules): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = []
  for (const question of questions) comparisons.push(...(await compare(server, question, rules)))
  return comparisons
}

function differs({ outcome }: Comparison): boolean {
  return outcome === 'more open' || outcome === 'more closed'
}

function described({ question, access, verdict, outcome, detail }: Comparison): object {
  return { name: question.name, access, audience: verdict.audience, outcome, detail, policy: question.settings.policy }
}

function summary(told: ReadonlyMap<ServerName, readonly Comparison[]>): string {
  return [...told]
    .map(([name, comparisons]) => {
      const agreeing = comparisons.filter(({ outcome }) => outcome === 'agrees').length
      return `${name} ${agreeing} of ${agreeing + comparisons.filter(differs).length}`
    })
    .join(', ')
}
