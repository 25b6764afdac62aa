import { describe, expect, it } from 'vitest'
import { ALL_STORES, hostileStore, portalStore, unclearStore } from '../../../web/testing/sample-stores.ts'
import { renderStoreInTerminal } from './store-view.ts'

const plain = { columns: 100, color: false }

describe('a store in the terminal', () => {
  it.each([
    { name: 'the finding', text: '◧ Anyone can read and list it, because statement 1 says so and none of three Denies stops it' },
    { name: 'a row of the table', text: '  read    ◧ open           ◧ as anyone      ◧ as anyone' },
    {
      name: 'the statement with its file and line',
      text: 'Statement 1 "DealerPortal" of the bucket policy, policy.json, line 4',
    },
    { name: 'a line of it with its number', text: '    5        "Sid": "DealerPortal",' },
    {
      name: 'the witness whole',
      text: "  read    $ curl -s -H 'Referer: https://portal.example/' https://dealer-files.s3.ap-southeast-2.amazonaws.com/x",
    },
    { name: 'a Deny with its place', text: '  D1      statement 2 "OnlyServices" (policy.json, line 17)' },
    { name: 'why it does not stop the witness', text: 'The key is absent. The request carries no aws:PrincipalIsAWSService' },
    { name: 'what was read', text: 'Object ownership                read' },
  ])('$name', ({ text }) => {
    expect(renderStoreInTerminal(portalStore(), plain)).toContain(text)
  })

  it.each(ALL_STORES)('has no colour where none is wanted: $name', ({ make }) => {
    expect(renderStoreInTerminal(make(), plain)).not.toMatch(/(?!\n)\p{Cc}/u)
  })

  it('obeys nothing that a policy says to a terminal', () => {
    const shown = renderStoreInTerminal(hostileStore(), { columns: 100, color: true })
    // Its own four ways to set text apart.
    const own = ['0', '1', '2', '38;5;202'].map((code) => `${String.fromCharCode(0x1b)}[${code}m`)
    expect(own.reduce((text, code) => text.replaceAll(code, ''), shown)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  })

  it('quotes what a shell would obey', () => {
    expect(renderStoreInTerminal(hostileStore(), plain)).toMatch(/\$ curl -s -H 'Referer: [^\n]*'\\''"\$\(reboot\)/)
  })

  it('says what is not known as loudly as what is', () => {
    const shown = renderStoreInTerminal(unclearStore(), plain)
    expect(shown).toMatch(/^\? Whether outsiders can read, list/m)
    expect(shown).toContain('Undecided is counted as possibly open.')
  })
})
