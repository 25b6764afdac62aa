import { describe, expect, it } from 'vitest'
import { classify, createFingerprint } from './index.ts'
import { classifyBytes, contentOf, describeElements, describeMentions } from './testing/contents.ts'
import { asCsv, CUSTOMER_ELEMENTS, CUSTOMERS, SAME_TABLE } from './testing/same-table.ts'

describe('classify', () => {
  it.each(SAME_TABLE)('finds the same people in the table as $format ($#)', async ({ format, bytes }) => {
    const result = await classifyBytes(bytes, { name: 'inquiries/AU/2017/file' })
    expect(result.report).toMatchObject({ format, recordCount: 2, problems: [], bytesRead: contentOf(bytes).sizeBytes })
    expect(describeElements(result)).toEqual(CUSTOMER_ELEMENTS)
    expect(describeMentions(result).map((row) => row.replace(/#\d+/g, ''))).toEqual([
      'customer-id email-address number-plate person-name phone-number vin | vin number-plate customer-id person-name phone-number email-address | AU by path | 1',
      'customer-id email-address number-plate person-name phone-number vin | vin number-plate customer-id person-name phone-number email-address | AU by phone-number | 1',
    ])
  })

  it('says the same however the bytes are cut into chunks', async () => {
    for (const { bytes } of SAME_TABLE)
      for (const chunkBytes of [1, 7, 64]) expect(await classifyBytes(bytes, { chunkBytes })).toEqual(await classifyBytes(bytes))
  })

  it('reports the same under any key, and keeps no value', async () => {
    const values = CUSTOMERS.slice(1).flat()
    for (const { bytes } of SAME_TABLE) {
      const options = { sha256: 'x' }
      const one = await classify(contentOf(bytes), { ...options, fingerprint: createFingerprint(new Uint8Array(32)) })
      const other = await classify(contentOf(bytes), { ...options, fingerprint: createFingerprint(new Uint8Array(32).fill(1)) })
      expect(one.report).toEqual(other.report)
      expect({ ...one.mentions, fingerprints: null }).toEqual({ ...other.mentions, fingerprints: null })
      expect(one.mentions.fingerprints).not.toEqual(other.mentions.fingerprints)
      const kept = JSON.stringify(one)
      for (const value of values) expect(kept).not.toContain(value)
    }
  })

  it('gives one identifier to all spellings of a value', async () => {
    const { mentions } = await classifyBytes(
      asCsv([
        ['customer_id', 'name', 'phone', 'email', 'vin'],
        ['c-0001', 'ANN  EXAMPLE', '0491-570-006', 'ANN@EXAMPLE.COM', '1m8gdm9axkp042788'],
        ['Ｃ－０００１', 'Ａｎｎ Example', '+61 491 570 006', 'ann@example.com', '1M8GDM9AXKP042788'],
      ]),
      { name: 'x/AU/y' },
    )
    expect(mentions.kinds).toHaveLength(5)
  })

  it('finds a track where place, time and vehicle meet, and a place alone elsewhere', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      terminalId: `NVT${10_000 + (i % 3)}`,
      gps: { lat: 35.1234 + i / 1e3, lon: 139.4567 },
      at: '2015-02-09T00:00:00Z',
    }))
    const lines = (records: readonly object[]): string => records.map((record) => JSON.stringify(record)).join('\n')
    expect(describeElements(await classifyBytes(lines(rows)))).toEqual({
      'terminal-id': '3 in 30',
      location: '30 in 30',
      'location-track': '30 in 30',
    })
    const places = rows.map(({ gps, at }) => ({ gps, at }))
    expect(describeElements(await classifyBytes(lines(places)))).toEqual({ location: '30 in 30' })
    const combined = rows.map(({ terminalId, at }, i) => ({ terminalId, at, position: `35.1234,139.${4567 + i}` }))
    expect(describeElements(await classifyBytes(lines(combined)))).toMatchObject({ 'location-track': '30 in 30' })
  })

  it.each<{ name: string; rows: string[][]; expected: Record<string, string> }>([
    {
      name: 'a column of part numbers of which only chance passes as cards',
      rows: [
        ['id', 'part number'],
        ...Array.from({ length: 400 }, (_, i) => [String(i), String(4_000_000_000_000_000 + i * 7_919_000_123)]),
      ],
      expected: {},
    },
    {
      name: 'a column of cards without a telling header',
      rows: [
        ['id', 'reference'],
        ...['4111111111111111', '5555555555554444', '378282246310005', '4012888888881881'].map((card) => ['x', card]),
      ],
      expected: { 'payment-card': '4 in 4' },
    },
    {
      name: 'names of things',
      rows: [
        ['name', 'price'],
        ['Brake pad', '12'],
        ['oil filter', '8'],
        ['Wiper', '5'],
      ],
      expected: {},
    },
    {
      name: 'names of people',
      rows: [
        ['name', 'visits'],
        ['Ann Example', '12'],
        ['Bob Sample', '8'],
      ],
      expected: { 'person-name': '2 in 2' },
    },
    {
      name: 'a free text with an address and a number',
      rows: [
        ['case', 'remark'],
        ['1', 'write to ann@example.com, call +61 491 570 006'],
        ['2', 'closed today without parts'],
      ],
      expected: { 'phone-number': '1 in 1', 'email-address': '1 in 1' },
    },
    {
      name: 'given and family names',
      rows: [
        ['First Name', 'Surname', 'Mobile'],
        ['Ann', 'Example', '+61491570006'],
      ],
      expected: { 'person-name': '1 in 1', 'phone-number': '1 in 1' },
    },
  ])('reads $name', async ({ rows, expected }) => {
    expect(describeElements(await classifyBytes(asCsv(rows.map((row) => row.map((value) => `"${value}"`)))))).toEqual(expected)
  })

  it.each([
    { text: 'plate,phone\n品川 300 あ 12-34,+61491570006', expected: 'JP by number-plate' },
    { text: 'phone,address\n+61491570006,〒100-0001 東京都例田区例町1-2-3', expected: 'AU by phone-number' },
    { text: 'street,state,postcode,chassis_no\n1 Example St,NSW,2000,GRS191-1234567', expected: 'AU by postal-address' },
    { text: 'street,country,customer id\n1 Example St,New Zealand,C-100', expected: 'NZ by postal-address' },
    { text: 'chassis_no,customer id\nGRS191-1234567,C-100', expected: 'JP by chassis-number' },
    { text: 'vin,customer id\n1M8GDM9AXKP042788,C-100', expected: 'NZ by path' },
  ])('places the record $text: $expected', async ({ text, expected }) => {
    const [row] = describeMentions(await classifyBytes(text, { name: 'files/NZ/list.csv' }))
    expect(row!.split(' | ')[2]).toBe(expected)
  })

  it('keeps people apart whom one record lists, each with the vehicles that follow', async () => {
    const inquiry = (n: number): object => ({
      inquiry: n,
      customers: [
        {
          name: 'Ann Example',
          email: `ann${n}@example.com`,
          vehicles: [{ vin: '1M8GDM9AXKP042788' }, { chassisNo: 'GRS191-1234567' }],
        },
        { name: 'Bob Sample', email: `bob${n}@example.com` },
      ],
    })
    const result = await classifyBytes([1, 2].map((n) => JSON.stringify(inquiry(n))).join('\n'))
    expect(result.report.recordCount).toBe(2)
    expect(describeMentions(result).map((row) => row.split(' | ')[0]!.replace(/#\d+/g, ''))).toEqual([
      'chassis-number email-address person-name vin',
      'email-address person-name',
      'chassis-number email-address person-name vin',
      'email-address person-name',
    ])
  })

  it('reads national numbers for the country of the row before that of the path', async () => {
    const { mentions } = await classifyBytes('phone,country\n0491 570 006,Australia\n+61 491 570 006,AU', { name: 'x/JP/y' })
    expect(mentions.kinds).toHaveLength(1)
  })
})

