import { describe, expect, it } from 'vitest'
import { CUSTOMERS } from '../testing/same-table.ts'
import { fixture, recorded } from '../testing/recorded.ts'

const [HEADER, ...ROWS] = CUSTOMERS as [string[], ...string[][]]
const OBJECTS = ROWS.map((row) => Object.fromEntries(row.map((value, i) => [HEADER[i]!, value])))

describe('workbooks and documents that another implementation wrote', () => {
  it.each([
    { file: 'openpyxl.xlsx', format: 'xlsx', table: 'Owners' },
    { file: 'xlwt.xls', format: 'xls', table: 'Owners' },
    { file: 'python-docx.docx', format: 'docx', table: 'table 1' },
  ])('gives the rows that were written to $file', async ({ file, format, table }) => {
    const read = await recorded(fixture(file))
    expect(read).toMatchObject({ format, problems: [] })
    expect(read.tables[table]).toEqual(OBJECTS)
  })

  it('reads paragraphs, headers, comments and forms of a Word document', async () => {
    const { documents, members } = await recorded(fixture('python-docx.docx'))
    expect(documents).toHaveLength(1)
    for (const line of [
      'Please call Dr Ann Example on +61 491 570 006.',
      'Contact: header@example.com',
      'Ask carl@example.com first',
      'Phone: 0491 570 006',
    ])
      expect(documents[0]).toContain(line)
    expect(members).toEqual([])
  })

  it.each([
    { file: 'reportlab.pdf', text: 'Phone: 0491 570 006\nEmail: ann@example.com', problems: [] },
    { file: 'reportlab-japanese.pdf', text: '氏名: 例田 花子\nmail: hanako@example.com', problems: [] },
    { file: 'reportlab-encrypted.pdf', text: null, problems: ['encrypted'] },
    { file: 'reportlab-picture.pdf', text: null, problems: ['unsupported'] },
  ])('reads the text of $file', async ({ file, text, problems }) => {
    const read = await recorded(fixture(file))
    expect(read).toMatchObject({ format: 'pdf', problems })
    if (text === null) expect(read.documents).toEqual([])
    else expect(read.documents[0]).toContain(text)
  })
})

describe('HTML', () => {
  it('reads tables as tables, text as prose, links and forms, and no scripts', async () => {
    const page = `<!DOCTYPE html><html><head><title>List</title><style>p { color: red }</style></head><body>
      <script>var mail = 'script@example.com'</script><p>Call <b>Dr Ann</b> Example &amp; co<br>on +61 491 570 006.</p>
      <a href="mailto:link@example.com?subject=x">write</a><input name="phone" value="0491 570 157">
      <table><tr><th>Name</th><th>Mail</th></tr><tr><td>Ann Example</td><td>ann@example.com</td></tr>
      <tr><td>Bob <i>Sample</i></td><td>bob@example.com</td></tr></table>
      <table><tr><td>Name</td><td>Carl Example</td></tr><tr><td>Phone</td><td>0491 570 110</td></tr></table></body></html>`
    const read = await recorded(page)
    expect(read).toMatchObject({ format: 'html', problems: [] })
    expect(read.tables).toEqual({
      'table 1': [
        { Name: 'Ann Example', Mail: 'ann@example.com' },
        { Name: 'Bob Sample', Mail: 'bob@example.com' },
      ],
    })
    const text = read.documents[0]!
    for (const line of ['Call Dr Ann Example & co', 'link@example.com', 'phone: 0491 570 157', 'Name: Carl Example'])
      expect(text).toContain(line)
    expect(text).not.toContain('script@')
    expect(text).not.toContain('color')
  })

  it('reads tables inside tables by themselves', async () => {
    const inner = '<table><tr><th>Name</th><th>Mail</th></tr><tr><td>Ann</td><td>ann@example.com</td></tr></table>'
    const read = await recorded(`<html><table><tr><td>Menu</td><td>${inner}</td></tr></table></html>`)
    expect(read.tables).toEqual({ 'table 2': [{ Name: 'Ann', Mail: 'ann@example.com' }] })
    expect(read.documents[0]).toContain('Menu')
  })
})

describe('XML', () => {
  it.each<{ name: string; text: string; rows: object[] }>([
    {
      name: 'elements that repeat as records, attributes and key paths as columns',
      text: '<?xml version="1.0"?><list><c id="C-1"><name>Ann</name><home><street>1 A St</street></home></c><c id="C-2"><name>Bob</name></c></list>',
      rows: [
        { 'c.id': 'C-1', 'c.name': 'Ann', 'c.home.street': '1 A St' },
        { 'c.id': 'C-2', 'c.name': 'Bob' },
      ],
    },
    {
      name: 'one element as one record',
      text: '<owner><name>Ann</name><mail>ann@example.com</mail></owner>',
      rows: [{ 'owner.name': 'Ann', 'owner.mail': 'ann@example.com' }],
    },
    {
      name: 'names without their prefix, CDATA and what stands around the records',
      text: '<s:a xmlns:s="urn:x"><s:by>desk@example.com</s:by><s:r><s:n><![CDATA[A & <B>]]></s:n></s:r><s:r><s:n>C&#x3042;</s:n></s:r></s:a>',
      rows: [{ 'r.n': 'A & <B>' }, { 'r.n': 'Cあ' }, { 'a.by': 'desk@example.com' }],
    },
    {
      name: 'names that are anything but names',
      text: '<a><r><__proto__>x</__proto__><constructor>y</constructor></r><r><__proto__>z</__proto__></r></a>',
      rows: [{ 'r.__proto__': 'x', 'r.constructor': 'y' }, { 'r.__proto__': 'z' }],
    },
  ])('reads $name', async ({ text, rows }) => {
    const read = await recorded(text)
    expect(read).toMatchObject({ format: 'xml', problems: [] })
    expect(read.tables['']).toEqual(rows)
  })

  it('resolves no entity that the document defines, inside or outside', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
    const text = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">${laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b>&l9;</b><b>&x;</b></a>`
    const read = await recorded(text)
    expect(read.problems).toEqual(['unsupported'])
    expect(JSON.stringify(read.tables)).toBe('{"":[{"b":"&l9;"},{"b":"&x;"}]}')
  })

  it('takes its encoding from its declaration', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="Windows-1252"?><a><b>J'),
      Buffer.from([0xf6]),
      Buffer.from('rg</b><b>x</b></a>'),
    ])
    expect((await recorded(bytes)).tables['']).toEqual([{ b: 'Jörg' }, { b: 'x' }])
  })
})
