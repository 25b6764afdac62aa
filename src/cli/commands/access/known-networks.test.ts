import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readNetworks } from './known-networks.ts'

const work = mkdtempSync(join(tmpdir(), 'ajar-networks-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

function read(text: string, name = 'office.txt') {
  const file = join(work, name)
  writeFileSync(file, text)
  return readNetworks([file])
}

const VOUCHED = { cidr: '192.0.2.0/24', name: 'partner', standing: 'known-good', owner: 'ann', expires: '2030-01-01' }

describe('lists of networks', () => {
  it.each([
    {
      name: 'settings',
      text: 'knownNetworks:\n  - {cidr: 192.0.2.0/24, name: partner, standing: known-good, owner: ann, expires: "2030-01-01"}\n',
    },
    { name: 'a whole ajar.yaml', text: `store: x\nknownNetworks: [${JSON.stringify(VOUCHED)}]\n` },
    { name: 'a JSON list', text: JSON.stringify([VOUCHED]) },
  ])('$name vouch', ({ text }) => {
    expect(read(text)).toEqual({ known: [VOUCHED], named: [] })
  })

  it.each([
    {
      name: 'ranges of AWS, the service before the whole',
      text: JSON.stringify({
        syncToken: '1',
        prefixes: [
          { ip_prefix: '192.0.2.0/24', region: 'eu-west-1', service: 'AMAZON', network_border_group: 'eu-west-1' },
          { ip_prefix: '192.0.2.0/24', region: 'eu-west-1', service: 'EC2', network_border_group: 'eu-west-1' },
        ],
        ipv6_prefixes: [{ ipv6_prefix: '2001:db8::/32', region: 'eu-west-1', service: 'EC2' }],
      }),
      is: ['192.0.2.0/24 AWS EC2 eu-west-1', '2001:db8::/32 AWS EC2 eu-west-1', '192.0.2.0/24 AWS AMAZON eu-west-1'],
    },
    {
      name: 'ranges of Google',
      text: JSON.stringify({
        prefixes: [{ ipv4Prefix: '192.0.2.0/24', service: 'Google Cloud', scope: 'asia-east1' }, { ipv6Prefix: '2001:db8::/32' }],
      }),
      is: ['192.0.2.0/24 Google Cloud asia-east1', '2001:db8::/32 Google'],
    },
    {
      name: 'service tags of Azure',
      text: JSON.stringify({ values: [{ name: 'Storage', id: 'Storage', properties: { addressPrefixes: ['192.0.2.0/24'] } }] }),
      is: ['192.0.2.0/24 Azure Storage'],
    },
    {
      name: 'a block a line, named by the line or else by the file',
      text: '# offices\n192.0.2.0/28 Example hosting\n\n192.0.2.16/28 # unnamed\r\n2001:db8::1,crawler\n',
      is: ['192.0.2.0/28 Example hosting', '192.0.2.16/28 office', '2001:db8::1 crawler'],
    },
  ])('$name', ({ text, is }) => {
    const { known, named } = read(text)
    expect(known).toEqual([])
    expect(named.map(({ cidr, name }) => `${cidr} ${name}`)).toEqual(is)
  })

  it.each([
    {
      name: 'no block',
      text: '192.0.2.0/24 fine\n192.0.2.300/24 not\n',
      says: /office\.txt: "192\.0\.2\.300\/24" is no CIDR block/,
    },
    { name: 'an empty file', text: '# nothing\n', says: /names no network/ },
    { name: 'broken JSON', text: '{"prefixes": [', says: /office\.txt: / },
    { name: 'a standing that is none', text: JSON.stringify([{ ...VOUCHED, standing: 'friend' }]), says: /office\.txt: / },
    {
      name: 'an expiry that is no day',
      text: JSON.stringify({ knownNetworks: [{ ...VOUCHED, expires: 'soon' }] }),
      says: /2026-12-31/,
    },
  ])('$name is refused by name', ({ text, says }) => {
    expect(() => read(text)).toThrow(says)
  })

  it('names a file that is not there', () => {
    expect(() => readNetworks([join(work, 'missing')])).toThrow(/--known: cannot read .*missing/)
  })
})
