/**
 * An address as a number in the 128 bits of IPv6, where IPv4 is its mapped block `::ffff:0:0/96`; null for anything that is
 * no address. Takes the spellings that logs have: plain, in brackets, with a zone id or (IPv4) with a port.
 */
export function parseAddress(text: string): bigint | null {
  const bare = text.replace(/^\[([^\]]+)\](?::\d{1,5})?$/, '$1').replace(/%[\w.-]+$/, '')
  if (!bare.includes(':')) return parseIpv4(bare)
  const withPort = /^([\d.]+):\d{1,5}$/.exec(bare)
  return withPort ? parseIpv4(withPort[1]!) : parseIpv6(bare)
}

/** First and last address of a CIDR block (a bare address is a block of one); null for anything else. */
export function parseCidr(text: string): { first: bigint; last: bigint } | null {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim())
  const address = match && parseAddress(match[1]!)
  if (address === null || address === undefined) return null
  const width = match![1]!.includes(':') ? 128 : 32
  const prefix = match![2] === undefined ? width : Number(match![2])
  if (prefix > width) return null
  const hostBits = BigInt(width - prefix)
  const first = (address >> hostBits) << hostBits
  return { first, last: first | ((1n << hostBits) - 1n) }
}

const MAPPED = 0xffffn << 32n

function parseIpv4(text: string): bigint | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!match) return null
  let value = 0
  for (const part of match.slice(1)) {
    if (Number(part) > 255) return null
    value = value * 256 + Number(part)
  }
  return MAPPED | BigInt(value)
}

function parseIpv6(text: string): bigint | null {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (embedded) {
    const ipv4 = parseIpv4(embedded[2]!)
    if (ipv4 === null) return null
    const low = ipv4 & 0xffffffffn
    return parseIpv6(`${embedded[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return null
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const given = groups.reduce((sum, half) => sum + half.length, 0)
  if (halves.length === 2 ? given > 7 : given !== 8) return null
  const all = halves.length === 2 ? [...groups[0]!, ...Array<string>(8 - given).fill('0'), ...groups[1]!] : groups[0]!
  let value = 0n
  for (const group of all) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null
    value = (value << 16n) | BigInt(`0x${group}`)
  }
  return value
}
