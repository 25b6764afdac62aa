import type { Json, Reading } from '../../../model/index.ts'
import { decisive, isKnown, isTexts, type Known } from '../../readings.ts'
import type { Settings } from '../settings.ts'
import { parseSharedAccessToken, type SharedAccessToken } from './tokens.ts'

const MOST_TOKENS = 1_000

/** The signatures that were read, null for each that is not understood. `complete`: somebody states that there are no others. */
export interface KnownTokens {
  readonly tokens: readonly (SharedAccessToken | null)[]
  readonly complete: boolean
}

/** `sharedAccessSignatures` are stated to be all there are; `sasTokens` were seen. */
export function tokensOf(settings: Settings): KnownTokens {
  const stated = textsOf(settings.reading('sharedAccessSignatures'), 'shared access signatures')
  const seen = textsOf(settings.reading('sasTokens'), 'known shared access signatures')
  const texts = [stated, seen].flatMap((list) => (isKnown(list) ? list.known : []))
  return {
    tokens: texts.slice(0, MOST_TOKENS).map(parseSharedAccessToken),
    complete: isKnown(stated) && texts.length <= MOST_TOKENS,
  }
}

function textsOf(reading: Reading<Json> | undefined, name: string): Known<readonly string[]> {
  return decisive<readonly string[]>(
    reading,
    name,
    (json) =>
      isTexts(json) ? { known: json } : typeof json === 'string' ? { known: [json] } : { problem: `${name} not understood` },
    () => ({ known: [] }),
  )
}