describe('text', () => {
  it('keeps two people of one text apart and counts the document as one record', async () => {
    const note = [
      'Inquiry of 4 March',
      '',
      'Customer: Ann Example',
      'Phone: ０４９１ 570 006',
      'VIN: 1M8GDM9AXKP042788',
      '',
      'Dear Ms Example, thank you for your call.',
      '--------',
      'Email: bob@example.com',
      'Name: Bob Sample',
    ].join('\n')
    const result = await classifyBytes(note, { name: 'notes/AU/1.txt' })
    expect(result.report).toMatchObject({ format: 'text', recordCount: 1 })
    expect(describeElements(result)).toEqual({
      vin: '1 in 1',
      'person-name': '2 in 1',
      'phone-number': '1 in 1',
      'email-address': '1 in 1',
    })
    expect(describeMentions(result).map((row) => row.replace(/#\d+/g, ''))).toEqual([
      'person-name phone-number vin | vin person-name phone-number | AU by path | 1',
      'email-address person-name | person-name email-address | AU by path | 1',
    ])
  })

  it('reads Japanese labels and forms of address', async () => {
    const note = '氏名：例田 太郎\n電話：+81 3-5555-0123\n住所：東京都例田区例町1-2-3\n登録番号：品川 300 あ 12-34\n例田 太郎 様'
    expect(Object.keys(describeElements(await classifyBytes(note)))).toEqual([
      'number-plate',
      'person-name',
      'postal-address',
      'phone-number',
    ])
    expect(describeMentions(await classifyBytes(Buffer.from(note)))).toHaveLength(1)
  })

  it('takes a list of addresses for many people', async () => {
    const list = Array.from({ length: 20 }, (_, i) => `person${i}@example.com`).join('\n')
    expect(describeMentions(await classifyBytes(list))).toHaveLength(20)
  })
})
