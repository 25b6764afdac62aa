import { createHash } from 'node:crypto'
import type { History } from '../../history/index.ts'
import type { Json } from '../../model/index.ts'

/**
 * What `compute` makes of an input, kept in the store by the digest of the input, so that the same input is computed once.
 * `stage` carries a version, raised whenever the same input gets another answer. `isKept`: false where keeping costs more.
 */
export async function remembered<T>(
  history: History,
  {
    stage,
    input,
    isKept = () => true,
  }: { readonly stage: string; readonly input: unknown; readonly isKept?: (value: T) => boolean },
  compute: () => Promise<T>,
): Promise<T> {
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const known = await history.memo(stage, digest)
  if (known !== undefined) return known as unknown as T
  const value = await compute()
  if (isKept(value)) await history.remember(stage, digest, value as unknown as Json)
  return value
}
