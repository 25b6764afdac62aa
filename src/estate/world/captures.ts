import { type Moment, SECOND } from '../moments.ts'
import { type Account, within } from './accounts.ts'
import type { Store } from './store.ts'

/** When the recorder wrote down a change that it followed: one to three minutes later. */
export function historyCapture(changedAt: Moment): Moment {
  return changedAt + (61 + ((changedAt / SECOND) % 97)) * SECOND + 127
}

/** Every moment at which AWS Config saw the store, in order. */
export function capturesOf(store: Store): Moment[] {
  const followed = changeMoments(store)
    .filter((moment) => within(store.account.history, moment))
    .map(historyCapture)
  return [...snapshotsSince(store.account, store.createdAt), ...followed].sort((a, b) => a - b)
}

export function snapshotsSince(account: Account, createdAt: Moment): Moment[] {
  return account.captures.filter((moment) => moment >= createdAt)
}

/** The store's creation and every later change, each moment once. */
export function changeMoments(store: Store): Moment[] {
  return [...new Set([store.createdAt, ...store.changes.map(({ at }) => at)])]
}
