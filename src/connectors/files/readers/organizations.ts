import type { EvidenceFile, Json } from '../../../model/index.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from '../evidence-item.ts'
import { listAt, textAt } from '../json-fields.ts'
import { readDocument } from '../read-json.ts'

/** The accounts that `aws organizations list-accounts` printed; the organisation's id stands in each account's ARN. */
export async function* readOrganizations(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  const document = await readDocument(file, options.signal)
  if (document.kind === 'unread') yield document
  else
    for (const [index, account] of (listAt(document.value, 'Accounts') ?? []).entries()) yield accountItem(file, account, index)
}

function accountItem(file: EvidenceFile, account: Json, index: number): EvidenceItem {
  const id = textAt(account, 'Id')
  if (id === null || !/^\d{12}$/.test(id)) {
    const lost = 'Whether that account belongs to the organisation.'
    return unreadPart(file, 'malformed', `Account ${index + 1} of the list has no id of twelve digits.`, lost)
  }
  const organization = /:account\/(o-[a-z0-9]+)\//.exec(textAt(account, 'Arn') ?? '')?.[1] ?? null
  const status = textAt(account, 'Status') ?? textAt(account, 'State') ?? 'UNKNOWN'
  return { kind: 'account', account: { id, name: textAt(account, 'Name') ?? '', organization, status } }
}
