import { describe, expect, it } from 'vitest'
import { classifyBytes, describeElements } from '../testing/contents.ts'
import { fixture, recorded } from '../testing/recorded.ts'

describe('mail', () => {
  it('reads sender, recipients, text and what is attached', async () => {
    const read = await recorded(fixture('python.eml'))
    expect(read).toMatchObject({ format: 'eml', problems: [] })
    expect(read.documents).toHaveLength(1)
    for (const line of [
      'Contact name: Ann Example',
      'Recipient email: desk@example.com',
      'Subject: Recall',
      'VIN: 1M8GDM9AXKP042788',
    ])
      expect(read.documents[0]).toContain(line)
    expect(read.members.map(({ name }) => name)).toEqual(['owners.zip'])
  })

  it('takes each mail of a mailbox as a document of its own', async () => {
    const { format, documents, members } = await recorded(fixture('python.mbox'))
    expect(format).toBe('mbox')
    expect(documents).toHaveLength(3)
    expect(documents[1]).toContain('Subject: リコールのお知らせ')
    expect(documents[1]).toContain('氏名: 例田 花子')
    expect(documents[2]).toContain('carl@example.com')
    expect(documents[2]).not.toContain('x@example.com')
    expect(members.map(({ name }) => name)).toEqual(['message 1/owners.zip'])
  })

  it('finds who is in an attachment, by its place', async () => {
    const result = await classifyBytes(fixture('python.eml'))
    expect(result.report).toMatchObject({ format: 'eml', recordCount: 3, problems: [], bytesRead: fixture('python.eml').length })
    expect(result.members!.map(({ path, format }) => `${path} ${format}`)).toEqual([
      'owners.zip zip',
      'owners.zip!owners.csv csv',
    ])
    expect(describeElements(result)).toMatchObject({ 'customer-id': '2 in 2', 'email-address': '3 in 3' })
  })

  it('refuses a mail of lines without end and reads the next one', async () => {
    const mail = (body: string): string =>
      `From a@example.com Wed Mar 01 09:30:00 2017\nFrom: a@example.com\nTo: b@example.com\nMessage-ID: <1>\n\n${body}\n`
    const { documents, problems } = await recorded(mail('x\n'.repeat(200_000)) + mail('Phone: 0491 570 006'))
    expect(problems).toEqual(['too-large'])
    expect(documents).toHaveLength(1)
    expect(documents[0]).toContain('0491 570 006')
  })

  it.each([
    { name: 'a letter', text: 'From: Ann Example\nTo: Bob Sample\nSubject: Recall\n\nDear Bob' },
    { name: 'a list of labels', text: 'Message-ID: 1\nnothing else\n' },
  ])('does not take $name for a mail', async ({ text }) => {
    expect((await recorded(text)).format).toBe('text')
  })
})
