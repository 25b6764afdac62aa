import { compareText, type OrganizationAccount, type ResourceRef, type ZoneOfTrust } from '../../model/index.ts'

/** The organisation's accounts as found in the evidence; without a list of them, every account that evidence was delivered for. */
export function zoneFromEvidence(
  accounts: readonly OrganizationAccount[],
  resources: readonly ResourceRef[],
): ZoneOfTrust & { readonly source: string } {
  const listed = accounts.map(({ id }) => id)
  const delivered = resources.map(({ account }) => account).filter((account) => account !== '')
  return {
    organizations: distinct(accounts.flatMap(({ organization }) => organization ?? [])),
    accounts: distinct([...listed, ...delivered]),
    cidrs: [],
    vpcs: [],
    vpcEndpoints: [],
    principals: [],
    source:
      listed.length > 0
        ? 'the organisation’s list of accounts in the evidence'
        : 'the accounts that the evidence was delivered for',
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText)
}
