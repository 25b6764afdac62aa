import { type History, openHistory } from '../../history/index.ts'
import type { CaseDocument } from '../../model/index.ts'

interface StoreLocation {
  readonly store: string
  readonly lakeDirectory: string
}

/** Every revision of the case in a store, oldest first. */
export async function readRevisions(location: StoreLocation): Promise<CaseDocument[]> {
  const history = await openHistory(location)
  try {
    return await readDocuments(history)
  } finally {
    await history.close()
  }
}

/** The documents that an open store holds, oldest first. */
export async function readDocuments(history: History): Promise<CaseDocument[]> {
  const documents: CaseDocument[] = []
  for (const { revision } of await history.revisions()) {
    const document = await history.revision(revision)
    if (document !== undefined) documents.push(document)
  }
  return documents
}

/** Recomputes the chain of the ledger. */
export async function verifyLedger(
  location: StoreLocation,
): Promise<{ entries: number; head: string; broken?: { entry: number; why: string } }> {
  const history = await openHistory(location)
  try {
    return await history.ledger.verify()
  } finally {
    await history.close()
  }
}
