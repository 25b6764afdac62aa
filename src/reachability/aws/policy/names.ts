import type { Policy } from './document.ts'

/**
 * Which particular outsiders the policies name literally. Whoever is none of them, and may still do something, is anybody:
 * an identity, organisation or endpoint that a pattern lets in can be made by anyone.
 */
export interface Names {
  readonly accounts: readonly string[]
  readonly organizations: readonly string[]
  readonly vpcs: readonly string[]
  readonly vpcEndpoints: readonly string[]
  readonly principalIds: readonly string[]
  /** Numbers that conditions compare with. */
  readonly numbers: readonly number[]
}

const PERHAPS_NAMING = /[0-9]{12}|o-|vpc|AIDA|AROA/

/** Reads the names out of all principals and condition values. */
export function namesIn(policies: readonly Policy[]): Names {
  const values = policies.flatMap(({ statements }) =>
    statements.flatMap(({ principal, atoms }) => [...principal.aws, ...atoms.flatMap((atom) => atom.values)]),
  )
  const telling = values.filter((value) => PERHAPS_NAMING.test(value))
  const all = (pattern: RegExp) => {
    const found = new Set<string>()
    for (const value of telling) for (const name of value.match(pattern) ?? []) found.add(name)
    return [...found].sort()
  }
  return {
    accounts: all(/(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z*?])/g),
    organizations: all(/(?<![0-9A-Za-z-])o-[a-z0-9]+(?![a-z0-9*?])/g),
    vpcs: all(/(?<![0-9A-Za-z-])vpc-[a-z0-9]+(?![a-z0-9*?])/g),
    vpcEndpoints: all(/(?<![0-9A-Za-z-])vpce-[a-z0-9]+(?![a-z0-9*?])/g),
    principalIds: all(/(?<![0-9A-Za-z])A(?:IDA|ROA)[A-Z0-9]+(?![A-Z0-9*?])/g),
    numbers: values.filter((value) => /^-?\d+(\.\d+)?$/.test(value)).map(Number),
  }
}
