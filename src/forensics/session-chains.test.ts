import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginsOutside, sessionChains, type SessionCaller, type SessionStart } from './session-chains.ts'

function start(session: string, principal: string, at: string, change: Partial<SessionCaller> = {}): SessionStart {
  return {
    session,
    role: `role-of-${session}`,
    at,
    caller: { principal, account: null, ip: '192.0.2.1', isService: false, ...change },
  }
}

const AT = ['2021-02-06T10:00:00Z', '2021-02-06T11:00:00Z', '2021-02-06T12:00:00Z', '2021-02-06T13:00:00Z'] as const

function ways(starts: readonly SessionStart[]): string[] {
  return sessionChains(starts).map(({ links, session }) => [...links.map(({ caller }) => caller.principal), session].join(' > '))
}

describe('session chains', () => {
  it.each<{ name: string; starts: SessionStart[]; is: string[] }>([
    { name: 'one step', starts: [start('a', 'ann', AT[0])], is: ['ann > a'] },
    {
      name: 'from role to role, in whatever order the events came',
      starts: [start('b', 'a', AT[1]), start('c', 'b', AT[2]), start('a', 'ann', AT[0])],
      is: ['ann > a', 'ann > a > b', 'ann > a > b > c'],
    },
    {
      name: 'the last start before counts where a name is used again',
      starts: [start('a', 'ann', AT[0]), start('a', 'ben', AT[2]), start('b', 'a', AT[1]), start('c', 'a', AT[3])],
      is: ['ann > a', 'ann > a > b', 'ben > a', 'ben > a > c'],
    },
    {
      name: 'a session that began only later is no beginning',
      starts: [start('a', 'ann', AT[1]), start('b', 'a', AT[0])],
      is: ['a > b', 'ann > a'],
    },
  ])('$name', ({ starts, is }) => {
    expect(ways(starts)).toEqual(is)
  })

  it('ends for roles that assume each other, and does not depend on the order of events', () => {
    const names = fc.constantFrom('a', 'b', 'c')
    const events = fc.array(fc.tuple(names, names, fc.constantFrom(...AT)), { maxLength: 20 })
    fc.assert(
      fc.property(events, (all) => {
        const starts = all.map(([session, principal, at]) => start(session, principal, at))
        expect(ways([...starts].reverse()).sort()).toEqual(ways(starts).sort())
        for (const { links } of sessionChains(starts)) expect(links.length).toBeLessThanOrEqual(16)
      }),
    )
  })

  it('begins outside where the first caller is outside and no service', () => {
    const isOutside = ({ account }: SessionCaller) => account === '999988887777'
    const chains = sessionChains([
      start('a', 'stranger', AT[0], { account: '999988887777' }),
      start('b', 'a', AT[1]),
      start('c', 'lambda.amazonaws.com', AT[1], { account: '999988887777', isService: true }),
      start('d', 'ann', AT[1], { account: '111122223333' }),
    ])
    expect(chains.filter((chain) => beginsOutside(chain, isOutside)).map(({ session }) => session)).toEqual(['a', 'b'])
  })
})
