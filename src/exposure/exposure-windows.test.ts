import { describe, expect, it } from 'vitest'
import type { Observation } from '../model/index.ts'
import { composeTimeline } from './compose-timeline.ts'
import { exposureWindows } from './exposure-windows.ts'
import { ALL_ON, BUCKET, created, deciderFor, deleted, notRead, seen } from './testing/observations.ts'

const AS_OF = '2023-06-01T00:00:00Z'

/** One line a window: audience, the two bounds of its beginning and of its end; `?` no bound, `…` still open, `~` unproved. */
function windowsOf(observations: readonly Observation[]): string[] {
  const timeline = composeTimeline(observations, { asOf: AS_OF })
  return exposureWindows(BUCKET, timeline, deciderFor(observations), { asOf: AS_OF }).map(({ audience, certain, window }) => {
    const bounds = (pair: { notBefore: string | null; notAfter: string | null } | null) =>
      pair === null ? '…' : [...new Set([pair.notBefore, pair.notAfter])].map((moment) => moment?.slice(0, 10) ?? '?').join('/')
    return `${certain ? '' : '~'}${audience} ${bounds(window.opened)} to ${bounds(window.closed)}`
  })
}

const day = (text: string) => `${text}T00:00:00Z`

describe('exposure windows', () => {
  it.each<{ name: string; observations: Observation[]; windows: string[] }>([
    {
      name: 'has exact ends where both changes were recorded',
      observations: [
        created(day('2015-01-01')),
        seen('change', 'policy', day('2015-01-01'), null),
        seen('change', 'policy', day('2015-02-09'), 'anyone'),
        seen('change', 'policy', day('2023-05-12'), null),
      ],
      windows: ['anyone 2015-02-09 to 2023-05-12'],
    },
    {
      name: 'cannot be open before it existed, and may have been open from then on',
      observations: [created(day('2016-10-03')), seen('point', 'policy', day('2018-07-01'), 'anyone')],
      windows: ['anyone 2016-10-03/2018-07-01 to …'],
    },
    {
      name: 'may have been open for ever where nothing says when it was created',
      observations: [seen('point', 'policy', day('2018-07-01'), 'anyone')],
      windows: ['anyone ?/2018-07-01 to …'],
    },
    {
      name: 'opened and closed between two looks',
      observations: [
        created(day('2016-01-01')),
        ...['2017-01-01', '2018-01-01'].map((at) => seen('point', 'policy', day(at), null)),
        ...['2018-07-01', '2020-01-01'].map((at) => seen('point', 'policy', day(at), 'anyone')),
        seen('point', 'policy', day('2020-03-01'), null),
      ],
      windows: ['anyone 2018-01-01/2018-07-01 to 2020-01-01/2020-03-01'],
    },
    {
      name: 'is proved by a single look, though each end is open to doubt',
      observations: [
        created(day('2016-01-01')),
        seen('point', 'policy', day('2017-01-01'), null),
        seen('point', 'policy', day('2018-01-01'), 'anyone'),
        seen('point', 'policy', day('2019-01-01'), null),
      ],
      windows: ['anyone 2017-01-01/2018-01-01 to 2018-01-01/2019-01-01'],
    },
    {
      name: 'was shut in between when one look says so',
      observations: [
        seen('change', 'existence', day('2016-01-01'), { exists: true }),
        seen('point', 'policy', day('2017-01-01'), 'anyone'),
        seen('point', 'policy', day('2018-01-01'), null),
        seen('point', 'policy', day('2019-01-01'), 'anyone'),
      ],
      windows: ['anyone 2016-01-01/2017-01-01 to 2017-01-01/2018-01-01', 'anyone 2018-01-01/2019-01-01 to …'],
    },
    {
      name: 'makes nothing of a closed store whose earlier years nobody saw',
      observations: [
        created(day('2012-01-01')),
        seen('point', 'policy', day('2020-07-01'), 'anyone'),
        seen('point', 'publicAccessBlock', day('2020-07-01'), ALL_ON),
        seen('point', 'accountPublicAccessBlock', day('2020-07-01'), null),
      ],
      windows: [],
    },
    {
      name: 'knows that there was no public access block before the provider offered one',
      observations: [
        created(day('2015-01-01')),
        seen('change', 'policy', day('2015-02-09'), 'anyone'),
        seen('point', 'publicAccessBlock', day('2018-11-15'), null),
      ],
      windows: ['anyone 2015-01-01/2015-02-09 to …'],
    },
    {
      name: 'does not take a block that was first seen later for a block that was always there',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), 'anyone'),
        seen('change', 'publicAccessBlock', day('2016-01-01'), null),
        seen('point', 'accountPublicAccessBlock', day('2019-01-01'), ALL_ON),
      ],
      windows: ['anyone 2016-01-01 to 2018-11-15/2019-01-01'],
    },
    {
      name: 'carries an open state back over a mixture of facets that nobody had seen',
      observations: [
        created(day('2018-12-01')),
        seen('point', 'policy', day('2019-06-01'), 'anyone'),
        seen('change', 'publicAccessBlock', day('2021-01-01'), ALL_ON),
        seen('point', 'accountPublicAccessBlock', day('2018-11-15'), null),
      ],
      windows: ['~anyone 2018-12-01/2021-01-01 to 2018-12-01/2021-01-01'],
    },
    {
      name: 'ends with the account-wide block, seen on the account alone',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), 'anyone'),
        seen('point', 'accountPublicAccessBlock', day('2015-01-01'), null),
        seen('change', 'accountPublicAccessBlock', day('2023-05-12'), ALL_ON),
      ],
      windows: ['anyone 2016-01-01 to 2023-05-12'],
    },
    {
      name: 'ends with the store, and begins anew with the next of its name',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-02-01'), 'anyone'),
        seen('change', 'policy', day('2016-01-01'), null),
        deleted(day('2018-01-01')),
        created(day('2020-01-01')),
        seen('point', 'policy', day('2021-01-01'), 'anyone'),
      ],
      windows: ['anyone 2016-02-01 to 2018-01-01', 'anyone 2020-01-01/2021-01-01 to …'],
    },
    {
      name: 'makes no third window of an uncertain end, and two where the audience changed',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), 'named'),
        seen('point', 'policy', day('2018-01-01'), 'named'),
        seen('point', 'policy', day('2019-01-01'), 'anyone'),
        seen('point', 'policy', day('2020-01-01'), null),
      ],
      windows: ['named 2016-01-01 to 2018-01-01/2019-01-01', 'anyone 2018-01-01/2019-01-01 to 2019-01-01/2020-01-01'],
    },
    {
      name: 'is undecided while nothing could be read, and says so for all of its life',
      observations: [created(day('2016-01-01')), notRead('point', 'policy', day('2019-01-01'))],
      windows: ['~undecided 2016-01-01/? to …'],
    },
    {
      name: 'believes a reading over a failed attempt at the same time',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), null),
        notRead('point', 'policy', day('2019-01-01')),
      ],
      windows: [],
    },
    {
      name: 'is undecided after a change whose outcome was not recorded',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), 'anyone'),
        notRead('change', 'policy', day('2019-01-01')),
        seen('change', 'policy', day('2019-03-01'), 'anyone'),
      ],
      windows: [
        'anyone 2016-01-01 to 2019-01-01',
        '~undecided 2019-01-01/2019-03-01 to 2019-01-01/2019-03-01',
        'anyone 2019-03-01 to …',
      ],
    },
    {
      name: 'takes a change without its outcome for the one to what is seen next',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), null),
        notRead('change', 'policy', day('2019-01-01')),
        seen('point', 'policy', day('2019-03-01'), 'anyone'),
      ],
      windows: ['anyone 2019-01-01 to …'],
    },
    {
      name: 'does not guess the outcome of a change after which nothing new is seen',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), null),
        notRead('change', 'policy', day('2019-01-01')),
        seen('point', 'policy', day('2019-03-01'), null),
      ],
      windows: ['~undecided 2019-01-01/2019-03-01 to 2019-01-01/2019-03-01'],
    },
    {
      name: 'takes what a creation sets for the first of several changes in one second',
      observations: [
        created(day('2016-01-01')),
        { ...seen('change', 'policy', day('2016-01-01'), null), evidence: created(day('2016-01-01')).evidence },
        seen('change', 'policy', day('2016-01-01'), 'anyone'),
      ],
      windows: ['anyone 2016-01-01 to …'],
    },
    {
      name: 'ignores what was observed after the moment that is asked for',
      observations: [
        created(day('2016-01-01')),
        seen('change', 'policy', day('2016-01-01'), 'anyone'),
        seen('change', 'policy', day('2023-07-01'), null),
      ],
      windows: ['anyone 2016-01-01 to …'],
    },
  ])('$name', ({ observations, windows }) => {
    expect(windowsOf(observations)).toEqual(windows)
    expect(windowsOf([...observations].reverse())).toEqual(windows)
  })

  it('gives the evidence for both bounds, the marks in between, and a window an access', () => {
    const observations = [
      created(day('2016-10-03')),
      seen('point', 'policy', day('2018-07-01'), 'anyone', 'item-7'),
      seen('change', 'accountPublicAccessBlock', day('2015-01-01'), null),
      seen('change', 'accountPublicAccessBlock', day('2023-05-12'), ALL_ON, 'event-9'),
    ]
    const timeline = composeTimeline(observations, { asOf: AS_OF })
    const [window] = exposureWindows(BUCKET, timeline, deciderFor(observations), { asOf: AS_OF })
    expect(window!.window.opened.because.map(({ text }) => text)).toEqual([
      'AWS Config first captured "policy: not a policy document" on 2018-07-01T00:00:00Z (configuration item item-7).',
      'It was created on 2016-10-03T00:00:00Z (event existence@2016-10-03T00:00:00Z).',
    ])
    expect(window!.window.closed!.because.map(({ evidence }) => evidence?.record)).toEqual(['event-9'])
    expect(window!.changes.map(({ text }) => text)).toEqual(['bucket created', "account's public access block on"])
    expect(Object.keys(window!.accessWindows)).toEqual(['read'])
    expect(window!.accessWindows.read).toEqual(window!.window)
  })
})
