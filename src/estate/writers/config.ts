import { DAY, type Moment, MINUTE, startOfDay } from '../moments.ts'
import { random } from '../random.ts'
import { inBatch } from '../truth/census.ts'
import { type Account, ACCOUNTS, within } from '../world/accounts.ts'
import { accountBlockAt } from '../world/account-blocks.ts'
import { changeMoments, historyCapture } from '../world/captures.ts'
import { DATABASE } from '../world/databases.ts'
import type { Store } from '../world/store.ts'
import { STORES } from '../world/stores.ts'
import { accountBlockItem, bucketItem, compactTime, type ConfigurationItem } from './configuration-items.ts'
import { DATABASE_CHANGES, databaseItems } from './database-items.ts'
import type { Delivery } from './delivery.ts'

/** AWS Config's snapshot and history files, in the folders in which the service delivers them. */
export function writeConfig(seed: number, delivery: Delivery): void {
  for (const account of ACCOUNTS) {
    const stores = STORES.filter((store) => store.account === account)
    for (const capturedAt of account.captures) writeSnapshot(seed, account, stores, capturedAt, delivery)
    writeHistory(account, stores, delivery)
  }
}

function writeSnapshot(seed: number, account: Account, stores: readonly Store[], capturedAt: Moment, delivery: Delivery): void {
  if (!inBatch({ account }, capturedAt, 1)) return
  const ids = random(seed, 'config snapshot', account.id, capturedAt)
  const id = ids.uuid()
  const block = accountBlockAt(account, capturedAt)
  const items = [
    ...stores.filter(({ createdAt }) => createdAt <= capturedAt).map((store) => bucketItem(store, capturedAt)),
    ...(block === null ? [] : [accountBlockItem(account, block, capturedAt)]),
    ...(account === DATABASE.account ? databaseItems(capturedAt) : []),
  ]
  const deliveredAt = capturedAt + MINUTE
  const path = `${folder(account, deliveredAt)}/ConfigSnapshot/${account.id}_Config_${account.region}_ConfigSnapshot_${compactTime(deliveredAt)}_${id}.json.gz`
  const file = { fileVersion: '1.0', configSnapshotId: id, configurationItems: items }
  delivery.writeGzip(path, JSON.stringify(file), inBatch({ account }, capturedAt, 0))
}

interface Followed {
  readonly capturedAt: Moment
  readonly item: ConfigurationItem
}

function writeHistory(account: Account, stores: readonly Store[], delivery: Delivery): void {
  const followed: Followed[] = stores.flatMap((store) =>
    changeMoments(store)
      .map((moment) => {
        const capturedAt = historyCapture(moment)
        return {
          changedAt: moment,
          capturedAt,
          item: bucketItem(store, capturedAt, moment === store.createdAt ? 'ResourceDiscovered' : 'OK'),
        }
      })
      .filter(({ changedAt }) => within(account.history, changedAt)),
  )
  if (account === DATABASE.account) {
    for (const moment of DATABASE_CHANGES) {
      for (const item of databaseItems(historyCapture(moment))) followed.push({ capturedAt: historyCapture(moment), item })
    }
  }
  const files = new Map<string, Followed[]>()
  for (const entry of followed.sort((a, b) => a.capturedAt - b.capturedAt)) {
    const name = historyPath(account, String(entry.item.resourceType), entry.capturedAt)
    files.set(name, [...(files.get(name) ?? []), entry])
  }
  for (const [path, entries] of files) {
    const file = { fileVersion: '1.0', configurationItems: entries.map(({ item }) => item) }
    if (!entries.every(({ capturedAt }) => inBatch({ account }, capturedAt, 1))) continue
    delivery.writeGzip(
      path,
      JSON.stringify(file),
      entries.every(({ capturedAt }) => inBatch({ account }, capturedAt, 0)),
    )
  }
}

/** A history file covers six hours of one resource type. */
function historyPath(account: Account, resourceType: string, capturedAt: Moment): string {
  const from = Math.floor(capturedAt / (DAY / 4)) * (DAY / 4)
  const name = `${account.id}_Config_${account.region}_ConfigHistory_${resourceType}_${compactTime(from)}_${compactTime(from + DAY / 4)}_1.json.gz`
  return `${folder(account, from)}/ConfigHistory/${name}`
}

function folder(account: Account, moment: Moment): string {
  // The service writes months and days without a leading zero.
  const [year, month, dayOfMonth] = new Date(startOfDay(moment)).toISOString().slice(0, 10).split('-').map(Number)
  return `AWSLogs/${account.id}/Config/${account.region}/${year}/${month}/${dayOfMonth}`
}
