import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = resolve(import.meta.dirname, '../../../../bin/ajar.mjs')
const work = mkdtempSync(join(tmpdir(), 'ajar-access-command-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
const line = (id: string, ip: string, operation = 'REST.GET.OBJECT', key = 'a.csv') =>
  `${OWNER} maps [06/Feb/2021:10:00:38 +0000] ${ip} - ${id} ${operation} ${key} "GET /${key} HTTP/1.1" 200 - 100 100 7 6 "-" "curl/8.5.0" - s9lzHYrFp76ZVxRc= - ECDHE-RSA-AES128-GCM-SHA256 - maps.s3.amazonaws.com TLSv1.2 - -\n`

beforeAll(() => {
  for (const [directory, text] of Object.entries({
    read: line('R1', '192.0.2.3'),
    listed: line('L1', '192.0.2.3', 'REST.GET.BUCKET', '-'),
    quiet: line('I1', '203.0.113.9'),
  })) {
    mkdirSync(join(work, directory))
    writeFileSync(join(work, directory, 'access.log'), text)
  }
  mkdirSync(join(work, 'nothing'))
  writeFileSync(join(work, 'zone.yaml'), 'zone:\n  cidrs: [203.0.113.0/24]\n')
})

/** Runs the command as a person would, in another process. */
function access(...args: string[]) {
  return spawnSync(process.execPath, [program, 'access', ...args], {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', AJAR_HOME: join(work, 'home') },
  })
}

describe('ajar access', () => {
  it('answers in JSON with the fields that scripts rely on', () => {
    const { stdout, status } = access('read', '--zone', 'zone.yaml', '--format', 'json')
    const answer = JSON.parse(stdout)
    expect(status).toBe(0)
    expect(answer.lines).toMatchObject({ read: 1, parsed: 1, ambiguous: 0, rejected: 0 })
    expect(Object.keys(answer.coverage[0]).sort()).toEqual(['because', 'from', 'resource', 'sources', 'state', 'to'])
    expect(answer.requests).toEqual({ inside: 0, knownGood: 0, knownScanner: 0, outside: 1, unknown: 0 })
    expect(answer.outsiders).toEqual([
      {
        ip: '192.0.2.3',
        network: null,
        principal: null,
        userAgents: ['curl/8.5.0'],
        first: '2021-02-06T10:00:38Z',
        last: '2021-02-06T10:00:38Z',
        requests: 1,
        reads: 1,
        lists: 0,
        writes: 0,
        bytes: 100,
        objects: 1,
      },
    ])
    expect(answer.objectsRead).toEqual(['a.csv'])
    expect(answer.conclusion.code).toBe('read')
  })

  it('gives the same bytes whatever the clock’s zone and the locale', () => {
    const args = ['read', '--as-of', '2023-01-01', '--format', 'ndjson']
    const first = access(...args).stdout
    expect(first.trimEnd().split('\n')).toHaveLength(1)
    process.env.TZ = 'Asia/Tokyo'
    expect(access(...args, '--threads', '1').stdout).toBe(first)
    delete process.env.TZ
  })

  it.each([
    { logs: 'read', failOn: 'read', status: 10 },
    { logs: 'read', failOn: 'listed', status: 10 },
    { logs: 'listed', failOn: 'listed', status: 10 },
    { logs: 'listed', failOn: 'ambiguous', status: 0 },
    { logs: 'quiet', failOn: 'listed', status: 0 },
  ])('--fail-on $failOn with $logs ends with $status', ({ logs, failOn, status }) => {
    expect(access(logs, '--zone', 'zone.yaml', '--fail-on', failOn, '-q').status).toBe(status)
  })

  it.each([
    { name: 'no logs given', args: [], status: 2, says: 'logs' },
    { name: 'a path that is not there', args: ['nowhere'], status: 1, says: 'no file or directory nowhere' },
    { name: 'an empty directory', args: ['nothing'], status: 1, says: 'no files in nothing' },
    { name: 'no log', args: ['zone.yaml'], status: 1, says: 'zone.yaml: ' },
    {
      name: 'a period that ends before it begins',
      args: ['read', '--from', '2021-02-07', '--to', '2021-02-06'],
      status: 2,
      says: '--from',
    },
    { name: 'a moment without a zone', args: ['read', '--from', '2021-02-07T10:00'], status: 2, says: '--from' },
    { name: 'an empty resource', args: ['read', '--resource', ' '], status: 2, says: '--resource' },
    { name: 'records among the logs', args: ['read', '--records', 'read/access.log'], status: 2, says: 'lies among the logs' },
    { name: 'a store among the logs', args: ['read', '--store', 'read/store'], status: 2, says: 'lies among the logs' },
    {
      name: 'a server for a store',
      args: ['read', '--store', 'postgres://u:secret@db/x'],
      status: 2,
      says: '--store postgres://db/x',
    },
    { name: 'a page', args: ['read', '--format', 'html'], status: 2, says: '--format html' },
    { name: 'a finding that is none', args: ['read', '--fail-on', 'anything'], status: 2, says: '--fail-on' },
  ])('$name: $status', ({ args, status, says }) => {
    const run = access(...args)
    expect(run.status).toBe(status)
    expect(run.stderr).toContain(says)
    expect(run.stderr).not.toMatch(/\n\s+at |secret/)
    expect(run.stdout).toBe('')
  })
})
