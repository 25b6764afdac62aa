import type { Address, Attachment, Email } from 'postal-mime'
import { UnreadableContentError } from '../content-source.ts'
import type { FormatInput, RecordSink } from './format.ts'
import { htmlDocument } from './html-document.ts'
import { ProsePieces } from './prose-pieces.ts'

const HEADER = /^([A-Za-z][A-Za-z0-9-]*):[ \t]?/
const OF_MAIL =
  /^(?:from|to|cc|subject|date|message-id|received|mime-version|return-path|delivered-to|content-type|sender|reply-to)$/i
// A letter may begin with From, To and Date too; these are a mail system's own.
const OF_TRANSPORT = /^(?:message-id|received|mime-version|return-path|delivered-to)$/i
// Mailboxes of organisations, not of people.
const ROLE =
  /\b(?:support|service|team|desk|sales|info|office|admin|no-?reply|help|news|notification|system|mailer|daemon|bot|pty|ltd|inc|llc|gmbh|corp|co)\b|株式会社|有限会社|センター|窓口|事務局/i
// The library keeps two kilobytes for each line of text; attachments have longer lines than this.
const SHORT_LINE_BYTES = 60
const MOST_SHORT_LINES = 100_000
const MOST_BYTES = 64 << 20
const BASE64_LINE = 57
const BASE64_LINE_WITH_END = 78

/** Whether a text begins with the headers of a mail (RFC 5322). */
export function startsWithMailHeaders(text: string): boolean {
  const names: string[] = []
  for (const line of text.slice(0, 16_000).split(/\r?\n/)) {
    if (line === '') break
    if (/^[ \t]/.test(line) && names.length > 0) continue
    const name = HEADER.exec(line)?.[1]
    if (name === undefined) return false
    names.push(name)
  }
  return names.filter((name) => OF_MAIL.test(name)).length >= 3 && names.some((name) => OF_TRANSPORT.test(name))
}

/** Reads one mail as a document and what is attached to it as contents; `prefix` stands before the names of those. */
export async function readMessage(bytes: Uint8Array, prefix: string, input: FormatInput, sink: RecordSink): Promise<void> {
  if (bytes.length > MOST_BYTES || shortLines(bytes) > MOST_SHORT_LINES)
    throw new UnreadableContentError('too-large', `a mail of more than ${MOST_BYTES} bytes or ${MOST_SHORT_LINES} short lines`)
  const { default: PostalMime } = await import('postal-mime')
  let mail: Email
  try {
    const options = {
      forceRfc822Attachments: true,
      attachmentEncoding: 'arraybuffer' as const,
      maxNestingDepth: input.limits.depth,
    }
    mail = await PostalMime.parse(bytes, options)
  } catch (cause) {
    throw new UnreadableContentError('malformed', 'a mail whose parts could not be told apart', { cause })
  }
  const prose = new ProsePieces(sink)
  const text = mail.text ?? ''
  for (const line of [...senderLines(mail), '', `Subject: ${mail.subject ?? ''}`, ...text.split('\n')]) prose.line(line)
  prose.flush()
  for (const address of [mail.to, mail.cc, mail.bcc].flatMap((list) => list ?? []).flatMap(mailboxes))
    sink.prose(addressLines('Recipient', address).join('\n'))
  if (mail.html !== undefined && text.trim() === '') {
    const document = await htmlDocument(input.limits, sink)
    document.write(mail.html)
    document.end()
  }
  sink.nextDocument()
  for (const [i, attachment] of mail.attachments.entries())
    await readAttachment(attachment, `${prefix}${nameOf(attachment, i)}`, sink)
}

function shortLines(bytes: Uint8Array): number {
  let count = 0
  for (let from = 0, end = bytes.indexOf(10); end >= 0; from = end + 1, end = bytes.indexOf(10, from))
    if (end - from < SHORT_LINE_BYTES) count += 1
  return count
}

async function readAttachment(attachment: Attachment, name: string, sink: RecordSink): Promise<void> {
  const { content } = attachment
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const storedBytes = Math.ceil(bytes.length / BASE64_LINE) * BASE64_LINE_WITH_END
  await sink.member({
    name,
    sizeBytes: bytes.length,
    storedBytes,
    open: async function* () {
      yield bytes
    },
  })
}

function nameOf({ filename, mimeType }: Attachment, index: number): string {
  return filename || `part ${index + 1} (${mimeType})`
}

function senderLines({ from, sender, replyTo }: Email): string[] {
  const senders = [from, sender, ...(replyTo ?? [])].filter((address) => address !== undefined).flatMap(mailboxes)
  const distinct = senders.filter(({ address }, i) => senders.findIndex((other) => other.address === address) === i)
  return distinct.flatMap((address) => addressLines('Contact', address))
}

function mailboxes(address: Address): { name: string; address: string }[] {
  return address.group === undefined ? [{ name: address.name, address: address.address }] : address.group
}

function addressLines(role: string, { name, address }: { name: string; address: string }): string[] {
  const isPerson = name !== '' && !ROLE.test(name) && !name.includes('@')
  return [...(isPerson ? [`${role} name: ${name}`] : []), `${role} email: ${address}`]
}
