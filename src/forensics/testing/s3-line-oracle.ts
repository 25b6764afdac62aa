/**
 * Another implementation of "all consistent readings", as plain as can be: every choice of quotes for the three quoted
 * fields is tried, and what lies between must fit a regular expression. Exponential; for short lines only.
 */
export interface OracleReading {
  readonly uri: string
  readonly status: string
  readonly bytes: string
  readonly referer: string
  readonly userAgent: string
}

/** Readings of a client's request line, whose URI, referer and user agent are all quoted. */
export function oracleReadings(line: string): readonly OracleReading[] {
  const rest = SAFE.exec(line)![1]!
  const quotes = [...rest].flatMap((character, at) => (character === '"' ? [at] : []))
  const readings: OracleReading[] = []
  for (const uriEnd of quotes.slice(1)) {
    for (const refererStart of quotes) {
      const between = rest.slice(uriEnd + 1, refererStart)
      const middle = refererStart > uriEnd ? MIDDLE.exec(between) : null
      if (!middle) continue
      const uri = rest.slice(1, uriEnd)
      if (middle[1] === '-' && uri !== '-') continue
      for (const refererEnd of quotes.filter((at) => at > refererStart)) {
        const agentStart = refererEnd + 2
        if (rest[refererEnd + 1] !== ' ' || rest[agentStart] !== '"') continue
        for (const agentEnd of quotes.filter((at) => at > agentStart)) {
          if (!TAILS.some((tail) => tail.test(rest.slice(agentEnd + 1)))) continue
          readings.push({
            uri,
            status: middle[1]!,
            bytes: middle[2]!,
            referer: rest.slice(refererStart + 1, refererEnd),
            userAgent: rest.slice(agentStart + 1, agentEnd),
          })
        }
      }
    }
  }
  return readings
}

const SAFE = /^\S+ \S+ \[[^\]]+\] \S+ \S+ \S+ \S+ \S+ (".*)$/s
const MIDDLE = /^ ([1-5]\d\d|-) [^ "]+ (\d{1,15}|-) (?:\d{1,15}|-) (?:\d{1,15}|-) (?:\d{1,15}|-) $/

/** Tails of 1 to 10 columns: version id, host id (one or two words), signature, cipher, authentication, host, TLS, ARN, ACL, region. */
const COLUMNS = [
  '[^ "]+',
  '(?:-|Sig[^ "]*)',
  '[^ "]+',
  '(?:-|[A-Za-z]+)',
  '[^ ]+',
  '(?:-|TLS[^ "]*)',
  '(?:-|arn:[^ "]*)',
  '(?:-|Yes[^ "]*|No[^ "]*)',
  '[^ "]+',
]
const TAILS = ['', ' [A-Za-z0-9+/=]{2,}'].flatMap((secondWord) =>
  Array.from({ length: COLUMNS.length + 1 }, (_, count) => {
    if (count === 0) return secondWord ? /(?!)/ : /^ [^ "]+$/
    const [hostId, ...others] = COLUMNS.slice(0, count)
    const first = secondWord ? '[A-Za-z0-9+/=]{2,}' : hostId
    return new RegExp(`^ [^ "]+ ${first}${secondWord}${others.map((column) => ` ${column}`).join('')}$`)
  }),
)
