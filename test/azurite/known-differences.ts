/** What Azurite does otherwise than Azure documents; the tests show that each is still so. */
export const KNOWN_DIFFERENCES = {
  addresses: 'it lets in a signature from addresses that its sip does not name',
  accessPolicies: 'it shows the access policies of a public container to anyone (comp=acl)',
} as const
